"""The same noisy scores judged pair by pair, and ranked within each question.

RoBERTa §5.1, p. 8, on QNLI: in the ranking formulation "a single (question, candidate)
pair is classified as positive"; it "significantly simplifies the task, but is not
directly comparable to BERT". Toy: 10,000 questions, each with one right candidate and
one wrong one (as MT-DNN's code pairs them) or seven. Score = 2 if right, 0 if wrong,
+ noise + a shift that all candidates of a question share, as some questions make
everything look relevant. How large that shift is in QNLI nobody says.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
noise, shift = rng.normal(size=(10_000, 8)), rng.normal(size=(10_000, 1))
CUTS = np.arange(-4, 8, 0.01)


def one_by_one(scores):
    """Best single cut, chosen with hindsight, and the share of pairs that it judges rightly."""
    right, wrong = np.sort(scores[:, 0]), np.sort(scores[:, 1:], axis=None)
    found = len(right) - np.searchsorted(right, CUTS)
    accuracy = (found + np.searchsorted(wrong, CUTS)) / scores.size
    return CUTS[accuracy.argmax()], accuracy.max()


def ranked(scores):
    """The highest one is the positive one: no cut, and no yes or no afterwards."""
    answer = np.arange(scores.shape[1]) == scores.argmax(axis=1)[:, None]
    return np.mean(answer == (np.arange(scores.shape[1]) == 0))


def softmax(scores):
    """MT-DNN §3.1 (arXiv:1901.11504): chances of one question's candidates, sum 1."""
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


print("Share of the pairs judged rightly")
print("candidates   spread of the shift   pair by pair   ranked    gain   always no")
gain = {}
for count in (2, 8):
    for spread in (0, 1, 2):
        scores = 2 * np.eye(1, count) + noise[:, :count] + spread * shift
        cut, accuracy = one_by_one(scores)
        gain[count, spread] = ranked(scores) - accuracy
        print(f"{count:10d} {spread:21d} {accuracy:14.1%} {ranked(scores):8.1%}", end="")
        print(f" {100 * gain[count, spread]:+7.1f} {1 - 1 / count:11.1%}")
        assert np.allclose(softmax(scores), softmax(scores - spread * shift))  # the shift is gone
    if count == 2:
        pair, pair_cut = scores, cut
assert gain[2, 0] > 0.05 and gain[2, 2] > gain[2, 1] > gain[2, 0]
assert 0 < gain[8, 0] < 0.02  # many wrong ones and no shared shift: hardly any gain

neither = noise[:, :2] + 2 * shift  # two wrong candidates
print(f"Two wrong ones: the cut rejects both in {np.mean(neither.max(axis=1) < pair_cut):.0%};")
print("ranking never does, since the higher one of the two is positive by definition.")

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 4), facecolor="none", layout="constrained")
right, wrong = pair[:250].T
by_cut, by_rank = (right > pair_cut) & (wrong < pair_cut), right > wrong
for label, chosen, colour, marker in [
    ("right both ways", by_cut, "#0e8f70", "o"),
    ("right only when ranked", by_rank & ~by_cut, "#377dee", "^"),
    ("wrong both ways", ~by_rank, "#c2630a", "x"),
]:
    plt.scatter(wrong[chosen], right[chosen], s=22, color=colour, marker=marker, label=label)
plt.axline((0, 0), slope=1, color=INK, lw=1.5)
plt.axvline(pair_cut, color=INK, lw=1, ls="--")
plt.axhline(pair_cut, color=INK, lw=1, ls="--")
plt.text(-6.9, pair_cut + 0.2, "best single cut")
plt.xlabel("score of the wrong candidate")
plt.ylabel("score of the right candidate")
plt.legend(frameon=False, loc="lower right")
plt.show()
