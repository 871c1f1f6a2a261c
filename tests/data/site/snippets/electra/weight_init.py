"""A discriminator with and without the weights of the generator that it has to unmask.

ELECTRA §3.2, p. 5, two-stage training: "without the weight initialization the
discriminator would sometimes fail to learn at all beyond the majority class, perhaps
because the generator started so far ahead of the discriminator." Toy: tiny nets and
three-word sentences. It shows the kind of effect, not its size in a Transformer: here,
given 1,400 steps instead of 700, the fresh nets learn too.
"""

import numpy as np

WORDS, MASK, STEPS = 12, 12, 700


def sentences(rng, n):
    """Three words, the middle one following from the others; and the same with it masked."""
    left, right = rng.integers(WORDS, size=(2, n), dtype=np.int64)
    x = np.stack([left, (left + right) % WORDS, right], axis=1)
    return x, x * [1, 0, 1] + [0, MASK, 0]


def new_net(rng, classes):
    shapes = {"words": (WORDS + 1, 16), "hidden": (48, 64), "output": (64, classes)}
    return {k: rng.normal(0, 1 if k == "words" else s[0] ** -0.5, s) for k, s in shapes.items()}


def forward(net, x):
    vectors = net["words"][x].reshape(len(x), 48)
    hidden = np.tanh(vectors @ net["hidden"])
    odds = np.exp(hidden @ net["output"])
    return vectors, hidden, odds / odds.sum(axis=1, keepdims=True)


def step(net, memory, x, y):
    """One step of RMSProp down the cross-entropy of the right classes y."""
    vectors, hidden, p = forward(net, x)
    error = (p - np.eye(p.shape[1])[y]) / len(x)
    back = error @ net["output"].T * (1 - hidden**2)
    rows = np.eye(WORDS + 1)[x.ravel()].T @ (back @ net["hidden"].T).reshape(-1, 16)
    for k, g in {"output": hidden.T @ error, "hidden": vectors.T @ back, "words": rows}.items():
        memory[k] = 0.99 * memory.get(k, g**2) + 0.01 * g**2
        net[k] = net[k] - 0.005 * g / np.sqrt(memory[k] + 1e-12)


def corrupt(rng, odds, n):
    """Mask 15 % of the middle words, fill them from the generator's odds: which are replaced?"""
    x, _ = sentences(rng, n)
    chances = odds[x[:, 0] * WORDS + x[:, 2]].cumsum(axis=1)
    sample = np.minimum((chances < rng.random((n, 1))).sum(axis=1), WORDS - 1)
    middle = np.where(rng.random(n) < 0.15, sample, x[:, 1])
    return np.stack([x[:, 0], middle, x[:, 2]], axis=1), (middle != x[:, 1]).astype(np.int64)


gaps = np.array([[left, MASK, right] for left in range(WORDS) for right in range(WORDS)])
print("generator         always       its weights copied      fresh weights")
print("trained   seed   'original'    accuracy    found    accuracy    found")
for trained in (0, 200):  # with 150 fresh weights are only slower, with 300 all three fail
    found = {"copied": [], "fresh": []}
    for seed in range(3):
        rng = np.random.default_rng(seed)
        generator, memory = new_net(rng, WORDS), {}
        for _ in range(trained):
            x, masked = sentences(rng, 64)
            step(generator, memory, masked, x[:, 1])
        odds = forward(generator, gaps)[2]  # the generator is frozen from here on
        test, replaced = corrupt(rng, odds, 2000)
        print(f"{trained:3d} steps {seed:5d} {1 - replaced.mean():12.1%}", end="")
        for start, body in [("copied", generator), ("fresh", new_net(rng, 2))]:
            net, memory = body | {"output": new_net(rng, 2)["output"]}, {}
            for _ in range(STEPS):
                step(net, memory, *corrupt(rng, odds, 64))
            says = forward(net, test)[2].argmax(axis=1)
            found[start].append(says[replaced == 1].mean())
            print(f" {(says == replaced).mean():11.1%} {found[start][-1]:8.0%}", end="")
        print()
    assert min(found["copied"]) > 0.5  # with the generator's weights it always learns
    assert min(found["fresh"]) > 0.8 if trained == 0 else min(found["fresh"]) < 0.05
