# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # ELECTRA 작게 재현하기 (ELECTRA in miniature)
#
# 생성자와 판별자를 numpy만으로 아주 작게 만들어, ELECTRA의 주장이 장난감에서도 보이는지 재 봐요.
# 보이지 않는 것은 보이지 않는다고 적었어요.
#
# - [늘 ‘원본’이라는 답](#4-always-original): ELECTRA §2, 3쪽과 §3.2, 5쪽
# - [모든 토큰에서 배우기](#5-all-tokens): ELECTRA Table 5, 9쪽
# - [가중치를 물려받지 않는 두 단계](#6-two-stages): ELECTRA §3.2, 5쪽
# - [공동 학습과 생성자의 크기](#7-joint-training): ELECTRA §3.2, 5쪽
#
# 구절의 원문과 설명은 노트의 [다수 클래스를 넘지 못한다는
# 말](../../papers/electra/#majority-class)에 있어요.
#
# **논문과 다른 것.** 트랜스포머가 아니라 은닉층 하나짜리 망이고, 말뭉치는 문장 49개가 전부이고,
# GLUE가 없어요. 그래서 다운스트림 점수 대신 판별자가 제 일을 얼마나 하는지를 재요. 임베딩은
# 공유하지 않아요. 숫자의 크기가 아니라 방향만 논문과 비교할 수 있어요. 끝자리는 이 쪽을 만든 기계에
# 따라 조금 달라져요.
#
# 문장의 규칙과 크기, 스텝 수는 시험해 보고 골랐어요. 낱말 하나만 보아도 다른 낱말이 짐작되는 쉬운
# 말뭉치와 어텐션 한 층짜리 망에서는, 6절의 두 출발의 차이가 작거나 뒤섞였어요 (시드 한둘). 그러니
# 아래는 ‘이런 일이 생길 수 있다’이지 ‘늘 이렇다’가 아니에요.

# %%
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # tiny matrices: more threads only cost

import base64
import io
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, display
from PIL import Image

SEEDS, STEPS, EVERY = range(5), 800, 100  # training steps, and how often we measure

INK = "#7f7f7f"  # one grey for light and dark pages
ORANGE, BLUE = "#c2630a", "#377dee"
plt.rc("axes", facecolor="none", edgecolor=INK, labelcolor=INK, titlecolor=INK, titlesize=11)
plt.rc(("text", "xtick", "ytick"), color=INK)
plt.rc("legend", frameon=False)
plt.rc("font", size=11)
plt.rc("figure", dpi=100, facecolor="none")


def show(alt):
    """Show the current figure, small in bytes, with a text for those who cannot see it."""
    png, (width, height) = io.BytesIO(), plt.gcf().canvas.get_width_height()
    plt.savefig(png, dpi=150)
    plt.close()
    small = io.BytesIO()
    Image.open(png).quantize(96).save(small, "png", optimize=True)
    source = "data:image/png;base64," + base64.b64encode(small.getvalue()).decode()
    image = f'<img src="{source}" alt="{alt}" width="{width}" height="{height}">'
    display(HTML(f'<div class="pn-figure">{image}</div>'))


# %% [markdown]
# ## 1. 작은 세계 (A small world)
#
# 문장마다 요일과 이름이 있고, 나머지 네 낱말은 그 둘로 정해져요. 7로 나눈 나머지를 셈하는 규칙이라,
# 여섯 낱말 가운데 **어느 둘만 알아도 나머지를 알 수 있지만 하나만 보아서는 아무것도 알 수 없어요.**
# 낱말 하나가 바뀌면 나머지 다섯과 어긋나니, 바뀐 낱말은 원리로는 언제나 찾을 수 있어요.

# %%
TEMPLATE = "on DAY NAME eats FOOD and drinks DRINK in the PLACE with FRIEND"
FRAME = TEMPLATE.split()
KINDS = {
    "DAY": "monday tuesday wednesday thursday friday saturday sunday",
    "NAME": "anna ben carl dora emil fay gus",
    "FOOD": "rice soup fish beans bread cake eggs",
    "DRINK": "tea milk juice water cocoa coffee cider",
    "PLACE": "park barn cafe yard hall shed loft",
    "FRIEND": "dogs cats owls hens pigs goats crows",
}
KINDS = {kind: words.split() for kind, words in KINDS.items()}
VOCABULARY = ["[MASK]", *(w for w in FRAME if w not in KINDS)]
VOCABULARY += [word for words in KINDS.values() for word in words]
IDS = {word: i for i, word in enumerate(VOCABULARY)}
MASK, LENGTH, MASKED = 0, len(FRAME), 2  # 2 of 13 tokens: 15 %
FREE = np.array([word in KINDS for word in FRAME])  # where a word is not always the same


