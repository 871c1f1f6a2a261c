"""94 % right and nothing learned: what "not beyond the majority class" means.

ELECTRA §3.2, p. 5: "without the weight initialization the discriminator would
sometimes fail to learn at all beyond the majority class". There are two classes, original
and replaced (§2, p. 3). Toy scores stand in for a discriminator that learned something.
"""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
TOKENS = 1_000_000


def corrupt(masked, generator_right):
    """True where a token is replaced; a masked token that the generator hits stays original."""
    return (rng.random(TOKENS) < masked) & (rng.random(TOKENS) >= generator_right)


print('masked   generator right   original = accuracy of always saying "original"')
for masked, right in [(0.15, 0.0), (0.15, 0.5), (0.15, 0.6), (0.15, 0.75), (0.25, 0.6)]:
    original = 1 - corrupt(masked, right).mean()
    print(f"{masked:6.0%} {right:17.0%} {original:12.1%}")
    assert original > 0.84
