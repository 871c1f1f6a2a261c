"""Training compute and GLUE score of the large models: ELECTRA's claim as a picture.

ELECTRA §1, p. 2: ELECTRA-Large "performs comparably to RoBERTa (Liu et al., 2019) and
XLNet (Yang et al., 2019), despite having fewer parameters and using 1/4 of the compute
for training." English, and the models' training data differ (§3.4, p. 7).
"""

import matplotlib.pyplot as plt

# ELECTRA Table 2, p. 7: training FLOPs, parameters in millions, mean of 8 GLUE dev scores
MODELS = {
    "BERT": (1.9e20, 335, 84.0),
    "RoBERTa-100K": (6.4e20, 356, 87.9),
    "RoBERTa-500K": (3.2e21, 356, 88.9),
    "XLNet": (3.9e21, 360, 89.1),
    "BERT (ours)": (7.1e20, 335, 87.2),  # trained by ELECTRA's authors
    "ELECTRA-400K": (7.1e20, 335, 89.0),
    "ELECTRA-1.75M": (3.1e21, 335, 89.5),
}
flops, parameters, glue = (dict(zip(MODELS, column)) for column in zip(*MODELS.values()))

print("model           train FLOPs   / RoBERTa-500K   parameters   GLUE dev")
for name in sorted(MODELS, key=flops.get):
    ratio = flops[name] / flops["RoBERTa-500K"]
    print(f"{name:14} {flops[name]:12.1e} {ratio:16.2f} {parameters[name]:11d}M {glue[name]:10.1f}")

small, large = "ELECTRA-400K", "ELECTRA-1.75M"
for rival in ("RoBERTa-500K", "XLNet"):
    assert abs(glue[small] - glue[rival]) < 0.15  # comparable,
    assert flops[small] < flops[rival] / 4 and parameters[small] < parameters[rival]  # for less
    assert glue[large] > glue[rival] and flops[large] < flops[rival]
gain = glue[small] - glue["BERT (ours)"]
assert flops[small] == flops["BERT (ours)"] and gain > 1.5
print(f"With the same compute: ELECTRA-400K {gain:+.1f} over BERT (ours)")

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
for name in MODELS:
    colour = "#c2630a" if "ELECTRA" in name else "#377dee"
    side = "right" if name in ("RoBERTa-100K", small, large) else "left"
    shift = {"right": -9, "left": 9}[side], {"XLNet": 6, "RoBERTa-500K": -7}.get(name, 0)
    plt.scatter(flops[name], glue[name], s=50, color=colour)
    plt.annotate(name, (flops[name], glue[name]), shift, textcoords="offset points",
                 color=colour, ha=side, va="center")  # fmt: skip
ends = [small, "RoBERTa-500K"]
plt.plot([flops[end] for end in ends], [glue[end] for end in ends], ":", color=INK, zorder=0)
ratio = flops["RoBERTa-500K"] / flops[small]
plt.text(1.5e21, 88.7, f"{ratio:.1f} times the compute", ha="center", va="top")
plt.xscale("log")
plt.xlim(1.5e20, 1.1e22)
plt.ylim(83.5, 90)
plt.minorticks_off()
plt.xticks([2e20, 5e20, 1e21, 2e21, 5e21, 1e22], ["2e20", "5e20", "1e21", "2e21", "5e21", "1e22"])
plt.xlabel("training FLOPs (log scale)")
plt.ylabel("GLUE dev average")
plt.show()
