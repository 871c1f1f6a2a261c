"""Training compute and GLUE score of the large models: ELECTRA's claim as a picture.

ELECTRA §1, p. 2: ELECTRA-Large "performs comparably to RoBERTa (Liu et al., 2019) and
XLNet (Yang et al., 2019), despite having fewer parameters and using 1/4 of the compute
for training." English data, and not the same data for all (§3.4, p. 7).
"""

import matplotlib.pyplot as plt
from matplotlib.ticker import NullFormatter

# ELECTRA Table 2, p. 7: training FLOPs, millions of parameters, average of 8 GLUE dev sets;
# last, where the figure puts the name
MODELS = {
    "BERT": (1.9e20, 335, 84.0, "right"),
    "RoBERTa-100K": (6.4e20, 356, 87.9, "left"),
    "RoBERTa-500K": (3.2e21, 356, 88.9, "right"),
    "XLNet": (3.9e21, 360, 89.1, "right"),
    "BERT (ours)": (7.1e20, 335, 87.2, "right"),
    "ELECTRA-400K": (7.1e20, 335, 89.0, "left"),
    "ELECTRA-1.75M": (3.1e21, 335, 89.5, "left"),
}
flops, parameters, glue, _ = (dict(zip(MODELS, column)) for column in zip(*MODELS.values()))

print("model           train FLOPs   of RoBERTa-500K's   parameters   GLUE dev")
for name in sorted(MODELS, key=flops.get):
    share = flops[name] / flops["RoBERTa-500K"]
    print(f"{name:14} {flops[name]:12.1e} {share:19.2f} {parameters[name]:11d}M {glue[name]:10.1f}")

small = "ELECTRA-400K"
for rival in ("RoBERTa-500K", "XLNet"):  # about as good, with less of both
    assert abs(glue[small] - glue[rival]) < 0.15
    assert flops[small] < flops[rival] / 4 and parameters[small] < parameters[rival]
    assert glue["ELECTRA-1.75M"] > glue[rival] and flops["ELECTRA-1.75M"] < flops[rival]
at_equal_compute = glue[small] - glue["BERT (ours)"]
assert flops[small] == flops["BERT (ours)"] and at_equal_compute > 1.5
print(f"At equal compute ELECTRA-400K is {at_equal_compute:.1f} points above the authors' BERT.")
