import pytest

from papernotes.fingerprint.normalise import words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    "text",
    [
        "pretraining",
        "Pre-training",
        "pre-\ntraining",
        "pre\ufffe\ntraining",  # as PDFium writes a word cut at the end of a line
        "pre\u00adtraining",
        "pre‐training",
        "*pre*training",
        "PRETRAINING",
    ],
)
def test_a_word_is_the_same_word_however_it_is_cut(text: str) -> None:
    assert texts(text) == ["pretraining"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﬁne eﬃcient", "fine efficient"),
        ("BERT’s “mask”", 'BERT\'s "mask"'),
        ("Garc´ıa-Durán and Hyvärinen", "Garcia-Duran and Hyvarinen"),
        ("1e−5 and −0.3", "1e-5 and -0.3"),
        ("SST\ufffe\n2", "SST-2"),
        ("p =0.5", "p = 0.5"),
        ("1,000,000 steps", "1000000 steps"),
        ("pages 6297–\n6308", "pages 6297-6308"),
        ("a *static* mask", "a static mask"),
        ("BERT_LARGE", "BERTLARGE"),
        ("end—or not", "end or not"),
        ("½ of it", "1/2 of it"),
    ],
)
def test_what_carries_no_meaning_makes_no_difference(one: str, other: str) -> None:
    assert texts(one) == texts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("88.5", "885"),
        ("88.5", "88 5"),
        ("15%", "15"),
        ("1e-4", "1e4"),
        ("-0.3", "0.3"),
        ("4/9", "49"),
        ("M + N < T", "M + N > T"),
        ("Small++", "Small"),
        ("1.1/2.0", "1.1 2.0"),
        ("90%-95%", "90% 95%"),
        (".5", "5"),
    ],
)
def test_a_number_keeps_its_point_sign_and_unit(one: str, other: str) -> None:
    assert texts(one) != texts(other)


def test_punctuation_and_citations_separate_words() -> None:
    assert texts("(Liu et al., 2019b,a); e.g. [MASK], x1,...,xN") == [
        *("liu", "et", "al", "2019b", "a", "e", "g", "mask", "x1", "xn")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("학습한다", ["학", "습", "한", "다"]),
        ("학습\n한다", ["학", "습", "한", "다"]),
        ("BERT는 深層学習", ["bert", "는", "深", "層", "学", "習"]),
        ("\u1112\u1161\u11ab글", ["한", "글"]),  # letters of Hangul one by one
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Привет, мир", ["привет", "мир"]),
    ],
)
def test_any_script_has_words(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_word_says_where_it_stands() -> None:
    text = "A ﬁne *static* mask, 한글 e\u0301t cetera"
    found = {word.text: text[word.offset : word.end] for word in words(text)}
    assert found["fine"] == "ﬁne"
    assert found["static"] == "static"
    assert found["mask"] == "mask"
    assert found["글"] == "글"
    assert found["cetera"] == "cetera"


@pytest.mark.parametrize("text", ["", " \n", "…", "—", "\ufffe", "*_*", "\ud800", "\x00"])
def test_text_without_words_has_none(text: str) -> None:
    assert texts(text) == []
