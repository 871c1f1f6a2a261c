"""What forty epochs cover with one mask, with ten masked copies, and with dynamic masking.

RoBERTa §4.1, p. 4: "training data was duplicated 10 times so that each sequence is
masked in 10 different ways over the 40 epochs of training. Thus, each training
sequence was seen with the same mask four times during training." That 40 / 10 is 4
needs no program. What does: how many of a sequence's tokens are ever to be predicted?
"""

import matplotlib.pyplot as plt
import numpy as np

EPOCHS, SEQUENCES, TOKENS = 40, 100, 512
MASKED = round(0.15 * TOKENS)  # RoBERTa §2.3, p. 2: 15 % of the tokens
SHOWN = (1, 2, 5, 10, 20, 40)
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
print("Tokens of a sequence that were to be predicted at least once")
print("after epoch       ", *(f"{epoch:7d}" for epoch in SHOWN))
covered = {}
for (name, masks), colour in zip(seen.items(), ("#0e8f70", "#377dee", "#c2630a")):
    so_far = np.logical_or.accumulate(masks)
    covered[name] = so_far.mean(axis=(1, 2))
    print(f"{name:18}", *(f"{covered[name][epoch - 1]:7.1%}" for epoch in SHOWN))
    left = (~so_far[-1]).sum(axis=1)
    print(f"    never predicted: {left.mean():.1f} of {TOKENS}, at worst {left.max()}")
    plt.plot(range(1, EPOCHS + 1), 100 * covered[name], color=colour, lw=2.5, label=name)

one, ten, dynamic = covered.values()
for epoch in SHOWN:  # 85 % of the tokens escape each new mask, so 0.85 ** masks escape them all
    assert abs(dynamic[epoch - 1] - (1 - 0.85**epoch)) < 0.01
assert abs(ten[9] - dynamic[9]) < 0.01  # for ten epochs the two ways are level;
assert ten[9] == ten[39] < 0.82 < 0.99 < dynamic[39]  # then the copies bring nothing new
plt.xlabel("epoch")
plt.ylabel("tokens predicted so far (%)")
plt.ylim(0, 105)
plt.legend(frameon=False, loc="center right", reverse=True)
plt.show()
