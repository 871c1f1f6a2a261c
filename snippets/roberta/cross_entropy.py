"""Why cross-entropy is the natural loss for predicting a masked token.

RoBERTa §2.3, p. 2: "The MLM objective is a cross-entropy loss on predicting the
masked tokens." The paper tries no other loss. A toy vocabulary of four words shows
what this one does, beside squared error on the same softmax.
"""

import matplotlib.pyplot as plt
import numpy as np

WORDS = ["capital", "people", "flag", "banana"]


def softmax(scores):
    return np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()


def cross_entropy(scores, y):
    return -np.sum(y * np.log(softmax(scores)))


def squared_error(scores, y):
    return np.sum((softmax(scores) - y) ** 2)


def slope(loss, scores, y):
    """Gradient by central differences, so that no formula is taken on trust."""
    nudges = 1e-5 * np.eye(4)
    return np.array([loss(scores + d, y) - loss(scores - d, y) for d in nudges]) / 2e-5


right = np.array([1, 0, 0, 0])  # "Seoul is the [MASK] of Korea": capital
p = softmax(np.array([1.0, 0.5, -0.5, 2.0]))
gradient = slope(cross_entropy, np.log(p), right)
assert np.isclose(cross_entropy(np.log(p), right), -np.log(p[0]))
assert np.allclose(gradient, p - right, atol=1e-6)
print("1. p =", p.round(3), "  cross-entropy = -log p(capital) =", round(-np.log(p[0]), 3))
print("   gradient = p - y =", gradient.round(3))

print("\n2. 'banana' leads by ever more; the push on the score of 'capital'")
print("   lead   p(capital)   cross-entropy   squared error")
leads, pushes = np.arange(-5, 10.5, 0.5), []
for lead in leads:
    scores = np.array([0, 0, 0, lead])
    pushes.append([-slope(loss, scores, right)[0] for loss in (cross_entropy, squared_error)])
    if lead in (0, 3, 6, 10):
        print("{:7.0f} {:12.5f} {:15.4f} {:15.4f}".format(lead, softmax(scores)[0], *pushes[-1]))
assert pushes[-1][0] > 0.999 and pushes[-1][1] < 0.001  # surely wrong: one pushes, one is dead

print("\n3. The truth is 70/20/10/0 %; after 2000 steps down the gradient")
print("   loss            lead at start", *(f"{word:>8}" for word in WORDS))
truth = np.array([0.7, 0.2, 0.1, 0])
for loss, lead in [(cross_entropy, 10), (squared_error, 10), (squared_error, 0)]:
    scores = np.array([0, 0, 0, float(lead)])
    for _ in range(2000):
        scores -= slope(loss, scores, truth)
    print(f"   {loss.__name__:15} {lead:13d}", *(f"{q:8.2f}" for q in softmax(scores)))
    found = np.allclose(softmax(scores), truth, atol=0.02)
    assert found == (loss is cross_entropy or lead == 0)  # both aim at the truth; one gets stuck

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("xtick", "ytick"), color=INK)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
plt.plot(leads, pushes, lw=2.5)
for line, name, height, colour in zip(plt.gca().lines, WORDS, (0.9, 0.1), ("#377dee", "#c2630a")):
    line.set_color(colour)
plt.xlabel("lead of the wrong word (difference of scores)")
plt.ylabel("push on the right word's score")
plt.show()
