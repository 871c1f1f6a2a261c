"""A quotation that reads otherwise than the paper is refused, however it is done."""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.verify import Kind, Uncompared, uncompared, verify
from tests.pdf import FILLER, ID, Text, column, pdf

LINES = [
    "We find that the larger model does not improve the",
    "results on any of the tasks that we have tried so far.",
    "Training took 40 epochs on 10 machines without any loss of data, and",
    "the smaller of the two was only slightly better. It doesn't work for",
    "long texts. Where a = b we stop at once, and where the cost is less than",
    "half of it we go on with the next of the batches, up to 10",
]
POWER = [
    Text(317, 580, "6", 6),
    Text(321, 576, "steps in all, and never any more than that."),
]
VARIABLE = [
    Text(72, 540, "The final vector"),
    Text(150, 540, "T", 10, "F3"),
    Text(157, 538, "i", 6, "F3"),
    Text(162, 540, "is used to predict the token, and"),
    Text(310, 540, "p", 10, "F3"),
    Text(318, 540, "= 0.5 as it was before."),
    Text(72, 440, "K", 10, "F3"),
    Text(79, 438, "q", 6, "F3"),
    Text(86, 440, "and"),
    Text(108, 440, "V", 10, "F3"),
    Text(118, 440, "are keys and values that cost us $500 a day, or more."),
]


QUESTION = [
    "Is the smaller one of the two any worse? On short texts it is not! Of",
    "all x - y that are left we keep the 90 % that cost the most, or ~20 of them.",
    "We took the very best of all the runs that ended in time [7, ..., 9] or so.",
    "The other three of them do not work. Both of the two are kept for then.",
    "Some runs go on without any end. We never wait. Their loss is counted as a tie.",
]
NOTE = Text(320, 700, "2. Took very best of all runs that ended in time", 6)


@cache
def paper() -> Fingerprint:
    power = [text._replace(y=text.y + 4) for text in POWER]
    page = [
        *column(FILLER),
        *column(LINES, top=640),
        *power,
        *VARIABLE,
        *column(QUESTION, top=500),
        NOTE,
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf([page]))
        return fingerprint.from_pdf(file, ID)


def kinds(quote: str) -> set[Kind]:
    return {finding.kind for finding in verify(quote, (1,), None, paper())}


NOT = "We find that the larger model does {} improve the results on any of the tasks"
EPOCHS = "Training took {} epochs on {} machines without any loss of data"


@pytest.mark.parametrize(
    "quote",
    [
        NOT.format("not"),
        NOT.format("*not*"),
        NOT.format("**not** [sic]"),
        NOT.format("`not`"),
        NOT.format("not").replace("the larger", "the [very much] larger"),
        NOT.format("not").replace("We", "[W]e"),
        NOT.format("not").replace(" model", "\nmodel"),
        NOT.format("no\u00adt"),
        EPOCHS.format("40", "10") + " … It doesn't work for long texts.",
        EPOCHS.format("40", "10") + " … [It] doesn't work for long texts.",
        "It doesn’t work for long texts. Where a = b we stop at once",
        r"It doesn't work for long texts. Where $a = b$ we stop at once",
        "of the batches, up to 10⁶ steps in all, and never any more",
        "of the batches, up to $10^6$ steps in all, and never any more",
        "of the batches, up to $10^{6}$ steps in all, and never any more",
        "The final vector $T_i$ is used to predict the token",
        "The final vector $\\mathbf{T}_i$ is used to predict the token",
        "The final vector [수식] is used to predict the token",
        "Where *a* = b we stop at once, and where the cost is less",
        "Training took “40” epochs on '10' machines without any loss",
        "$K_q$ and $V$ are keys and values",
        "[수식] and $V$ are keys and values",
        "$K_q$ and [수식] are keys and values",
        "are keys and values that cost us \\$500 a day",
        "used to predict the token, and $p = 0.5$ as it was before",
        "used to predict the token, and p = 0.5 as it was before",
        "Is the smaller one of the two any worse? On short texts it is not! Of all",
        "Of all x − y that are left we keep the 90% that cost the most",
        "Of all $x - y$ that are left we keep the 90 % that cost the most",
        "keep the 90% that cost the most, or ∼20 of them",
        "We took the very best of all … runs that ended in time",
        "2. Took very best of all runs that ended in time",
        "best of all the runs that ended in time [7, …, 9] or so.",
        "Some runs go on without any end. … Their loss is counted as a tie.",  # a whole sentence
    ],
)
def test_what_reads_as_the_paper_is_verified(quote: str) -> None:
    assert verify(quote, (1,), None, paper()) == []


