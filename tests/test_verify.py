import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pytest

from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.matching import Mark, Part, match, parts_of
from papernotes.fingerprint.normalise import Word, words
from papernotes.fingerprint.pagehash import RunHashes
from papernotes.fingerprint.verify import Finding, Kind, quoted_words, verify
from papernotes.note import library
from tests.conftest import PROJECT

ROBERTA, ELECTRA, BERT = "1907.11692v1", "2003.10555v1", "1810.04805v2"


@cache
def paper(paper_id: str) -> Fingerprint:
    return fingerprint.load(PROJECT / "fingerprints" / f"{paper_id}.json")


def check(paper_id: str, quote: str, *pages: int, where: str | None = None) -> list[Finding]:
    return verify(quote, pages, where, paper(paper_id))


def kinds(paper_id: str, quote: str, *pages: int, where: str | None = None) -> list[Kind]:
    return [finding.kind for finding in check(paper_id, quote, *pages, where=where)]


TEN_WAYS = (
    "To avoid using the same mask for each training instance in every epoch, training data was "
    "duplicated 10 times so that each sequence is masked in 10 different ways over the 40 epochs "
    "of training. Thus, each training sequence was seen with the same mask four times during "
    "training."
)


# What is true is let through


@pytest.mark.parametrize(
    ("paper_id", "quote", "pages"),
    [
        (ROBERTA, TEN_WAYS, (4,)),
        (ROBERTA, TEN_WAYS.replace(" ", "\n"), (4,)),
        (ROBERTA, "resulting in a single *static* mask. To avoid using", (4,)),
        # The mark of a footnote, with and without
        (ROBERTA, "We keep the model architecture fixed. Specifically, we begin", (4,)),
        (ROBERTA, "We keep the model architecture fixed.7 Specifically, we begin", (4,)),
        (ROBERTA, "We keep the model architecture fixed 7. Specifically, we begin", (4,)),
        # Citations, with and without
        (ROBERTA, "methods such as ELMo (Peters et al., 2018), GPT (Radford et al., 2018)", (1,)),
        (ROBERTA, "methods such as ELMo, GPT, BERT, XLM, and XLNet have brought", (1,)),
        # Over the end of a column, a page, a page with a table at the top of the next
        (ROBERTA, "10% are left unchanged, and 10% are replaced by a randomly", (2,)),
        (ROBERTA, "We primarily follow the original BERT optimization hyperparameters", (2, 3)),
        (ROBERTA, "In Table 3 we compare perplexity and end-task performance of", (5, 6)),
        (ELECTRA, "than previous models on the SQuAD 2.0 benchmark. ELECTRA-Base also", (7, 8)),
        (ELECTRA, "We hypothesize that ELECTRA benefits from tied token embeddings", (4, 5)),
        (BERT, "Left-to-right language modeling and auto-encoder objectives have been", (2, 3)),
        (BERT, "bidirectional Transformer is often referred to as a “Transformer encoder”", (3, 4)),
        # Formulas, copied or left out
        (ROBERTA, "from the same document (with p = 0.5) or from distinct documents", (4,)),
        (ROBERTA, "from the same document (with [수식]) or from distinct documents", (4,)),
        (ROBERTA, "the following parameters: [수식], [수식] and [수식] weight decay of 0.01", (2,)),
        (BERT, "Then, [수식] will be used to predict the original token with cross", (4,)),
        # Names that the paper sets with a lowered part
        (BERT, "We find that BERT LARGE significantly outperforms BERT_BASE across", (6,)),
        # Brackets: the paper's own, the quoter's
        (BERT, "replace “masked” words with the actual [MASK] token. The training", (4,)),
        (BERT, "To speed up pretraing [sic] in our experiments, we pre-train the", (13,)),
        (
            BERT,
            "attention is quadratic to the sequence length. [...] Then, we train the rest",
            (13,),
        ),
        (
            ROBERTA,
            "We find that using individual sentences hurts … because [the] model is not able to "
            "learn long-range dependencies.",
            (5,),
        ),
        # Words left out
        (ROBERTA, "To avoid using the same mask … Thus, each training sequence was seen", (4,)),
        (ROBERTA, "… training data was duplicated 10 times ...", (4,)),
        # A table's row, a reference, the caption
        (ROBERTA, "SEGMENT-PAIR 90.4/78.7 84.0 92.9 64.2", (5,)),
        (ROBERTA, "Cloze-driven pretraining of self-attention networks", (10,)),
    ],
)
def test_a_true_quotation_is_verified(paper_id: str, quote: str, pages: tuple[int, ...]) -> None:
    assert check(paper_id, quote, *pages) == []


