"""What short sequences save: BERT saved it, RoBERTa pays it.

BERT §A.2, p. 13: length 128 for 90 % of the steps and 512 for the rest, because
"attention is quadratic to the sequence length". RoBERTa §3.1, p. 3: "We train only
with full-length sequences." We count the multiply-adds of the matrix products in one
encoder layer. Memory traffic, softmax, embeddings and output layer are left out:
this is arithmetic, not a measured time.
"""

import numpy as np

D = 768  # hidden size of BERT_BASE; its feed-forward layer has 4 * D (BERT §3, p. 3)


def products(n):
    """(rows, inner, columns) of every matrix product for one sequence of n tokens."""
    attention = [(n, D, n), (n, n, D)]  # Q times K, then the weights times V: n * n
    rest = [(n, D, D)] * 4 + [(n, D, 4 * D), (n, 4 * D, D)]  # Q, K, V, output; feed-forward
    return attention, rest


def cost(n):
    """Multiply-adds of the n * n part and of the rest."""
    return np.array([sum(a * b * c for a, b, c in part) for part in products(n)], dtype=np.int64)


print("One layer, one sequence: millions of multiply-adds")
print("length   n*n part     rest   n*n share   all, per token")
for n in (128, 512):
    quadratic, rest = cost(n) / 1e6
    total = quadratic + rest
    print(f"{n:6d} {quadratic:10.1f} {rest:8.1f} {quadratic / total:11.1%} {total / n:16.2f}")
growth = cost(512) / cost(128)
print(f"4 times the length: n*n part x {growth[0]:.0f}, the rest x {growth[1]:.0f}")
assert growth.tolist() == [16, 4]

print("\n90 % of the steps at 128 and 10 % at 512, compared with all at 512")
print("every step has as many   n*n part     rest      all")
saved = {}  # BERT does not say whether a step at 128 keeps its 256 sequences or its tokens
for unit, per_batch in [("sequences", 1), ("tokens", 4)]:  # 4 * 128 tokens = 512 tokens
    mixed, full = 0.9 * per_batch * cost(128) + 0.1 * cost(512), cost(512)
    saved[unit] = [*(mixed / full), mixed.sum() / full.sum()]
    print(f"{unit:22}", *(f"{part:9.1%}" for part in saved[unit]))

# With as many sequences a step, the n*n part falls to less than a sixth, all to a third;
assert saved["sequences"][0] < 1 / 6 and saved["sequences"][2] < 1 / 3
# with as many tokens little is saved: n*n is but a tenth of a layer of this width at 512.
assert saved["tokens"][0] < 1 / 3 and saved["tokens"][2] > 0.9