def sentence(day, name):
    pick = {"DAY": day, "NAME": name}
    for times, kind in enumerate(["FOOD", "DRINK", "PLACE", "FRIEND"], start=1):
        pick[kind] = (day + times * name) % 7
    return [KINDS[word][pick[word]] if word in KINDS else word for word in FRAME]


WORLD = np.array([[IDS[w] for w in sentence(d, n)] for d in range(7) for n in range(7)], np.int64)

for row in WORLD[[0, 1, 10]]:
    print(" ".join(VOCABULARY[i] for i in row))
print(f"{len(WORLD)} sentences, {len(VOCABULARY)} words, {LENGTH} tokens a sentence")
for i in np.flatnonzero(FREE):
    for j in np.flatnonzero(FREE)[np.flatnonzero(FREE) > i]:
        assert len(np.unique(WORLD[:, [i, j]], axis=0)) == 49  # any two words settle all others

# %% [markdown]
# ## 2. 두 신경망 (Two networks)
#
# 생성자와 판별자의 몸통은 같은 꼴이에요. 낱말 벡터 13개를 이어 붙여 은닉층 하나를 지나고, 자리마다
# 벡터 하나를 내놓아요. 생성자는 그 벡터로 가려진 낱말의 확률을 내고, 판별자는 자리마다 ‘바뀜’일
# 확률 하나를 내요. **논문과 방향이 반대예요.** 논문의 D는 토큰이 ‘원본’일 확률이라(§2, 3쪽) 여기의
# 값은 1 − D예요. 손실은 같고, 바뀐 것을 찾은 비율을 말하기 쉬워서 뒤집었어요. 판별자의 손실은
# 논문처럼 이진 교차 엔트로피인데, 어느 자리를 셈에 넣을지(`counted`)를 고를 수 있어요.

# %%
SIZE, WIDTH, BATCH, RATE = 16, 64, 64, 0.005


class Net:
    """Weights, all in one array, and Adam's memory of their gradients."""

    def __init__(self, weights):
        self.all = np.concatenate([w.ravel() for w in weights.values()]).astype(np.float32)
        parts = np.split(self.all, np.cumsum([w.size for w in weights.values()])[:-1])
        self.weights = {k: p.reshape(w.shape) for (k, w), p in zip(weights.items(), parts)}
        self.mean, self.square, self.steps = np.zeros_like(self.all), np.zeros_like(self.all), 0

    def __getitem__(self, name):
        return self.weights[name]

    def step(self, gradients):
        self.steps += 1
        g = np.concatenate([gradients[k].ravel() for k in self.weights])
        self.mean += 0.1 * (g - self.mean)
        self.square += 0.01 * (g * g - self.square)
        mean = self.mean / (1 - 0.9**self.steps)
        spread = np.sqrt(self.square / (1 - 0.99**self.steps)) + 1e-8
        self.all -= RATE * mean / spread


def new_body(rng, width):
    return {
        "words": rng.normal(0, 0.5, (len(VOCABULARY), SIZE)),
        "up": rng.normal(0, (LENGTH * SIZE) ** -0.5, (LENGTH * SIZE, width)),
        "down": rng.normal(0, width**-0.5, (width, LENGTH * SIZE)),
    }


def new_generator(rng, width):
    return Net({**new_body(rng, width), "bias": np.zeros(len(VOCABULARY))})


def new_discriminator(rng, body):
    """A discriminator that starts from this body: fresh weights, or a generator's."""
    head = {"head": rng.normal(0, 0.1, (LENGTH, SIZE)), "prior": np.zeros(LENGTH)}
    return Net({**{k: body[k] for k in ("words", "up", "down")}, **head})


def encode(net, x):
    """A vector for each token of each sentence, and what the gradient will need."""
    vectors = net["words"][x].reshape(len(x), -1)
    hidden = np.tanh(vectors @ net["up"])
    return (vectors + hidden @ net["down"]).reshape(*x.shape, SIZE), (x, vectors, hidden)


def body_gradients(net, memory, error):
    """From the error at the body's output back to its weights."""
    x, vectors, hidden = memory
    error = error.reshape(len(x), -1)
    inner = error @ net["down"].T * (1 - hidden**2)
    rows = (error + inner @ net["up"].T).reshape(-1, SIZE)
    chosen = np.eye(len(VOCABULARY), dtype=rows.dtype)[x.ravel()]
    return {"words": chosen.T @ rows, "up": vectors.T @ inner, "down": hidden.T @ error}


def generate(net, x, mask):
    """The generator's odds for each masked token."""
    output, memory = encode(net, np.where(mask, MASK, x))
    odds = np.exp(output[mask] @ net["words"].T + net["bias"])
    return odds / odds.sum(axis=1, keepdims=True), output, memory


