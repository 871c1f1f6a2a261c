"""A made-up paper that has what makes reading a PDF hard, and no word of anybody's."""

from collections.abc import Iterator, Sequence

from tests.pdf import Text, pdf

ID = "2401.00001v1"
LEFT, RIGHT, TOP, STEP = 60.0, 320.0, 700.0, 12.0

# Where a line has parts, each is its font, its size, how far it is raised, and its text.
Part = tuple[str, float, float, str]
Line = str | Sequence[Part]

_WIDTH = {"F1": 0.5, "F2": 0.56, "F3": 0.56, "F7": 0.5}
"""Of a letter, about, in its size."""

FIRST: list[Line] = [
    [("F2", 12, 0, "1 Introduction")],
    "Readers of long papers meet sentences that they do",
    "not understand at once, and most of them go on read-",
    "ing without a word. A group that meets every week can",
    "do better: whoever is stuck says so, and the others ans-",
    "wer what they know. We call this a shared reading of",
    "well-known papers and follow it over twelve weeks.",
    [("F1", 10, 0, "The size of a group is fixed in advance"), ("F1", 6, 4, "1")],
    "and members may leave it at any time they wish. Nobo-",
    "dy keeps a list of those who have left, but the notes",
    "that they wrote stay where they are for later readers.",
    [
        ("F1", 10, 0, "Every note is read by "),
        ("F3", 10, 0, "n"),
        ("F1", 10, 0, " members before it is sent."),
    ],
    [
        ("F1", 10, 0, "We set the share to "),
        ("F3", 10, 0, "p"),
        ("F1", 10, 0, " = 0.5 of all notes that were written"),
    ],
    "in a week, as an earlier study did (Kim and Lee, 2019),",
    "and found that the order of the notes does not matter.",
]
SECOND: list[Line] = [
    "A second column starts here and goes on with the long-",
    "running matter of questions that nobody has answered",
    "yet. Some 1,200 of them wait for a mentor [3] who has",
    "the time, and 85% of those are older than a month now.",
    [("F2", 12, 0, "2 Method")],
    "Our method has three parts. First, each sentence gets",
    "a number that never changes. Second, a quote is com-",
    "pared with the paper letter by letter, so that no word",
    "can be lost on the way. Third, what is settled is kept",
    "apart from what is open, and both can be searched for.",
    "Long-running questions are shown above all the others",
    "since they are what a new member can help with most.",
    "The last sentence of this page runs over its end and",
]
THIRD: list[Line] = [
    "is finished on the next one, where a reader finds it",
    "below the head of the page and above a table of res-",
    "ults. Nothing of what stands between them belongs to",
    "the sentence, and a block leaves all of it out again.",
    [("F2", 12, 0, "2.1 Numbers and signs")],
    "A rate of 0.1 is used at first & then lowered in 10 steps",
    "of equal size; a *star* or an under_score is kept as it",
    "is printed, and so are <tags> and $5 that were paid.",
    "Whether a < b or b > a is for the reader to say, not us.",
    [
        ("F1", 10, 0, "The vector "),
        ("F3", 10, 0, "x"),
        ("F1", 6, -2, "i"),
        ("F1", 10, 0, " has one entry for each of the words."),
    ],
    "1. A line may begin like the first item of some list.",
    "Other readers (Park, 2020; Choi et al., 2021) have said",
    "the same, although with fewer notes and other papers.",
    "Who is to read all of it? Nobody can tell! Yet it stays.",
    "That is the end of what this made-up paper has to say.",
]
TITLE = [
    Text(LEFT, 740, "Stuck: On Reading Papers", 16, "F2"),
    Text(LEFT, 722, "Ada Lovelace and Alan Turing", 10, "F2"),
    Text(20, 300, f"arXiv:{ID} [cs.CL] 3 Jan 2024", 14, upright=True),
]
NOTE = [
    "1 Three to nine people, as a rule; more than that",
    "were never seen to answer each other's questions.",
]
HEAD = "Proceedings of the meeting that never was"


def _set(lines: Sequence[Line], x: float, top: float = TOP) -> Iterator[Text]:
    for row, line in enumerate(lines):
        at = x
        for font, size, raised, text in (
            [("F1", 10.0, 0.0, line)] if isinstance(line, str) else line
        ):
            yield Text(at, top - STEP * row + raised, text, size, font)
            at += len(text) * size * _WIDTH[font]


def paper() -> bytes:
    """Return the PDF: two columns, a footnote, a table, and heads on three pages."""

    def page(number: int, *texts: Text) -> list[Text]:
        return [Text(200, 760, HEAD), *texts, Text(300, 30, str(number))]

    note = [Text(LEFT, 90 - 9 * row, line, 7) for row, line in enumerate(NOTE)]
    table = _set(["week 1 2 3", "notes 4 5 6"], LEFT)
    caption = Text(LEFT, TOP - 36, "Table 1: Notes of each week and what became of them.")
    filler = [
        "A last page is here so that the heads of pages are told",
        "by coming back; nothing on it is of use to anybody else.",
    ]
    return pdf(
        [
            page(1, *TITLE, *_set(FIRST, LEFT), *note, *_set(SECOND, RIGHT)),
            page(2, *table, caption, *_set(THIRD, LEFT, TOP - 70)),
            page(3, *_set(filler, LEFT)),
        ],
        link=f"{LEFT} {TOP - 13 * STEP - 2} 300 {TOP - 12 * STEP - 4}",  # the line with a citation
    )
