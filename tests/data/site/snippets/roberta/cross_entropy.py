"""Where one word is right, cross-entropy is its negative log-likelihood (RoBERTa §2.3, p. 2)."""

from math import log

import matplotlib.pyplot as plt

p = [0.7, 0.2, 0.1]
y = [1, 0, 0]
loss = -sum(a * log(b) for a, b in zip(y, p))
print(f"cross-entropy {loss:.3f}")
assert loss == -log(p[0])

INK = "#7f7f7f"  # one grey for light and dark pages
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(4, 2), facecolor="none", layout="constrained")
plt.plot([1, 0.7, 0.2], color="#377dee")
plt.xlabel("score")
plt.show()