def generator_gradients(net, x, mask, generated):
    """Of the cross-entropy of the masked tokens (ELECTRA §2, p. 3)."""
    p, output, memory = generated
    error = (p - np.eye(len(VOCABULARY), dtype=p.dtype)[x[mask]]) / len(p)
    back = np.zeros_like(output)
    back[mask] = error @ net["words"]
    gradients = body_gradients(net, memory, back)
    gradients["words"] += error.T @ output[mask]  # the same table reads and writes
    return gradients | {"bias": error.sum(axis=0)}


def judge(net, x):
    """The probability that each token was replaced: 1 - D in the paper's terms."""
    output, memory = encode(net, x)
    score = (output * net["head"]).sum(axis=2) + net["prior"]
    return 1 / (1 + np.exp(-score)), output, memory


def discriminator_gradients(net, x, fake, counted):
    """Of the binary cross-entropy at the positions that count (ELECTRA §2, p. 3)."""
    p, output, memory = judge(net, x)
    error = counted * (p - fake) / int(counted.sum())
    gradients = body_gradients(net, memory, error[:, :, None] * net["head"])
    head = (error[:, :, None] * output).sum(axis=0)
    return gradients | {"head": head, "prior": error.sum(axis=0)}


# %% [markdown]
# 기울기를 손으로 적었으니, 믿기 전에 유한 차분과 맞는지 봐요.


# %%
def draw(rng, n):
    """Sentences, and which of their tokens are masked."""
    x = WORLD[rng.integers(len(WORLD), size=n)]
    lot = rng.random(x.shape)
    return x, lot < np.partition(lot, MASKED)[:, [MASKED]]


def generator_loss(net, x, mask):
    p = generate(net, x, mask)[0]
    return -np.mean(np.log(p[np.arange(len(p)), x[mask]]))


def discriminator_loss(net, x, fake, counted):
    p = judge(net, x)[0]
    return -np.mean(np.log(np.where(fake, p, 1 - p))[counted])


def worst_error(net, loss, gradients):
    """The largest gap between a gradient and its central difference, over some weights."""
    gaps = []
    for name, g in gradients.items():
        for i in rng.integers(g.size, size=10):
            values = []
            for nudge in (1e-5, -1e-5):
                weight = net.weights[name].flat[i]
                net.weights[name].flat[i] += nudge
                values.append(loss())
                net.weights[name].flat[i] = weight
            gaps.append(abs(g.flat[i] - (values[0] - values[1]) / 2e-5))
    return max(gaps)


rng = np.random.default_rng(0)
g, d = new_generator(rng, WIDTH), new_discriminator(rng, new_body(rng, WIDTH))
for net in (g, d):
    net.weights = {k: w.astype(np.float64) for k, w in net.weights.items()}
x, mask = draw(rng, 8)
fake = rng.random(x.shape) < 0.2
gaps = [
    worst_error(
        g, lambda: generator_loss(g, x, mask), generator_gradients(g, x, mask, generate(g, x, mask))
    ),
    worst_error(
        d,
        lambda: discriminator_loss(d, x, fake, mask),
        discriminator_gradients(d, x, fake, mask),
    ),
]
print("largest gap: below 1e-8" if max(gaps) < 1e-8 else gaps)
assert max(gaps) < 1e-8

# %% [markdown]
# ## 3. 무엇을 재나 (Measures)
#
# 시험에는 새로 가리고 새로 채운 문장 1,000개를 써요 (바뀐 토큰이 드문 6절에서는 4,000개). 문장은
# 49개뿐이라 처음 보는 문장은 아니고, 가린 자리와 채운 낱말이 새로워요. 값은 셋이에요.
#
# - **accuracy**: 원본인지 바뀐 것인지 맞힌 토큰의 비율. 늘 ‘원본’이라고 할 때의 비율(**always
#   'original'**)과 비교해야 뜻이 있어요.
# - **found**: 바뀐 토큰 가운데 찾아낸 비율. 늘 ‘원본’이라면 0이에요.
# - **AUC**: 바뀐 낱말과 원본 낱말을 하나씩 아무렇게나 골랐을 때 바뀐 쪽의 점수가 더 높을 확률.
#   0.5면 배운 것이 없어요. 늘 같은 낱말이 오는 자리(on, eats, …)는 빼고 재요.


# %%
def fill(rng, x, mask, p):
    """The sentences with the generator's samples, and which tokens are now replaced.

    Where the sample happens to be the right token it counts as original (ELECTRA §2, p. 3).
    """
    return pick(rng, x, mask, p.cumsum(axis=1))


