"""KLUE task by task: KoELECTRA-base beside RoBERTa of the same size and of a larger one.

For the question at ELECTRA §1, p. 2: why was ELECTRA less popular than RoBERTa in KLUE?
Corpora, vocabularies and tokenisation differ too: the table names no cause.
"""

import matplotlib.pyplot as plt
import numpy as np

# "Baseline Scores" in README.md of KLUE-benchmark/KLUE at commit 3efd987 (2021-11-03):
# koELECTRA-base, KLUE-RoBERTa-base, KLUE-RoBERTa-large
SCORES = {
    "TC   F1": (84.59, 85.07, 85.69),
    "STS  Pearson": (92.46, 92.50, 93.35),
    "STS  F1": (84.84, 85.40, 86.63),
    "NLI  accuracy": (85.63, 84.83, 89.17),
    "NER  entity F1": (86.11, 84.60, 85.00),
    "NER  char F1": (92.56, 91.44, 91.86),
    "RE   F1": (62.85, 67.65, 71.13),
    "RE   AUPRC": (58.94, 68.55, 72.98),
    "DP   UAS": (92.90, 93.04, 93.48),
    "DP   LAS": (87.77, 88.32, 88.36),
    "MRC  EM": (59.82, 68.67, 75.58),
    "MRC  ROUGE": (66.05, 73.98, 80.59),
    "DST  JGA": (41.58, 47.49, 50.22),
    "DST  slot F1": (89.60, 91.64, 92.23),
}
names = list(SCORES)
electra, base, large = np.array(list(SCORES.values())).T

print("                 koELECTRA   RoBERTa   RoBERTa    gap at    gain by")
print("                      base      base     large      base       size")
for name, e, b, g in zip(names, electra, base, large):
    print(f"{name:16} {e:9.2f} {b:9.2f} {g:9.2f} {e - b:+9.2f} {g - b:+10.2f}")
ahead = [name for name, gap in zip(names, electra - base) if gap > 0]
print("koELECTRA-base is ahead of RoBERTa-base in:", ", ".join(" ".join(a.split()) for a in ahead))
assert ahead == ["NLI  accuracy", "NER  entity F1", "NER  char F1"]
assert all(large > base)  # the larger RoBERTa, which had no ELECTRA rival, is better throughout
# Size is not all: at equal size RoBERTa leads by far in relations, reading and dialogue.
assert all((base - electra)[names.index(n)] > 4 for n in ("RE   F1", "MRC  EM", "DST  JGA"))

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.figure(figsize=(6.4, 4.8), facecolor="none", layout="constrained")
plt.axvline(0, color=INK, lw=1)
for scores, label, colour, marker in [
    (electra, "koELECTRA-base", "#c2630a", "o"),
    (large, "KLUE-RoBERTa-large", "#377dee", "s"),
]:
    plt.scatter(scores - base, names, color=colour, marker=marker, label=label, zorder=2)
plt.gca().invert_yaxis()
plt.xlabel("points above KLUE-RoBERTa-base")
plt.legend(frameon=False)
plt.show()
