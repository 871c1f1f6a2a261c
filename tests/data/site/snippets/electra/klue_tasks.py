"""KLUE task by task: KoELECTRA-base beside RoBERTa of the same size and of a larger one.

For the question at ELECTRA §1, p. 2: why was ELECTRA less popular than RoBERTa in KLUE?
Corpora, vocabularies and tokenisation differ too, so the table proves no cause.
"""

import matplotlib.pyplot as plt
import numpy as np

# "Baseline Scores" in README.md of KLUE-benchmark/KLUE, commit 3efd987 (2021-11-03):
# koELECTRA-base, KLUE-RoBERTa-base, KLUE-RoBERTa-large. No ELECTRA-large is listed there.
SCORES = {
    "TC F1": (84.59, 85.07, 85.69),
    "STS Pearson": (92.46, 92.50, 93.35),
    "STS F1": (84.84, 85.40, 86.63),
    "NLI accuracy": (85.63, 84.83, 89.17),
    "NER entity F1": (86.11, 84.60, 85.00),
    "NER character F1": (92.56, 91.44, 91.86),
    "RE F1": (62.85, 67.65, 71.13),
    "RE AUPRC": (58.94, 68.55, 72.98),
    "DP UAS": (92.90, 93.04, 93.48),
    "DP LAS": (87.77, 88.32, 88.36),
    "MRC exact match": (59.82, 68.67, 75.58),
    "MRC ROUGE": (66.05, 73.98, 80.59),
    "DST joint goal": (41.58, 47.49, 50.22),
    "DST slot F1": (89.60, 91.64, 92.23),
}
names = list(SCORES)
electra, base, large = np.array(list(SCORES.values())).T

print("                    ELECTRA   RoBERTa   RoBERTa   ELECTRA -   RoBERTa")
print("                       base      base     large        base   large - base")
for name, e, b, g in zip(names, electra, base, large):
    print(f"{name:17} {e:9.2f} {b:9.2f} {g:9.2f} {e - b:+11.2f} {g - b:+14.2f}")

ahead = {name for name, gap in zip(names, electra - base) if gap > 0}
behind = {name.split()[0] for name, gap in zip(names, electra - base) if gap < -2}
print("ELECTRA ahead at equal size:", ", ".join(sorted(ahead)))
print("ELECTRA more than 2 points behind:", ", ".join(sorted(behind)))
assert ahead == {"NLI accuracy", "NER entity F1", "NER character F1"}
assert behind == {"DST", "MRC", "RE"}  # so the missing large model is not the whole story
assert np.all(large > base)  # and the large RoBERTa is above the base one in every row

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 5), facecolor="none", layout="constrained")
plt.axvline(0, color=INK, lw=1)
plt.scatter(electra - base, names, s=45, color="#c2630a", label="KoELECTRA-base")
plt.scatter(large - base, names, s=45, color="#377dee", marker="s", label="KLUE-RoBERTa-large")
plt.gca().invert_yaxis()
plt.xticks([-10, -5, 0, 5])
plt.xlabel("points above or below KLUE-RoBERTa-base")
plt.legend(frameon=False, loc="upper left")
plt.show()
