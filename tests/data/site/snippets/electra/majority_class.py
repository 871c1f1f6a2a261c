"""94 % right and nothing learned: what "not beyond the majority class" means.

ELECTRA §3.2, p. 5: "without the weight initialization the discriminator would
sometimes fail to learn at all beyond the majority class". The discriminator has two
classes, original and replaced (§2, p. 3). One that learned something is played here by
toy scores: noise, plus 2 where the token is replaced.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
TOKENS = 1_000_000


def corrupt(masked, hit):
    """Which tokens end up replaced; where the generator hits, the token stays original."""
    return (rng.random(TOKENS) < masked) & (rng.random(TOKENS) >= hit)


# 15 % are masked, 25 % for Large (App. A, p. 13). "hit" = the generator's sample is right:
# illustrations, as the paper gives no share of replaced tokens. An author's answer in issue
# #49 of google-research/electra: about 94 % are original.
print("masked    hit   replaced   always 'original' is right")
for masked, hit in [(0.15, 0.0), (0.15, 0.5), (0.15, 0.6), (0.15, 0.7), (0.25, 0.6)]:
    share = corrupt(masked, hit).mean()
    print(f"{masked:6.0%} {hit:6.0%} {share:10.1%} {1 - share:22.1%}")
    assert 1 - share > 0.849  # at 25 % too, unless the generator hits less than 40 %

replaced = corrupt(0.15, 0.6)
share = replaced.mean()
scores = rng.normal(size=TOKENS) + 2 * replaced
log_odds = 2 * scores - 2 + np.log(share / (1 - share))  # Bayes' rule for these scores
measures = {}
print("\n                    accuracy   originals kept   replaced found   log loss")
for name, z in [
    ("always original", np.full(TOKENS, np.log(share / (1 - share)))),
    ("learned a little", log_odds),
]:
    says, p = z > 0, 1 / (1 + np.exp(-z))
    loss = -np.mean(np.log(np.where(replaced, p, 1 - p)))
    m = [np.mean(says == replaced), np.mean(~says[~replaced]), np.mean(says[replaced])]
    measures[name] = np.array(m)
    print(f"{name:18} {m[0]:9.1%} {m[1]:16.1%} {m[2]:16.1%} {loss:10.3f}")
nothing, little = measures.values()
assert nothing[0] > 0.93 and nothing[2] == 0  # high accuracy, not one replaced token found
assert little[0] - nothing[0] < 0.02 and little[2] > 0.3  # accuracy hardly shows the difference

INK = "#7f7f7f"  # one grey for light and dark pages: 4.0:1 on #ffffff and on #1e2129
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("font", size=11)
plt.figure(figsize=(6.4, 3.6), facecolor="none", layout="constrained")
rows = np.arange(3)
for shift, (name, values), colour in zip((-0.2, 0.2), measures.items(), ("#c2630a", "#377dee")):
    bars = plt.barh(rows + shift, 100 * values, 0.38, color=colour, label=name)
    plt.bar_label(bars, fmt="%.1f", padding=4)
plt.yticks(rows, ["accuracy", "originals kept", "replaced found"])
plt.gca().invert_yaxis()
plt.xlabel("%")
plt.xlim(0, 115)
plt.legend(frameon=False, loc="lower right")
plt.show()
