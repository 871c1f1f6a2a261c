"""Position rows that are not looked up learn nothing (BERT §A.2, p. 13)."""

import matplotlib.pyplot as plt

moved = [1] * 128 + [0] * 384
print("rows that moved:", sum(moved), "of", len(moved))
assert not any(moved[128:])

INK = "#7f7f7f"  # one grey for light and dark pages
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(4, 2), facecolor="none", layout="constrained")
plt.plot([1, 1, 0, 0], color="#377dee")
plt.xlabel("position")
plt.show()
