"""A discriminator with and without the generator's weights (two-stage training).

ELECTRA §3.2, p. 5: "without the weight initialization the discriminator would sometimes
fail to learn at all beyond the majority class, perhaps because the generator started so
far ahead". Toy language: three words, the middle one follows from its neighbours. Nets of
two hidden layers, not Transformers. Here the failure is a long delay; see step 800.
"""

import matplotlib.pyplot as plt
import numpy as np

WORDS, MASK, BATCH = 16, 16, 64


def sentences(rng, n):
    left, right = rng.integers(WORDS, size=(2, n))
    return np.stack([left, (left + right) % WORDS, right], axis=1)


def new_net(rng, outputs):
    shapes = {"embedding": (17, 16), "layer1": (48, 64), "layer2": (64, 64), "head": (64, outputs)}
    net = {name: rng.normal(0, shape[0] ** -0.5, shape) for name, shape in shapes.items()}
    return net | {"embedding": rng.normal(size=(17, 16)), "bias": np.zeros(outputs)}


def forward(net, x):
    e = net["embedding"][x].reshape(len(x), 48)
    h1 = np.tanh(e @ net["layer1"])
    h2 = np.tanh(h1 @ net["layer2"])
    z = np.exp(h2 @ net["head"] + net["bias"])
    return e, h1, h2, z / (z + 1) if z.shape[1] == 1 else z / z.sum(axis=1, keepdims=True)


def train(net, batches, rate=0.005):
    """Adam on cross-entropy; yields after every step."""
    mean, square = ({k: np.zeros_like(v) for k, v in net.items()} for _ in range(2))
    for step, (x, y) in enumerate(batches, 1):
        e, h1, h2, p = forward(net, x)
        d = (p - y) / len(x)
        d2 = d @ net["head"].T * (1 - h2**2)
        d1 = d2 @ net["layer2"].T * (1 - h1**2)
        de = (d1 @ net["layer1"].T).reshape(-1, 16)
        grad = {"head": h2.T @ d, "bias": d.sum(axis=0), "layer2": h1.T @ d2, "layer1": e.T @ d1,
                "embedding": np.eye(17)[x.ravel()].T @ de}  # fmt: skip
        for k in net:
            mean[k] += 0.1 * (grad[k] - mean[k])
            square[k] += 0.001 * (grad[k] ** 2 - square[k])
            m, s = mean[k] / (1 - 0.9**step), square[k] / (1 - 0.999**step)
            net[k] = net[k] - rate * m / (np.sqrt(s) + 1e-8)
        yield step


def masked_batches(rng, steps):
    for _ in range(steps):
        x = sentences(rng, BATCH)
        y = np.eye(WORDS)[x[:, 1]]
        x[:, 1] = MASK
        yield x, y


def corrupted(rng, generator, n):
    """Mask 15 % of the middle words, let the generator sample them; was it replaced?"""
    x = sentences(rng, n)
    hidden = x * [1, 0, 1] + [0, MASK, 0]
    odds = forward(generator, hidden)[3].cumsum(axis=1)
    sample = np.minimum((odds < rng.random((n, 1))).sum(axis=1), WORDS - 1)
    middle = np.where(rng.random(n) < 0.15, sample, x[:, 1])
    replaced = middle != x[:, 1]
    x[:, 1] = middle
    return x, replaced[:, None]


import time; t0=time.time()
for seed in range(3):
    rng = np.random.default_rng(seed)
    generator = new_net(rng, WORDS)
    for _ in train(generator, masked_batches(rng, 150)): pass
    test, replaced = corrupted(rng, generator, 4000)
    for warm in (True, False):
        net = new_net(rng, 1)
        if warm: net |= {k: generator[k] for k in ("embedding", "layer1", "layer2")}
        out=[]
        for step in train(net, (corrupted(rng, generator, BATCH) for _ in range(800))):
            if step % 100 == 0:
                says = forward(net, test)[3] > 0.5
                out.append("%.3f/%.2f" % ((says == replaced).mean(), says[replaced].mean()))
        print(seed, warm, 1-replaced.mean(), *out)
print(time.time()-t0)
