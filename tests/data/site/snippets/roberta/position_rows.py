"""Position rows 129-512 learn nothing until the sequences get long.

BERT §A.2, p. 13: length 128 for 90 % of the steps, then 512 for 10 % "to learn the
positional embeddings". BERT's position table is learned, one row per position, and a
row that is not looked up gets no gradient from the loss. RoBERTa §3.1, p. 3, trains
"only with full-length sequences", so there every row is trained all along.
Toy: a token's vector is its word's row plus its position's row, and a fixed read-out
asks whether the position is in an even or an odd block of eight. 1 step = 1 %.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
words = rng.normal(0, 0.1, (50, 16))
table = rng.normal(0, 0.1, (512, 16))  # the position table: all that is trained here
readout = rng.normal(0, 1, 16)
odd = np.arange(512) // 8 % 2 == 1
start = table.copy()


def probability(x):
    vectors = words[x] + table[: x.shape[1]]  # the table is cut to the current length
    return 1 / (1 + np.exp(-vectors @ readout))


def train(steps, length):
    for _ in range(steps):
        x = rng.integers(50, size=(32, length))
        error = (probability(x) - odd[:length]).mean(axis=0)  # cross-entropy's p - y
        table[:length] -= 0.05 * np.outer(error, readout)


test = rng.integers(50, size=(200, 512))
low, high = slice(0, 128), slice(128, 512)
print("                rows changed        right answers at")
print("after          1-128  129-512       1-128   129-512")
moved = {}
for phase, steps, length in [("90 % at 128", 90, 128), ("10 % at 512", 10, 512)]:
    train(steps, length)
    moved[phase] = np.linalg.norm(table - start, axis=1)
    rows = [np.count_nonzero(moved[phase][part]) for part in (low, high)]
    right = [np.mean((probability(test) > 0.5)[:, part] == odd[part]) for part in (low, high)]
    print(f"{phase:12} {rows[0]:7d} {rows[1]:8d} {right[0]:11.0%} {right[1]:9.0%}")
    assert rows == [128, 0 if length == 128 else 384]  # exactly: not even a rounding error
    assert right[0] > 0.95 and (right[1] < 0.6) == (length == 128)  # 50 % is guessing

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
for (phase, distance), colour in zip(reversed(moved.items()), ("#c2630a", "#377dee")):
    mean_of_8 = distance.reshape(64, 8).mean(axis=1)
    plt.stairs(mean_of_8, range(0, 513, 8), color=colour, lw=2.5, label="after the " + phase)
plt.xlabel("position")
plt.ylabel("how far the rows have moved")
plt.ylim(bottom=-0.04)
plt.xticks([1, 128, 256, 384, 512])
plt.legend(frameon=False, reverse=True)
plt.show()
