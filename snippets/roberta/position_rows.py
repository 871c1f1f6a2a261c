"""Position rows 129-512 get nothing from the loss until the sequences get long.

BERT §A.2, p. 13: length 128 for 90 % of the steps, then 512 for 10 % "to learn the
positional embeddings", with "L2 weight decay of 0.01". RoBERTa §3.1, p. 3, trains
"only with full-length sequences". Toy, not a Transformer: a token's vector is its
word's row plus its position's row, and a read-out that is learned too tells whether the
position is in an even or an odd block of eight. 1 step = 1 %. How far the last ten
steps get depends on the rate chosen here: that 10 % are enough is not shown.
"""

import matplotlib.pyplot as plt
import numpy as np

RATE, DECAY, SEEDS = 0.1, 0.01, 3
ODD = np.arange(512) // 8 % 2 == 1
PARTS = {"1-128": slice(0, 128), "129-512": slice(128, 512)}
PLANS = {"short first": [128] * 90 + [512] * 10, "full length": [512] * 100}


def train(seed, lengths):
    """After each step: right answers and mean size of the position rows, in both parts."""
    rng = np.random.default_rng(seed)
    words = rng.normal(0, 0.5, (50, 16))
    table = rng.normal(0, 0.1, (512, 16))  # learned: one row for each position
    readout = rng.normal(0, 0.3, 16)  # learned, and shared by all positions
    test, log = rng.integers(50, size=(20, 512)), []
    for length in lengths:
        x = rng.integers(50, size=(16, length))
        places = np.broadcast_to(np.arange(length), x.shape)
        vectors = words[x] + table[places]
        error = 1 / (1 + np.exp(-vectors @ readout)) - ODD[places]  # cross-entropy's p - y
        slope = np.zeros_like(table)
        np.add.at(slope, places, error[..., None] * readout / len(x))
        for weights, g in [(table, slope), (readout, (error[..., None] * vectors).mean((0, 1)))]:
            weights -= RATE * (g + DECAY * weights)  # decay takes all rows, looked up or not
        right = (((words[test] + table) @ readout > 0) == ODD).mean(axis=0)
        size = np.linalg.norm(table, axis=1)
        log.append([(right[part].mean(), size[part].mean()) for part in PARTS.values()])
    return np.array(log)


runs = {
    name: np.median([train(seed, plan) for seed in range(SEEDS)], axis=0)
    for name, plan in PLANS.items()
}
print("                   right answers at        mean size of the rows")
print("after              1-128   129-512           1-128       129-512")
for name, step in [
    *(("short first", step) for step in (1, 90, 92, 95, 100)),
    *(("full length", step) for step in (1, 10, 100)),
]:
    (early, size), (late, late_size) = runs[name][step - 1]
    print(f"{name}, {step:3d} {early:6.0%} {late:9.0%} {size:15.2f} {late_size:13.2f}")

short, full = runs.values()
assert short[89, 0, 0] > 0.95 and abs(short[89, 1, 0] - 0.5) < 0.05  # 50 % is guessing
assert short[89, 1, 1] < 0.95 * short[0, 1, 1]  # the rows moved all the same: they shrank
assert 0.8 < short[99, 1, 0] < short[99, 0, 0]  # ten steps later: nearly, not quite
assert abs(full[99, 0, 0] - full[99, 1, 0]) < 0.02  # at full length no part is behind

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
steps = np.arange(1, 101)
for name, part, label, colour, style in [
    ("short first", 0, "1-128", "#377dee", "-"),
    ("short first", 1, "129-512", "#c2630a", "-"),
    ("full length", 1, "129-512, if all steps are at 512", "#0e8f70", "--"),
]:
    plt.plot(steps, 100 * runs[name][:, part, 0], style, color=colour, lw=2.5, label=label)
plt.axvline(90, color=INK, lw=1, ls=":")
plt.text(89, 44, "length 128", ha="right")
plt.text(91, 44, "512")
plt.xlabel("training step")
plt.ylabel("right answers (%)")
plt.ylim(40, 103)
plt.legend(frameon=False, loc="center left", bbox_to_anchor=(0.2, 0.55))
plt.show()
