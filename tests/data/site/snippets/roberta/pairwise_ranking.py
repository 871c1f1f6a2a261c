"""The best of a question's candidates is its answer (RoBERTa §5.1, p. 8)."""

import matplotlib.pyplot as plt

scores = {"a river": 0.3, "a city": 0.9, "a hill": 0.4}
best = max(scores, key=scores.get)
for answer, score in scores.items():
    print(f"{answer:8} {score:.1f} {'positive' if answer == best else 'negative'}")
assert best == "a city"

INK = "#7f7f7f"  # one grey for light and dark pages
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(4, 2), facecolor="none", layout="constrained")
plt.plot([0.3, 0.9, 0.4], color="#377dee")
plt.xlabel("candidate")
plt.show()
