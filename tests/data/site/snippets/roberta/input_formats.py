"""The four input formats of RoBERTa §4.2 (pp. 4-5), built from one small corpus.

One character is one token: the letter names the document, upper and lower case take
turns by sentence. ^ is [CLS], | is [SEP], . is room left under the limit, 40 here and
512 in the paper. NSP asks whether the second part really follows the first. BERT draws
yes or no, and the cut, by chance; here yes and no take turns and the cut is halfway.
"""

LIMIT = 40
LENGTHS = {"a": [6, 4, 7, 5, 8, 5, 4, 6, 7, 5, 6], "b": [5, 8, 6, 4], "c": [7, 5, 6, 8, 4, 5, 7]}
DOCS = [[(d if i % 2 else d.upper()) * n for i, n in enumerate(LENGTHS[d])] for d in LENGTHS]
NEXT_DOC = DOCS[1:] + DOCS[:1]


def head(sentences, room):
    """As many whole sentences from the start as fit into `room` tokens."""
    return [s for i, s in enumerate(sentences) if len("".join(sentences[: i + 1])) <= room]


def pair(first, second):
    return "^" + "".join(first) + "|" + "".join(second) + "|"


def segment_pairs():
    for doc, other in zip(DOCS, NEXT_DOC):
        follows = False
        while doc:
            chunk = head(doc, LIMIT - 3)
            cut = max(1, len(chunk) // 2)
            follows = not follows and len(chunk) > 1
            second = chunk[cut:] if follows else head(other, LIMIT - 3 - len("".join(chunk[:cut])))
            yield pair(chunk[:cut], second)
            doc = doc[len(chunk) if follows else cut :]  # BERT too puts unused sentences back


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
    mixed[name] = sum(len(set(x.lower()) & set(LENGTHS)) > 1 for x in inputs)
    print(f"{name}: mean length {length[name]:.1f}; {mixed[name]} of {len(inputs)} mix documents")
    print(*(f"  {x:.<{LIMIT}} {len(x):3d}" for x in inputs), sep="\n")
    assert max(map(len, inputs)) <= LIMIT
    if "NSP" not in name:  # packing uses every sentence once, in order
        assert "".join(inputs).translate({94: "", 124: ""}) == "".join(map("".join, DOCS))
assert min(length, key=length.get) == "SENTENCE-PAIR+NSP"
assert max(length, key=length.get) == "FULL-SENTENCES"
assert mixed["FULL-SENTENCES"] > 0 == mixed["DOC-SENTENCES"]
