"""Forty epochs with one mask, with ten masked copies, and with dynamic masking.

RoBERTa §4.1, p. 4: "training data was duplicated 10 times so that each sequence is
masked in 10 different ways over the 40 epochs of training. Thus, each training
sequence was seen with the same mask four times during training." The ten copies are
the static way; dynamic masking makes no copies and draws a mask at every feed.
"""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

EPOCHS, SEQUENCES, TOKENS = 40, 100, 512
MASKED = round(0.15 * TOKENS)  # RoBERTa §2.3, p. 2: 15 % of the tokens
rng = np.random.default_rng(0)


def draw_masks(count):
    """`count` random masks for each sequence: True where a token is to be predicted."""
    rank = rng.random((count, SEQUENCES, TOKENS)).argsort(axis=2).argsort(axis=2)
    return rank < MASKED


copies = draw_masks(10)
seen = {  # the masks as the model meets them, epoch by epoch
    "one static mask": [copies[0] for epoch in range(EPOCHS)],
    "ten static copies": [copies[epoch % 10] for epoch in range(EPOCHS)],
    "dynamic masking": [draw_masks(1)[0] for epoch in range(EPOCHS)],
}

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
print("per sequence         masks   each seen   positions ever masked")
times_seen = {}
for (name, masks), colour in zip(seen.items(), ("#0e8f70", "#377dee", "#c2630a")):
    times = Counter((s, mask[s].tobytes()) for mask in masks for s in range(SEQUENCES))
    count, times_seen[name] = len(times) // SEQUENCES, set(times.values())
    covered = np.logical_or.accumulate(masks).mean(axis=(1, 2))
    print(f"{name:18} {count:7d} {min(times_seen[name]):10d}x {covered[-1]:23.1%}")
    assert abs(covered[-1] - (1 - 0.85**count)) < 0.005  # 85 % of the tokens escape each mask
    plt.plot(range(1, EPOCHS + 1), 100 * covered, color=colour, lw=2.5, label=name)
assert list(times_seen.values()) == [{40}, {4}, {1}]  # every mask of every sequence
plt.xlabel("epoch")
plt.ylabel("positions masked so far (%)")
plt.ylim(0, 105)
plt.legend(frameon=False, loc="center right", reverse=True)
plt.show()
