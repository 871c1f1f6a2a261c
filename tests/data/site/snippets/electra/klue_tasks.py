"""Two tasks of KLUE's README: one ahead, one behind."""

import matplotlib.pyplot as plt

gaps = {"NER": 1.51, "MRC": -8.85}

for task, gap in gaps.items():
    print(f"{task} {gap:+.2f}")
assert min(gaps.values()) < 0 < max(gaps.values())

INK = "#7f7f7f"  # one grey for light and dark pages
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(4, 2), facecolor="none", layout="constrained")
plt.plot([1.51, -8.85], color="#377dee")
plt.xlabel("task")
plt.show()