# What is false is not


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("10 times", "100 times", "100"),
        ("four times", "three times", "three"),
        ("the same mask for", "the mask for", "the"),  # one side of the gap or the other
        ("To avoid", "By avoiding", "avoiding"),
        ("during training.", "during pretraining.", "pretraining"),
        ("40 epochs", "40 more epochs", "more"),
        ("in every epoch", "every in epoch", "every"),
        ("training. Thus, each", "training. We compare this", "We"),
    ],
)
def test_the_message_shows_the_first_words_that_differ(old: str, new: str, word: str) -> None:
    quote = TEN_WAYS.replace(old, new)
    assert quote != TEN_WAYS
    (finding,) = check(ROBERTA, quote, 4)
    assert finding.kind is Kind.DIFFERS
    assert f"‘{word}’부터" in finding.message
    assert "고쳐 주세요" in finding.message
    assert "대조하지 않았다고" in finding.message  # an ellipsis is no way out
    assert quote[finding.offset :].startswith(word)


def test_a_dropped_not_is_found() -> None:
    whole = "we do not randomly inject short sequences, and we do not train with a reduced"
    assert check(ROBERTA, whole, 3) == []
    for short in (whole.replace("not ", "", 1), "not".join(whole.split(" not")[:2])):
        assert kinds(ROBERTA, short, 3) == [Kind.DIFFERS]


def test_two_sentences_without_an_ellipsis_are_found() -> None:
    one = "Positive examples are created by taking consecutive sentences from the text corpus."
    other = "Positive and negative examples are sampled with equal probability."
    assert kinds(ROBERTA, f"{one} {other}", 2) == [Kind.DIFFERS]
    assert check(ROBERTA, f"{one} … {other}", 2) == []


def test_sentences_are_not_joined_by_words_that_the_page_repeats() -> None:
    """Both go on with "the generator and discriminator", and three words before and after."""
    quote = (
        "The proposed training objective jointly trains the generator and discriminator. "
        "We found that without the weight initialization"
    )
    assert kinds(ELECTRA, quote, 5) == [Kind.DIFFERS]


def test_pieces_stand_in_the_papers_order() -> None:
    one, other = TEN_WAYS.split(" Thus, ")
    assert check(ROBERTA, f"{one} … Thus, {other}", 4) == []
    (finding,) = check(ROBERTA, f"Thus, {other} … {one}", 4)
    assert finding.kind is Kind.OUT_OF_ORDER
    assert finding.offset == len(f"Thus, {other} … ")


def test_the_right_page_is_named() -> None:
    (finding,) = check(ROBERTA, TEN_WAYS, 5)
    assert finding.kind is Kind.OTHER_PAGE
    assert "4쪽에 있어요" in finding.message
    assert "이렇게 고쳐 주세요: p. 4" in finding.message


def test_a_passage_that_runs_on_to_the_next_page_needs_both() -> None:
    quote = (
        "We primarily follow the original BERT optimization hyperparameters, given in Section 2, "
        "except for the peak learning rate and number of warmup steps, which are tuned separately "
        "for each setting. We additionally found training to be very sensitive"
    )
    assert check(ROBERTA, quote, 2, 3) == []
    (finding,) = check(ROBERTA, quote, 2)
    assert finding.kind is Kind.OTHER_PAGE
    assert "이렇게 고쳐 주세요: pp. 2-3" in finding.message
    assert kinds(ROBERTA, quote, 3, 4) == [Kind.OTHER_PAGE]


@pytest.mark.parametrize(
    "quote", ["", "…", "[수식]", "the same mask four", "[[[", "_ * `", "= + <"]
)
def test_fewer_than_five_words_are_too_short(quote: str) -> None:
    assert kinds(ROBERTA, quote, 4) == [Kind.TOO_SHORT]


