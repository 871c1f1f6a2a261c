"""Why cross-entropy is the natural loss for predicting a masked token.

RoBERTa §2.3, p. 2: "The MLM objective is a cross-entropy loss on predicting the
masked tokens." The paper tries no other loss. A toy vocabulary of four words shows
what this one does, beside squared error on the same softmax.
"""

import matplotlib.pyplot as plt
import numpy as np

WORDS = ["capital", "people", "flag", "banana"]
LOSSES = {  # of the predicted distribution p, for the true distribution y
    "cross-entropy": lambda p, y: -np.sum(y * np.log(p)),
    "squared error": lambda p, y: np.sum((p - y) ** 2),
}


def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum()


def slope(name, scores, y):
    """The loss's gradient by central differences, so that no formula is taken on trust."""
    loss, nudges = LOSSES[name], 1e-5 * np.eye(4)
    return (
        np.array([loss(softmax(scores + d), y) - loss(softmax(scores - d), y) for d in nudges])
        / 2e-5
    )


right = np.array([1, 0, 0, 0])  # "Seoul is the [MASK] of Korea": capital
scores = np.array([1.0, 0.5, -0.5, 2.0])
p, gradient = softmax(scores), slope("cross-entropy", scores, right)
loss, nll = LOSSES["cross-entropy"](p, right), -np.log(p[0])
print(f"1. cross-entropy {loss:.3f} = -log p(capital) {nll:.3f}")
print("   gradient", gradient.round(3), "= p - y", (p - right).round(3))
assert np.isclose(loss, nll) and np.allclose(gradient, p - right, atol=1e-6)

print("\n2. 'banana' leads by more and more: the push on the score of 'capital'")
print("   lead   p(capital)   cross-entropy   squared error")
leads, pushes = np.arange(-4, 10.25, 0.25), []
for lead in leads:
    scores = np.array([0, -4, -4, lead])
    pushes.append([-slope(name, scores, right)[0] for name in LOSSES])
    if lead in (0, 3, 6, 10):
        print("{:7.0f} {:12.5f} {:15.4f} {:15.4f}".format(lead, softmax(scores)[0], *pushes[-1]))
assert pushes[-1][0] > 0.999 and pushes[-1][1] < 0.001  # surely wrong: one pushes, one is dead

print("\n3. The truth is 70/20/10/0 %; learned in 2000 steps down the gradient")
print("   loss            lead at start", *(f"{word:>8}" for word in WORDS))
truth = np.array([0.7, 0.2, 0.1, 0])
for name, lead in [("cross-entropy", 10), ("squared error", 10), ("squared error", 0)]:
    scores = np.array([0, 0, 0, float(lead)])
    for _ in range(2000):
        scores -= slope(name, scores, truth)
    print(f"   {name:15} {lead:13d}", *(f"{q:8.2f}" for q in softmax(scores)))
    learned = np.allclose(softmax(scores), truth, atol=0.02)
    assert learned == (name == "cross-entropy" or lead == 0)  # same aim, but one can get stuck

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
plt.gca().set_prop_cycle(color=["#377dee", "#c2630a"])
plt.plot(leads, pushes, lw=2.5, label=list(LOSSES))
plt.xlabel("by how much the wrong word's score is ahead")
plt.ylabel("push on the right word's score")
plt.legend(frameon=False, loc="center right")
plt.show()
