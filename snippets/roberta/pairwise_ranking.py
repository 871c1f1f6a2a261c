"""The same noisy scores judged pair by pair, and ranked within each question.

RoBERTa §5.1, p. 8, on QNLI: in the ranking formulation "a single (question, candidate)
pair is classified as positive"; it "significantly simplifies the task, but is not
directly comparable to BERT". Toy: 10,000 questions, each with a right and a wrong
candidate. Score = 2 if right, 0 if wrong, + noise + a shift that the two candidates
share, since some questions make everything look relevant.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
noise, shift = rng.normal(size=(10_000, 2)), rng.normal(size=(10_000, 1))
CUTS = np.arange(-3, 5, 0.01)


def one_by_one(scores):
    """Share of pairs judged rightly by the best single cut, chosen with hindsight."""
    below = [np.searchsorted(np.sort(column), CUTS) / len(scores) for column in scores.T]
    return np.max((1 - below[0] + below[1]) / 2)


def ranked(scores):
    """The higher of the two is the positive one: no cut, and no yes or no afterwards."""
    return np.mean(scores[:, 0] > scores[:, 1])


def chance_of_first(scores):
    """MT-DNN §3.1 (arXiv:1901.11504): softmax over one question's candidates."""
    return np.exp(scores[:, 0]) / np.exp(scores).sum(axis=1)


print("spread of the shift   pair by pair   ranked")
for spread in (0, 1, 2):
    scores = np.array([2, 0]) + noise + spread * shift
    print(f"{spread:19d} {one_by_one(scores):14.1%} {ranked(scores):8.1%}")
    assert ranked(scores) > one_by_one(scores) + 0.05
    assert np.allclose(chance_of_first(scores), chance_of_first(scores - spread * shift))

unanswerable = noise + shift  # two wrong candidates
print(f"\nTwo wrong candidates: ranking still calls {len(unanswerable)} of 10000 x one positive.")