def pick(rng, x, mask, chances):
    sample = (chances < rng.random((len(chances), 1))).sum(axis=1)
    corrupt = x.copy()
    corrupt[mask] = np.minimum(sample, chances.shape[1] - 1)
    return corrupt, corrupt != x


def corrupted_by(net, seed, n=1000):
    rng = np.random.default_rng(seed)
    x, mask = draw(rng, n)
    return fill(rng, x, mask, generate(net, x, mask)[0])


def auc(scores, positive):
    rank = scores.argsort().argsort()
    pairs = positive.sum() * (~positive).sum()
    return (rank[positive].sum() - positive.sum() * (positive.sum() - 1) / 2) / pairs


def measure(net, test):
    """Always 'original', accuracy, found (all in %), AUC."""
    x, fake = test
    p = judge(net, x)[0]
    says = p > 0.5
    separation = auc(p[:, FREE].ravel(), fake[:, FREE].ravel())
    return [100 * (~fake).mean(), 100 * (says == fake).mean(), 100 * says[fake].mean(), separation]


ALWAYS, ACCURACY, FOUND, AUC = range(4)
EVERYWHERE = np.ones((BATCH, LENGTH), bool)


def median(runs):
    return np.median(runs, axis=0)


# %% [markdown]
# ## 4. 늘 ‘원본’이라는 답 (Always original)
#
# 먼저 생성자와 판별자를 함께 학습해요 (공동 학습). 생성자의 은닉층이 판별자와 같을 때(1)와 1/4일
# 때를 각각 다섯 시드로 돌리고, 뒤의 절에서 쓸 것도 여기서 함께 재요. 1/4 쪽에서는 똑같은 입력으로
# 판별자를 하나 더, **가려졌던 15% 자리만** 셈에 넣어 학습해요.


# %%
def train_jointly(seed, width, counted):
    """One generator; one discriminator for each way to count; measures every EVERY steps."""
    rng = np.random.default_rng(seed)
    generator, body = new_generator(rng, width), new_body(rng, WIDTH)
    nets = {way: new_discriminator(np.random.default_rng(seed), body) for way in counted}
    log = {way: [measure(net, corrupted_by(generator, seed))] for way, net in nets.items()}
    for step in range(1, STEPS + 1):
        x, mask = draw(rng, BATCH)
        generated = generate(generator, x, mask)
        corrupt, fake = fill(rng, x, mask, generated[0])
        generator.step(generator_gradients(generator, x, mask, generated))
        for way, net in nets.items():
            where = mask if way == "15 %" else EVERYWHERE
            net.step(discriminator_gradients(net, corrupt, fake, where))
        if step % EVERY == 0:
            test = corrupted_by(generator, seed)
            for way, net in nets.items():
                log[way].append(measure(net, test))
    return generator, nets, {way: np.array(rows) for way, rows in log.items()}


