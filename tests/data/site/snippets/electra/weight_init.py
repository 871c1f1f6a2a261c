"""A copy at the start is no share later (ELECTRA §3.2, p. 4)."""

generator = [1.0, 2.0]
discriminator = list(generator)
generator[0] = 5.0
print("still the first weights:", discriminator)
assert discriminator != generator