def test_a_short_piece_cannot_smuggle_anything_in() -> None:
    quote = f"{TEN_WAYS} … but not always."
    (finding,) = check(ROBERTA, quote, 4)
    assert finding.kind is Kind.PIECE_TOO_SHORT
    assert quote[finding.offset :] == "but not always."


def test_an_empty_bracket_does_not_hide_a_dropped_word() -> None:
    assert kinds(BERT, "words with the actual [] token. The training data", 4) == [Kind.DIFFERS]
    assert kinds(BERT, "words with the [MASK] token. The training data", 4) == [Kind.DIFFERS]


@pytest.mark.parametrize("pages", [(), (0,), (14,), (-1,), (13, 14)])
def test_a_page_that_the_paper_does_not_have_is_found(pages: tuple[int, ...]) -> None:
    assert kinds(ROBERTA, TEN_WAYS, *pages) == [Kind.PAGE_OUT_OF_RANGE]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (None, []),
        ("§4.1", []),
        ("§4", []),
        ("Section 4.1", []),
        ("Static vs. Dynamic Masking", []),
        ("Table 1", []),
        ("§3.3", []),  # ends on page 4
        ("§4.3", [Kind.WRONG_SECTION]),
        ("§5", [Kind.WRONG_SECTION]),
        ("Abstract", [Kind.WRONG_SECTION]),
        ("Table 2", [Kind.WRONG_SECTION]),
        ("§9.9", [Kind.UNKNOWN_SECTION]),
        ("Figure 9", [Kind.UNKNOWN_SECTION]),
        ("§", [Kind.UNKNOWN_SECTION]),
    ],
)
def test_the_section_has_to_be_on_the_page(where: str | None, expected: list[Kind]) -> None:
    assert kinds(ROBERTA, TEN_WAYS, 4, where=where) == expected


def test_an_appendix_is_a_section_too() -> None:
    quote = "attention is quadratic to the sequence length."
    assert check(BERT, quote, 13, where="§A.2") == []
    assert check(BERT, quote, 13, where="Appendix A") == []
    assert kinds(BERT, quote, 13, where="§B.1") == [Kind.WRONG_SECTION]


def test_the_papers_words_are_counted() -> None:
    assert quoted_words("To avoid [sic] using the same mask … for each") == 8
    assert quoted_words("with [수식] the actual [MASK] token (with p = 0.5)") == 8


# Mutations of every quotation in the repository


class Claim(NamedTuple):
    quote: str
    pages: tuple[int, ...]
    where: str | None
    paper_id: str

    @property
    def parts(self) -> tuple[tuple[Word, ...], ...]:
        return tuple(part.words for part in parts_of(self.quote))


def quotes() -> list[Claim]:
    notes = library.load(PROJECT)
    return [
        Claim(quote.text, quote.place.pages, quote.place.where, quote.paper.arxiv)
        for _, passage in notes.passages
        for quote in passage.quotes
    ]


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return quotes()


@cache
def lookup(paper_id: str) -> Callable[[str, tuple[int, ...]], bool]:
    """Return a quick way to ask whether :func:`verify` finds nothing in the words."""
    hashes = RunHashes()
    pages = paper(paper_id).hashes

    def passes(quote: str, claimed: tuple[int, ...]) -> bool:
        return match(parts_of(quote), [pages[page - 1] for page in claimed], hashes) is None

    return passes


def replaced(quote: str, word: Word, new: str) -> str:
    return f"{quote[: word.offset]}{new}{quote[word.end :]}"


def test_every_quotation_is_verified(claims: Sequence[Claim]) -> None:
    wrong = {claim.quote[:40]: check(claim.paper_id, *claim[:1], *claim.pages) for claim in claims}
    assert {quote: found for quote, found in wrong.items() if found} == {}
    assert len(claims) > 20


def left_true(claim: Claim) -> set[Word]:
    """Return the words without which a quotation is as true: those at the end of a piece, the
    years of citations, and what the quoter put into brackets."""
    ends = {part[i] for part in claim.parts for i in (0, -1) if part}
    years = {
        word
        for word in words(claim.quote)
        if re.fullmatch(r"\([^()]*(19|20)\d\d[a-z]?\)", claim.quote[word.offset - 1 : word.end + 1])
    }
    own = {w for p in parts_of(claim.quote) if p.mark is Mark.INSERTION for w in p.inside}
    return ends | years | own