small = [train_jointly(seed, WIDTH // 4, ["all tokens", "15 %"]) for seed in SEEDS]
equal = [train_jointly(seed, WIDTH, ["all tokens"]) for seed in SEEDS]
small_all, small_15, equal_all = (
    np.array([log[way] for _, _, log in runs])
    for runs, way in [(small, "all tokens"), (small, "15 %"), (equal, "all tokens")]
)

print("always 'original' is right (%), median of 5 seeds")
print("step          ", *(f"{step:6d}" for step in range(0, STEPS + 1, EVERY)))
for size, runs in [("1/4", small_all), ("1", equal_all)]:
    print(f"generator {size:4}", *(f"{share:6.1f}" for share in median(runs)[:, ALWAYS]))
    assert (runs[:, 0, ALWAYS] > 84).all() and (runs[:, 0, ALWAYS] < 86).all()
    assert (runs[:, 1, ALWAYS] > 93).all() and (runs[:, 1, ALWAYS] < 95.5).all()

# %%
plt.figure(figsize=(6.4, 3.4), layout="constrained")
steps = np.arange(0, STEPS + 1, EVERY)
for runs, colour, label in [
    (equal_all, ORANGE, "generator as large as the discriminator"),
    (small_all, BLUE, "generator 1/4 as large"),
]:
    plt.plot(steps, runs[:, :, ALWAYS].T, color=colour, lw=0.8, alpha=0.5)
    plt.plot(steps, median(runs)[:, ALWAYS], color=colour, lw=2.5, label=label)
plt.axhspan(85, 94, color=INK, alpha=0.15, lw=0)
plt.xlabel("training step")
plt.ylabel("always 'original' is right (%)")
plt.legend(loc="lower right")
show(
    "생성자를 학습할수록 늘 원본이라는 답이 맞는 비율이 85%에서 94%를 지나, "
    "생성자가 판별자만 하면 99%를 넘고 1/4이면 96% 안팎에 이르는 선 그래프예요."
)

# %% [markdown]
# 배우지 않은 생성자는 거의 다 틀리니 ‘원본’은 약 85%예요. 자리마다 어떤 종류의 낱말이 오는지만
# 알아도 약 94%가 되고, 규칙을 깨치면 더 올라가요. 회색 띠가 85–94%예요. 논문에는 정확한 비율이 없고
# 94%는 [저자의 이슈 답변](https://github.com/google-research/electra/issues/49)에 있는 값이에요.
# **다른 점:** 장난감 세계는 49문장뿐이라, 판별자만 한 생성자는 거의 틀리지 않게 되어 ‘원본’이 99%를
# 넘어요. 진짜 말에서는 그럴 수 없어요.
#
# ## 5. 모든 토큰에서 배우기 (All tokens)
#
# **논문의 주장** (Table 5, 9쪽): 판별자의 손실을 가려졌던 15%에서만 내면 GLUE가 85.0에서 82.4로
# 떨어져요. 저자들에 따르면 Table 5는, ELECTRA가 나아진 것 가운데 많은 부분이 모든 토큰에서 배운
# 덕분이라고 볼 수 있음을 시사해요(suggest).
#
# 두 판별자는 같은 값에서 출발해 같은 생성자의 같은 문장을 보았고, 셈에 넣는 자리만 달랐어요.
# ‘15%’는 바뀐 토큰이 절반 가까운 자리만 보았으니 문턱(0.5)이 다르게 맞춰져요. 그래서 문턱이 필요
# 없는 AUC로 비교해요.

# %%
print("AUC after", STEPS, "steps")
print("seed     all tokens     15 %")
for seed in SEEDS:
    print(f"{seed:4d} {small_all[seed, -1, AUC]:14.2f} {small_15[seed, -1, AUC]:8.2f}")
print(f"median {median(small_all)[-1, AUC]:12.2f} {median(small_15)[-1, AUC]:8.2f}")
ahead = small_all[:, -1, AUC] > small_15[:, -1, AUC]
print(f"all tokens ahead in {ahead.sum()} of {len(SEEDS)} seeds")
assert ahead.sum() >= 4
assert median(small_all)[-1, AUC] > median(small_15)[-1, AUC] + 0.05

plt.figure(figsize=(6.4, 3.4), layout="constrained")
for runs, colour, label in [(small_all, BLUE, "all tokens"), (small_15, ORANGE, "15 %")]:
    plt.plot(steps, runs[:, :, AUC].T, color=colour, lw=0.8, alpha=0.5)
    plt.plot(steps, median(runs)[:, AUC], color=colour, lw=2.5, label=label)
plt.axhline(0.5, color=INK, lw=1, ls="--")
plt.xlabel("training step")
plt.ylabel("AUC (0.5: nothing learned)")
plt.legend(loc="upper left")
show(
    "모든 토큰에서 배운 판별자의 AUC가 15%에서만 배운 판별자보다 먼저 0.5를 벗어나 "
    "800스텝까지 앞서 있는 선 그래프예요."
)

# %% [markdown]
# 방향은 논문과 같아요. **보이지 않은 것:** 미세조정이 없으니 Table 5의 다른 행(BERT, Replace MLM,
# All-Tokens MLM)은 비교하지 못했고, 벌어진 크기도 논문의 점수 차이와 비교할 수 없어요.
#
# ## 6. 가중치를 물려받지 않는 두 단계 (Two stages)
#
# **논문의 주장** (§3.2, 5쪽): 생성자를 먼저 학습하고 고정한 뒤 판별자를 학습할 때, 생성자의
# 가중치로 시작하지 않으면 판별자가 ‘때때로’ 다수 클래스를 전혀 넘지 못했어요. 저자들은 ‘어쩌면’
# 생성자가 너무 앞서서 출발했기 때문일지도 모른다고 적었어요.
#
# 그래서 앞선 정도를 둘로 나눠요. 생성자를 200스텝만 학습한 것과 600스텝 학습한 것이에요. 고정한
# 생성자가 만든 같은 문장으로 두 판별자를 학습하는데, 하나는 생성자의 가중치에서(copied), 하나는 새
# 가중치에서(fresh) 출발해요. 논문에서는 두 단계의 스텝 수가 n으로 같으니 600스텝일 때를 보고, 그
# 뒤의 200스텝도 마저 그려요.


# %%
def train_generator(seed, steps):
    rng = np.random.default_rng(seed)
    generator = new_generator(rng, WIDTH)
    for _ in range(steps):
        x, mask = draw(rng, BATCH)
        generator.step(generator_gradients(generator, x, mask, generate(generator, x, mask)))
    return generator


def frozen(generator):
    """A generator that learns no more fills sentences from a table: 49 of them, masked in 78 ways."""
    masks = np.array([np.isin(range(LENGTH), two) for two in combinations(range(LENGTH), MASKED)])
    x, mask = np.repeat(WORLD, len(masks), axis=0), np.tile(masks, (len(WORLD), 1))
    table = generate(generator, x, mask)[0].cumsum(axis=1)
    table = table.reshape(len(WORLD), len(masks), MASKED, -1)
    bits = 2 ** np.arange(LENGTH)
    way = np.zeros(2**LENGTH, np.int64)
    way[masks @ bits] = np.arange(len(masks))

    def fill_from_table(rng, x, mask):
        day, name = x[:, FREE][:, :2].T - [[IDS["monday"]], [IDS["anna"]]]
        chances = table[7 * day + name, way[mask @ bits]]
        return pick(rng, x, mask, chances.reshape(-1, len(VOCABULARY)))

    return fill_from_table


def second_stage(seed, generator):
    """The generator is frozen; two discriminators learn from the same sentences."""
    rng = np.random.default_rng(100 + seed)
    nets = {
        "copied": new_discriminator(np.random.default_rng(seed), generator.weights),
        "fresh": new_discriminator(np.random.default_rng(seed), new_body(rng, WIDTH)),
    }
    test, fill_in = corrupted_by(generator, seed, 4000), frozen(generator)
    log = {start: [measure(net, test)] for start, net in nets.items()}
    for step in range(1, STEPS + 1):
        corrupt, fake = fill_in(rng, *draw(rng, BATCH))
        for start, net in nets.items():
            net.step(discriminator_gradients(net, corrupt, fake, EVERYWHERE))
            if step % EVERY == 0:
                log[start].append(measure(net, test))
    return generator, nets, {start: np.array(rows) for start, rows in log.items()}


NAMES = ("copied", "fresh")
LEADS, N = (200, 600), 600  # steps of the first stage; of the second one, when we judge
stages = {
    lead: [second_stage(seed, train_generator(seed, lead)) for seed in SEEDS] for lead in LEADS
}
two = {
    (lead, start): np.array([log[start] for _, _, log in runs])
    for lead, runs in stages.items()
    for start in NAMES
}

print(f"after {N} steps")
print("generator           always       copied weights     fresh weights")
print("trained    seed   'original'    accuracy   found   accuracy   found")
for lead in LEADS:
    for seed in SEEDS:
        copied, fresh = (two[lead, start][seed, N // EVERY] for start in ("copied", "fresh"))
        print(f"{lead:4d} steps {seed:4d} {copied[ALWAYS]:11.1f}", end="")
        print(f" {copied[ACCURACY]:12.1f} {copied[FOUND]:7.0f}", end="")
        print(f" {fresh[ACCURACY]:10.1f} {fresh[FOUND]:7.0f}")

print(f"\nfound less than 5 % of the replaced tokens, of {len(SEEDS)} seeds")
print("                         300 steps   600 steps   800 steps")
stuck = {}
for (lead, start), runs in two.items():
    counts = (runs[:, [3, 6, 8], FOUND] < 5).sum(axis=0)
    stuck[lead, start] = counts[1]
    print(f"generator {lead} steps, {start:6}", "".join(f"{count:9d}   " for count in counts))

fresh = two[600, "fresh"][:, N // EVERY]
assert stuck[600, "fresh"] >= 3 > 1 >= stuck[600, "copied"]
assert np.median(fresh[:, ACCURACY] - fresh[:, ALWAYS]) < 0.1  # not beyond the majority class
assert median(two[600, "copied"])[N // EVERY, FOUND] > 15
assert stuck[200, "fresh"] <= 1  # with more replaced tokens it only takes longer

# %%
figure, panels = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True, layout="constrained")
for panel, lead in zip(panels, LEADS):
    for start, colour in [("copied", BLUE), ("fresh", ORANGE)]:
        runs = two[lead, start]
        found = runs[:, 1:, FOUND]  # not the untrained ones, which answer at random
        panel.plot(steps[1:], found.T, color=colour, lw=0.8, alpha=0.5)
        panel.plot(steps[1:], median(found), color=colour, lw=2.5, label=f"{start} weights")
    panel.axvline(N, color=INK, lw=1, ls="--")
    panel.set_title(f"generator: {lead} steps ahead")
    panel.set_xlabel("training step")
panels[0].set_ylabel("replaced tokens found (%)")
panels[0].legend(loc="upper left")
show(
    "왼쪽은 생성자가 200스텝 앞선 때로, 새 가중치로 시작한 판별자가 물려받은 판별자를 늦게 "
    "따라가요. 오른쪽은 600스텝 앞선 때로, 새 가중치로는 600스텝까지 거의 0%에 머물러요."
)

# %% [markdown]
# 생성자가 600스텝 앞선 쪽에서는 새 가중치로 시작한 판별자 대부분이 600스텝 뒤에도 바뀐 토큰을 5%도
# 찾지 못하고, 정확도는 늘 ‘원본’이라는 답과 거의 같아요. **다수 클래스를 넘지 못한 것**이에요.
# 물려받은 쪽은 같은 문장을 보고도 넘어서요.
#
# 그런데 생성자가 앞설수록 바뀐 토큰도 드물어져요. 200스텝이면 약 6%, 600스텝이면 약 0.6%예요. 둘
# 가운데 무엇이 판별자를 멈추었는지 보려고 **하나씩 떼어 봐요.** 200스텝 생성자가 바꾼 토큰을 대부분
# 되돌려 0.6%로 줄이고, 600스텝 생성자가 바꾼 토큰이 있는 문장을 골라 모아 6%로 늘려요.


# %%
def at_share(rng, fill_in, share, n, pool):
    """n of pool * n sentences filled by this generator, with that share of tokens replaced."""
    x, mask = draw(rng, pool * n)
    corrupt, fake = fill_in(rng, x, mask)
    if share < fake.mean():  # undo some
        undo = fake & (rng.random(fake.shape) > share / fake.mean())
        return np.where(undo, x, corrupt)[:n], (fake & ~undo)[:n]
    bad = fake.any(axis=1)  # take more of the sentences that have some
    count = rng.binomial(n, share * LENGTH / fake[bad].sum(axis=1).mean())
    rows = np.concatenate([np.flatnonzero(bad)[:count], np.flatnonzero(~bad)[: n - count]])
    return corrupt[rows], fake[rows]


def found_at(seed, generator, share, pool):
    """The share of replaced tokens found after N steps, from copied and from fresh weights."""
    rng = np.random.default_rng(100 + seed)
    nets = [
        new_discriminator(np.random.default_rng(seed), body)
        for body in (generator.weights, new_body(rng, WIDTH))
    ]
    fill_in = frozen(generator)
    for _ in range(N):
        corrupt, fake = at_share(rng, fill_in, share, BATCH, pool)
        for net in nets:
            counted = np.ones(corrupt.shape, bool)
            net.step(discriminator_gradients(net, corrupt, fake, counted))
    test = at_share(np.random.default_rng(seed), fill_in, share, 4000, pool)
    return [measure(net, test)[FOUND] for net in nets]


apart = {
    (200, "6 %"): [[two[200, start][seed, N // EVERY, FOUND] for seed in SEEDS] for start in NAMES],
    (200, "0.6 %"): np.array([found_at(s, stages[200][s][0], 0.006, 1) for s in SEEDS]).T,
    (600, "6 %"): np.array([found_at(s, stages[600][s][0], 0.06, 16) for s in SEEDS]).T,
    (600, "0.6 %"): [
        [two[600, start][seed, N // EVERY, FOUND] for seed in SEEDS] for start in NAMES
    ],
}
print(f"found (%) after {N} steps, seeds 0-4, lowest to highest")
print("generator   replaced   copied weights   fresh weights")
for (lead, share), (copied, fresh) in apart.items():
    print(f"{lead:4d} steps {share:>9}", end="")
    print(f" {min(copied):8.0f} to {max(copied):3.0f} {min(fresh):9.0f} to {max(fresh):3.0f}")
assert max(apart[200, "0.6 %"][1]) < 5  # a small lead, but rare: nothing learned
assert min(apart[600, "6 %"][1]) > 40  # a large lead, but not rare: learned

# %% [markdown]
# **앞선 정도가 아니라 드문 것이 멈추었어요.** 조금만 앞선 생성자라도 바뀐 토큰이 0.6%이면 아무것도
# 배우지 못하고, 크게 앞선 생성자라도 6%이면 새 가중치로도 배워요.
#
# **정직하게 적을 것.**
#
# - 그렇다고 저자들의 ‘어쩌면(perhaps)’이 틀렸다는 뜻은 아니에요. 트랜스포머와 진짜 말에서 무엇이
#   문제였는지는 이 장난감으로 알 수 없어요. 보이는 것은 다수 클래스가 함정이 될 수 있다는 데까지예요.
# - 드물기만 하면 멈추는 것도 아니에요. 배우지 않은 생성자는 종류부터 틀린 낱말을 채우니, 0.6%로
#   줄여도 새 가중치의 판별자가 79–93%를 찾았어요 (시드 0–4, 위의 칸에는 넣지 않았어요).
# - 물려받은 가중치도 늘 배우지는 않아요. 200스텝에 0.6%에서는 함께 멈췄어요.
# - ‘원본’이 99%를 넘는 것은 저자의 답변(약 94%)이나 85–94%라는 범위 밖이에요. 94%에 가까운 200스텝
#   쪽은 늦을 뿐 배워요.
# - 멈춘 쪽도 더 학습하면 배우기 시작해요 (그림의 점선 뒤). 장난감에서 본 것은 ‘정해진 스텝 안에
#   넘지 못함’이에요.
#
# ## 7. 공동 학습과 생성자의 크기 (Joint training)
#
# **논문의 주장** (§3.2, 5쪽): 공동 학습에서는 생성자가 약하게 시작해 차츰 나아지니 커리큘럼이
# 되고, 두 단계 학습은 공동 학습을 앞서지 못했어요. 생성자는 판별자의 1/4–1/2일 때 가장 좋았고, 너무
# 강하면 과제가 너무 어려워질 수 있다고 저자들은 추측해요.

# %%
print("joint training, tested on what its own generator fills in")
print("          generator 1/4 as large         generator as large")
print("seed   'original'  accuracy  found   'original'  accuracy  found")
for seed in SEEDS:
    columns = [small_all[seed, -1], equal_all[seed, -1]]
    print(f"{seed:4d}", *(f"{c[ALWAYS]:11.1f} {c[ACCURACY]:9.1f} {c[FOUND]:6.0f}" for c in columns))
assert median(small_all)[-1, FOUND] > 10
assert median(equal_all)[-1, FOUND] < 3  # a strong generator: not beyond the majority class

joint = [nets["all tokens"] for _, nets, _ in small]
copied = [nets["copied"] for _, nets, _ in stages[200]]
by_joint = [corrupted_by(generator, 1000 + seed) for seed, (generator, _, _) in enumerate(small)]
by_two = [
    corrupted_by(generator, 1000 + seed) for seed, (generator, _, _) in enumerate(stages[200])
]
print("\nAUC of joint training (generator 1/4) and of two stages (200 steps ahead, copied)")
print("         filled in by joint's generator    by the two stages' generator")
print("seed           joint   two stages              joint   two stages")
rivals = np.array(
    [
        [
            measure(net, test)[AUC]
            for test in (by_joint[i], by_two[i])
            for net in (joint[i], copied[i])
        ]
        for i in SEEDS
    ]
)
for name, (a, b, c, d) in [*zip(SEEDS, rivals), ("median", median(rivals))]:
    print(f"{name!s:6} {a:13.2f} {b:12.2f} {c:18.2f} {d:12.2f}")
assert abs(median(rivals)[0] - median(rivals)[1]) < 0.06  # at home joint training is level,
assert median(rivals)[2] < median(rivals)[3] - 0.03  # and behind where its rival is at home

# %% [markdown]
# 생성자가 판별자만 하면 장난감 세계를 너무 빨리 깨쳐서 바뀐 토큰이 드물어지고, 공동 학습을 해도
# 판별자는 다수 클래스를 넘지 못해요. 1/4이면 넘어서요. 생성자가 작을 때 좋았다는 것과 방향이 같고, ‘생성자가 너무 빨리
# 좋아지면 판별자가 아무것도 배우지 못한다’는 [저자의 이슈
# 답변](https://github.com/google-research/electra/issues/37)과도 같아요.
#
# **보이지 않은 것.** 공동 학습이 두 단계보다 낫다는 것은 여기서 보이지 않아요. 공동 학습의 생성자가
# 채운 문장에서는 비슷하고, 두 단계의 생성자가 채운 문장에서는 두 단계가 앞서요. 두 단계 쪽은
# 생성자의 200스텝을 더 썼고 판별자와 크기가 같은 생성자를 물려받았으니 조건이 똑같지는 않아요. 공동
# 학습 자체가 커리큘럼이 된다는 것도 가르지 못해요. 같은 크기에서는 공동 학습도 소용이 없었어요.
#
# ## 8. 간추리면 (Summary)
#
# | 논문의 주장 | 장난감에서 (시드 0–4) |
# | --- | --- |
# | ‘원본’이 다수 클래스 | 보여요. 85%에서 94%로, 생성자가 강하면 99%까지 |
# | 모든 토큰 > 15% | 방향이 같아요 |
# | 물려받지 않으면 때때로 다수 클래스를 못 넘음 | 바뀐 토큰이 0.6%일 때 보여요. 6%이면 생성자가 크게 앞서도 배워요 |
# | 작은 생성자가 나음 | 1/4과 1만 비교했고, 방향이 같아요 |
# | 두 단계가 공동 학습을 앞서지 못함 | **보이지 않아요** |