ATTACKS = {
    # A word goes, or comes, without a trace
    "empty link": NOT.format("[](#)"),
    "link of an invisible entity": NOT.format("[&zwnj;](#)"),
    "link of a comment": NOT.format("[<!--a-->](#)"),
    "link of a space": NOT.format("[ ](#)"),
    "link that adds a word": NOT.format("[never](#) not"),
    "image": NOT.format("![not](x.png)"),
    "footnote's mark": NOT.format("[^a]"),
    "comment": NOT.format("<!-- not -->"),
    "comment over lines": NOT.format("<!--\nnot\n-->"),
    "tag that hides": NOT.format("<span hidden>not</span>"),
    "deleted by a tag": NOT.format("<del>not</del>"),
    "struck out": NOT.format("~~not~~"),
    "attributes that hide": NOT.format("*not*{ hidden=hidden }"),
    "attributes of a paragraph": NOT.format("not") + "\n{ .hidden }",
    "entity": NOT.format("&#110;&#111;&#116;"),
    "sign in brackets": NOT.format("[-] not"),
    "formula of text": NOT.format(r"$\text{not}$"),
    "formula of letters": NOT.format("$not$"),
    "formula of nothing": NOT.format(r"$\phantom{not}$"),
    "formula of space": NOT.format(r"$\hspace{1em}$"),
    "formula in other brackets": NOT.format(r"\(not\)"),
    "formula on its own line": NOT.format("\n\n$$not$$\n\n"),
    "list that counts itself": "4. Training took 40 epochs on 10 machines",
    "list further down": "tasks that we have tried so far.\n\n40. Training took 40 epochs on",
    "code that is a heading": "# Training took 40 epochs on 10 machines",
    "definition": NOT.format("not") + "\n[a]: # 'does'",
    "code's language": NOT.format("`#!python not`"),
    "block in a block": NOT.format("\n\n/// details\nnot\n///\n\n"),
    "table": "Training | took\n---|---\n40 epochs | on 10 machines",
    "code over paragraphs": NOT.format("not") + " `x\n\nand y`",
    "dollars over paragraphs": NOT.format("not") + " $\n\n&amp;$",
    "no before a sentence": "No. Training took 40 epochs on 10 machines without any loss",
    "never behind a sentence": "any of the tasks that we have tried so far. Never",
    "part that begins with not": "not improve the results on any of the tasks",
    "part that begins with less than": "< 40 epochs on 10 machines without any loss of data",
    # Characters that are not what they look like
    "turned around": EPOCHS.format("\u202e04\u202c", "10"),
    "isolated": EPOCHS.format("\u206704\u2069", "10"),
    "left-to-right mark": EPOCHS.format("40\u200e", "10"),
    "zero-width space": NOT.format("n\u200bot"),
    "zero-width joiner": NOT.format("n\u200dot"),
    "byte-order mark": NOT.format("not\ufeff"),
    "word joiner": NOT.format("not\u2060"),
    "soft hyphen at a word's end": NOT.format("not\u00ad"),
    "struck out by combining strokes": NOT.format("n\u0336o\u0336t\u0336"),
    "slashed by combining strokes": NOT.format("n\u0338o\u0338t\u0338"),
    "enclosed by a combining ring": EPOCHS.format("40\u20dd", "10"),
    "raised digit": EPOCHS.format("4⁰", "10"),
    "lowered digit": EPOCHS.format("4₀", "10"),
    "raised formula": EPOCHS.format("$4^0$", "10"),
    "raised word": NOT.format("ⁿᵒᵗ"),
    "digit in a circle": EPOCHS.format("4⓪", "10"),
    "full width": EPOCHS.format("４０", "10"),
    "fraction": EPOCHS.format("40", "10½"),
    "power written flat": "of the batches, up to 106 steps in all, and never any more",
    "another power": "of the batches, up to 10⁷ steps in all, and never any more",
    "Cyrillic letter": NOT.format("nоt"),
    "long s": "We find that the larger model does not improve the reſults on any of",
    "blank letter": NOT.format("\u3164"),
    "variation selector": EPOCHS.format("4\ufe0f0", "10"),
    "tag characters": NOT.format("not\U000e0041"),
    "unequal": "Where a ≠ b we stop at once, and where the cost",
    "unequal by a stroke": "Where a =\u0338 b we stop at once, and where the cost",
    "unequal in code": "Where a != b we stop at once, and where the cost",
    "unequal in a formula": r"Where $a \ne b$ we stop at once, and where the cost",
    "struck equals in a formula": r"Where $a \not= b$ we stop at once, and where the cost",
    # Brackets and gaps
    "bracket that adds a not": "We find that the larger [not] model does not improve the results",
    "bracket that adds an only": EPOCHS.format("[only] 40", "10"),
    "bracket that adds a n't": EPOCHS.format("40", "10").replace("took", "took [didn't it]"),
    "bracket in place of not": NOT.format("[always]"),
    "bracket of a number": EPOCHS.format("40", "10").replace("Training", "Training [1k]"),
    "bracket that makes a word": NOT.format("not").replace("improve", "[dis]improve"),
    "bracket of doubt": NOT.format("not").replace("improve", "[supposedly] improve"),
    "bracket that refuses": NOT.format("[refuses and does] not"),
    "bracket that tells a story": NOT.format(
        "not improve [the small one. We conclude that the smaller one is the better one. It does]"
    ),
    "ellipsis in place of not": NOT.format("…"),
    "dots in place of not": NOT.format("..."),
    "bracketed dots in place of not": NOT.format("[...]"),
    "ellipsis in place of without": "took 40 epochs on 10 machines … any loss of data, and",
    "ellipsis in place of only": "the smaller of the two was … slightly better. It doesn't work",
    "ellipsis in place of n't": "was only slightly better. It does … work for long texts. Where",
    "ellipsis in place of less than": "and where the cost is … half of it we go",
    "ellipsis in place of not improve": "that the larger model does … the results on any of the",
    "ellipsis in place of only slightly": "the smaller of the two was … better. It doesn't",
    "ellipsis in place of does not": "We find that the larger model … improve the results on",
    "ellipsis in place of does not improve": "We find that the larger model … the results on any",
    "ellipsis in place of without any loss": "40 epochs on 10 machines … of data, and the smaller",
    "ellipsis in place of was only slightly": "and the smaller of the two … better. It doesn't",
    "other dots": NOT.format("⋯"),
    "two dots": NOT.format("‥"),
    "dash": NOT.format("—"),
    "formula's mark in place of not": NOT.format("[수식]"),
    "formula in place of not": NOT.format("$x$"),
    "pieces the wrong way round": "improve the results on any of the tasks … find that the larger "
    "model does",
    "pieces of two sentences": "any of the tasks that we have … epochs on 10 machines without any",
    "pieces of two sentences the wrong way round": "epochs on 10 machines without any … on any of "
    "the tasks that we have",
    "another variable": "The final vector $T_j$ is used to predict the token",
    "sentences the wrong way round": "Training took 40 epochs on 10 machines … We find that the "
    "larger model does not improve",
    # Signs
    "cried": NOT.format("not!"),
    "asked": "improve the results on any of the tasks that we have tried so far?",
    "asked twice": NOT.format("not⁈"),
    "told": "Is the smaller one of the two any worse. On short texts it is not! Of all",
    "about": EPOCHS.format("~40", "10"),
    "cross": NOT.format("✗not"),
    "emoji": NOT.format("❌ not"),
    "arrow": EPOCHS.format("↑40", "10"),
    "currency": EPOCHS.format("€40", "10"),
    "pounds behind": EPOCHS.format("40£", "10"),
    "degrees": EPOCHS.format("40°", "10"),
    "more or less": EPOCHS.format("40±1", "10"),
    "times": EPOCHS.format("40×", "10"),
    "thousand": EPOCHS.format("40k", "10"),
    "numbers changed round": EPOCHS.format("10", "40"),
    "feet": EPOCHS.format("40'", "10"),
    "inches": EPOCHS.format('40"', "10"),
    "inches of a printer": EPOCHS.format("40”", "10"),
    "long dash before a number": EPOCHS.format("—40", "10"),
    "hat on a letter": "Where â = b we stop at once, and where the cost",
    "bar over a letter": "Where ā = b we stop at once, and where the cost",
    "star at a letter": "Where a∗ = b we stop at once, and where the cost",
    "star of Markdown at a letter": "Where a* = b we stop at once, and where the cost",
    "star escaped": r"Where a\* = b we stop at once, and where the cost",
    "interrobang": NOT.format("not‽"),
    "a doubt in brackets": NOT.format("not [?]"),
    "a gap to a sentence's end": "The other three of them … Both of the two are kept for then",
    "a gap from its beginning": "of the two was only slightly better. … work for long texts. Where",
    "dollars": EPOCHS.format(r"\$40", "10"),
    "per cent set apart": EPOCHS.format("40 %", "10"),
    "per mille": EPOCHS.format("40‰", "10"),
    "minus set apart": EPOCHS.format("− 40", "10"),
    "dash set apart": EPOCHS.format("- 40", "10"),
    "line through": NOT.format("──not──"),
    "block over a word": NOT.format("█not"),
    "root": "Of all √x - y that are left we keep the 90 % that cost the most",
    "minus of a variable": "Of all -x - y that are left we keep the 90 % that cost",
    "minus that goes": "Of all x y that are left we keep the 90 % that cost the most",
    "plus for minus": "Of all $x + y$ that are left we keep the 90 % that cost the most",
    # Formulas
    "minus": "The final vector $-T_i$ is used to predict the token",
    "overline": r"The final vector $\overline{T_i}$ is used to predict the token",
    "hat": r"The final vector $\hat{T}_i$ is used to predict the token",
    "root of a variable": r"The final vector $\sqrt{T_i}$ is used to predict the token",
    "not of a variable": r"The final vector $\lnot T_i$ is used to predict the token",
    "size of a variable": "The final vector $|T_i|$ is used to predict the token",
    "prime": "The final vector $T_i'$ is used to predict the token",
    "prime in the text": "The final vector Ti′ is used to predict the token",
    "star": "The final vector $T_i^*$ is used to predict the token",
    "twice": "The final vector $T_i T_i$ is used to predict the token",
    "logarithm": r"The final vector $\log T_i$ is used to predict the token",
    "mean": r"The final vector $\mathbb{E}[T_i]$ is used to predict the token",
    "dual": r"The final vector $\|T_i\|$ is used to predict the token",
    "power of a variable": "The final vector $T_i^2$ is used to predict the token",
    "factorial": "The final vector $T_i!$ is used to predict the token",
    "division of nothing": "The final vector $/T_i$ is used to predict the token",
    "product of nothing": r"The final vector $\cdot T_i$ is used to predict the token",
    "more of them": r"The final vector $T_i \ldots$ is used to predict the token",
    "minus of a formula alone": EPOCHS.format("$-$40", "10"),
    "minus at a formula's end": r"The final vector $T_i -$ is used to predict the token",
    "nothing in a formula": NOT.format("$($ not"),
    "number with a space": EPOCHS.format(r"$4\,0$", "10"),
    "definition in a formula": "Where $a := b$ we stop at once, and where the cost",
    "in quotation marks": 'The final vector $"T_i"$ is used to predict the token',
    "word that is lowered": "the larger model does$_{not}$ improve the results on any",
    "another number": "used to predict the token, and $p = 0.9$ as it was before",
    "another relation": r"used to predict the token, and $p \le 0.5$ as it was before",
    "formulas the wrong way round": "$V$ and $K_q$ are keys and values",
    "one formula of two": "$K_q$ and $Q$ are keys and values",
    "formula of a word as dollars": r"and values that cost us $\text{not}$ 500 a day, or more",
    "a word as a formula": "The final vector $no$ is used to predict the token",
    "a colour": r"The final vector $\color{white}{T_i}$ is used to predict the token",
    "a number for a variable": "The final vector $T_2$ is used to predict the token",
}


@pytest.mark.parametrize("quote", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_reads_otherwise_than_the_paper_is_refused(quote: str) -> None:
    findings = verify(quote, (1,), None, paper())
    assert findings
    assert all(finding.message.endswith(("세요.", "돼요.")) for finding in findings)
    assert all(0 <= finding.offset <= len(quote) for finding in findings)


def test_the_finding_names_the_word_that_a_gap_hides() -> None:
    (finding,) = verify(NOT.format("…"), (1,), None, paper())
    assert finding.kind is Kind.LEFT_OUT
    assert "‘not’" in finding.message


def test_gaps_and_formulas_are_counted_for_the_page() -> None:
    quote = "… The final vector $T_i$ is used … to predict [sic] the token [수식] …"
    assert uncompared(quote) == Uncompared(gaps=1, formulas=1, drawn=1)
    assert uncompared("We find that the larger model") == Uncompared(0, 0, 0)


def test_the_finding_says_how_much_a_left_out_formula_stands_for() -> None:
    (finding,) = verify("are keys and values that [수식] a day, or more", (1,), None, paper())
    assert finding.kind is Kind.DIFFERS
    assert "수식 하나만" in finding.message