def test_every_deletion_of_a_word_is_caught(claims: Sequence[Claim]) -> None:
    missed = []
    for claim in claims:
        passes, harmless = lookup(claim.paper_id), left_true(claim)
        for word in words(claim.quote):
            if passes(replaced(claim.quote, word, ""), claim.pages) and word not in harmless:
                missed.append((claim.quote[:40], word))
    assert missed == []


def replacements(claim: Claim) -> Iterator[tuple[list[Part], str, str]]:
    """Yield the quotation with each of its words in the place of each other one."""
    parts = parts_of(claim.quote)
    vocabulary = sorted({word.text for word in words(claim.quote)})
    for i, part in enumerate(parts):
        printed = part.inside if part.mark is Mark.PRINTED else ()
        run = [*printed, *part.words]
        for j, word in enumerate(run):
            for other in vocabulary:
                if other == word.text:
                    continue
                new = (*run[:j], word._replace(text=other), *run[j + 1 :])
                inside = new[: len(printed)] or part.inside
                mutant = Part(part.mark, inside, new[len(printed) :])
                yield [*parts[:i], mutant, *parts[i + 1 :]], word.text, other


def test_every_replacement_by_another_word_of_the_quotation_is_caught(
    claims: Sequence[Claim],
) -> None:
    missed, count = [], 0
    for claim in claims:
        pages = [paper(claim.paper_id).hashes[page - 1] for page in claim.pages]
        hashes = RunHashes()
        for mutant, word, other in replacements(claim):
            count += 1
            if match(mutant, pages, hashes) is None:
                missed.append((claim.quote[:40], word, other))
    assert missed == []
    assert count > 1000 * len(claims)


def test_every_swap_of_neighbours_is_caught(claims: Sequence[Claim]) -> None:
    missed = []
    for claim in claims:
        passes, quote = lookup(claim.paper_id), claim.quote
        for part in claim.parts:
            for one, other in pairwise(part):
                swapped = replaced(replaced(quote, other, one.text), one, other.text)
                if one.text != other.text and passes(swapped, claim.pages):
                    missed.append((quote[:40], one.text, other.text))
    assert missed == []


def test_every_page_off_by_one_is_caught(claims: Sequence[Claim]) -> None:
    missed = []
    for claim in claims:
        for step in (-1, 1):
            pages = tuple(page + step for page in claim.pages)
            if check(claim.paper_id, claim.quote, *pages) == []:
                missed.append((claim.quote[:40], pages))
    assert missed == []


def sentences(claims: Sequence[Claim]) -> Iterator[tuple[str, tuple[int, ...], str, str]]:
    """Yield the quotations' sentences, each with the text that follows it in its quotation."""
    for claim in claims:
        for piece in re.split(r"\s*…\s*", claim.quote):
            parts = re.split(r"(?<=[a-z\d)]\.)\s+(?=[A-Z])", piece)
            for i, sentence in enumerate(parts):
                yield sentence, claim.pages, claim.paper_id, " ".join(parts[i + 1 :])


NEIGHBOURS = [
    ("with the same mask four times during training.", "We compare this strategy"),
    ("length must be less than 512 tokens.", "SENTENCE-PAIR+NSP: Each input contains"),
]
"""Quotations that do follow each other in the paper."""


def test_every_splice_of_two_sentences_is_caught(claims: Sequence[Claim]) -> None:
    found = list(sentences(claims))
    missed = []
    for one, pages, paper_id, following in found:
        for other, other_pages, other_id, _ in found:
            if paper_id != other_id or other == one or following.startswith(other):
                continue
            if any(one.endswith(end) and other.startswith(start) for end, start in NEIGHBOURS):
                continue
            for claimed in {pages, other_pages, tuple(sorted({*pages, *other_pages}))}:
                if lookup(paper_id)(f"{one} {other}", claimed):
                    missed.append((one[-40:], other[:40], claimed))
    assert missed == []
