"""The same noisy scores judged pair by pair, and ranked within each question.

RoBERTa §5.1, p. 8, on QNLI: in the ranking formulation "a single (question, candidate)
pair is classified as positive"; it "significantly simplifies the task, but is not
directly comparable to BERT". Toy: 10,000 questions, each with a right and a wrong
candidate. Score = 2 if right, 0 if wrong, + noise + a shift that both candidates of a
question share, as some questions make everything look relevant.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
noise, shift = rng.normal(size=(10_000, 2)), rng.normal(size=(10_000, 1))
CUTS = np.arange(-3, 5, 0.01)


def one_by_one(scores):
    """Best single cut, chosen with hindsight, and the share of pairs that it judges rightly."""
    low = [np.searchsorted(np.sort(column), CUTS) / len(scores) for column in scores.T]
    accuracy = (1 - low[0] + low[1]) / 2
    return CUTS[accuracy.argmax()], accuracy.max()


def ranked(scores):
    """The higher one is the positive one: no cut, and no yes or no afterwards."""
    return np.mean(scores[:, 0] > scores[:, 1])


def softmax(scores):
    """MT-DNN §3.1 (arXiv:1901.11504): chances of one question's candidates, sum 1."""
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


print("spread of the shift   pair by pair   ranked")
for spread in (0, 1, 2):
    scores = np.array([2, 0]) + noise + spread * shift
    cut, accuracy = one_by_one(scores)
    print(f"{spread:19d} {accuracy:14.1%} {ranked(scores):8.1%}")
    assert ranked(scores) > accuracy + 0.05  # the scores, and so the model, are the same
    assert np.allclose(softmax(scores), softmax(scores - spread * shift))  # the shift is gone

neither = noise + spread * shift  # two wrong candidates
print(f"Two wrong ones: the cut rejects both in {np.mean(neither.max(axis=1) < cut):.0%}; ranking")
print("never does, since the higher one of the two is positive by definition.")

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 4), facecolor="none", layout="constrained")
right, wrong = scores[:250].T
by_cut, by_rank = (right > cut) & (wrong < cut), right > wrong
for label, chosen, colour, marker in [
    ("right both ways", by_cut, "#0e8f70", "o"),
    ("right only when ranked", by_rank & ~by_cut, "#377dee", "^"),
    ("wrong both ways", ~by_rank, "#c2630a", "x"),
]:
    plt.scatter(wrong[chosen], right[chosen], s=22, color=colour, marker=marker, label=label)
plt.axline((0, 0), slope=1, color=INK, lw=1.5)
plt.axvline(cut, color=INK, lw=1, ls="--")
plt.axhline(cut, color=INK, lw=1, ls="--")
plt.text(-8.6, cut + 0.2, "best single cut")
plt.xlabel("score of the wrong candidate")
plt.ylabel("score of the right candidate")
plt.legend(frameon=False, loc="lower right")
plt.show()
