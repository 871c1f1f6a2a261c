"""The four input formats of RoBERTa §4.2 (pp. 4-5), built from one small corpus.

One character is one token. The letter names the document; upper and lower case take
turns from sentence to sentence. ^ is [CLS], | is [SEP], . is room left under the
limit: 40 tokens here, 512 in the paper. NSP asks whether the second part really
follows the first. BERT draws yes or no and the cut by chance; here yes and no take
turns and the cut is in the middle.
"""

LIMIT = 40
SENTENCE_LENGTHS = {"a": [9, 6, 8, 7, 10, 8, 6], "b": [7, 5], "c": [8, 6, 9, 7, 8]}
DOCS = [
    [(name if i % 2 else name.upper()) * n for i, n in enumerate(lengths)]
    for name, lengths in SENTENCE_LENGTHS.items()
]
NEXT_DOC = DOCS[1:] + DOCS[:1]


def head(sentences, room):
    """As many whole sentences from the start as fit into `room` tokens."""
    return [s for i, s in enumerate(sentences) if len("".join(sentences[: i + 1])) <= room]


def pair(first, second):
    return "^" + "".join(first) + "|" + "".join(second) + "|"


def segment_pairs():
    for doc, other in zip(DOCS, NEXT_DOC):
        follows = True
        while len(doc) > 1:
            chunk = head(doc, LIMIT - 3)
            first, second = chunk[: len(chunk) // 2], chunk[len(chunk) // 2 :]
            doc = doc[len(chunk if follows else first) :]  # BERT puts unused sentences back
            yield pair(first, second if follows else head(other, LIMIT - 3 - len("".join(first))))
            follows = not follows


def sentence_pairs():
    for doc, other in zip(DOCS, NEXT_DOC):
        for i in range(0, len(doc) - 1, 2):
            yield pair(doc[i], doc[i + 1] if i % 4 == 0 else other[i % len(other)])


def packed(docs):
    stream = [("|" if i == 0 else "") + s for doc in docs for i, s in enumerate(doc)]
    while stream:
        stream[0] = stream[0].lstrip("|")  # a separator only between two documents
        chunk = head(stream, LIMIT - 2)
        stream = stream[len(chunk) :]
        yield "^" + "".join(chunk) + "|"


formats = {
    "SEGMENT-PAIR+NSP": list(segment_pairs()),
    "SENTENCE-PAIR+NSP": list(sentence_pairs()),
    "FULL-SENTENCES": list(packed(DOCS)),
    "DOC-SENTENCES": [x for doc in DOCS for x in packed([doc])],
}
length, mixed = {}, {}
for name, inputs in formats.items():
    length[name] = sum(map(len, inputs)) / len(inputs)
    mixed[name] = sum(len(set(x.lower()) & set("abc")) > 1 for x in inputs)
    print(f"{name}: mean length {length[name]:.1f}, {mixed[name]} of {len(inputs)} mix documents")
    print(*("  " + x.ljust(LIMIT, ".") + f" {len(x):3d}" for x in inputs), sep="\n")
    assert max(map(len, inputs)) <= LIMIT

everything = "".join("".join(doc) for doc in DOCS)
for name in ("FULL-SENTENCES", "DOC-SENTENCES"):  # no NSP: every sentence once, in order
    assert "".join(formats[name]).replace("^", "").replace("|", "") == everything
assert min(length, key=length.get) == "SENTENCE-PAIR+NSP"
assert max(length, key=length.get) == "FULL-SENTENCES"
assert mixed["FULL-SENTENCES"] > 0 == mixed["DOC-SENTENCES"]
