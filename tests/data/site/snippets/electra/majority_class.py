"""94 % right and nothing learned (ELECTRA §3.2, p. 5)."""

import matplotlib.pyplot as plt

original, replaced = 94, 6
print(f"always 'original' is right: {original / (original + replaced):.0%}")
assert original > replaced

INK = "#7f7f7f"  # one grey for light and dark pages
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(4, 2), facecolor="none", layout="constrained")
plt.plot([94, 6], color="#377dee")
plt.xlabel("class")
plt.show()
