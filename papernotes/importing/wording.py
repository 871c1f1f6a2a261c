"""What a text is by its words: a sentence of a paper, a question, a guess."""

import re

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HANGUL = re.compile("[\u3131-\u318e\uac00-\ud7a3]")
_ASKS = re.compile(
    r"[?？]|(?:인가|는가|은가|나|까|까요|가요|나요|지요|죠|래요)[.~!]*$"
    r"|무엇|무슨|어떻게|어째서|왜\b|차이|이해가|궁금|의미|모르겠|헷갈|설명 부탁|알려 ?주"
)
_GUESSES = re.compile(r"[?？][~.\s]*$|모르겠[^.]*$")
_NO_ANSWER = re.compile(
    r"(?:답(?:변)? ?)?(?:없음|없다|미정|미해결|보류|모름|\?|-|x)[.!]*", re.IGNORECASE
)
_MENTOR = re.compile(r"멘토|조교|교수|강사|튜터")
_DEFERS = re.compile(
    r"(?:물어|여쭤|여쭈|질문|문의)\s?"
    r"(?:보겠|볼게|보기로|봐야|볼 것|볼 예정|하기로|하겠|할게|할 예정|드리겠|드리기로)"
)
_PICTURE = re.compile(
    r"(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|\s|\[(?:사진|이미지|그림)\])+|사진|이모티콘"
)
_PASSAGE_WORDS = 5


def has_hangul(text: str) -> bool:
    """Whether there is Korean in ``text``."""
    return _HANGUL.search(text) is not None


def is_passage(text: str) -> bool:
    """Whether ``text`` is English alone, as a sentence of a paper is."""
    return len(_ENGLISH.findall(text)) >= _PASSAGE_WORDS and not has_hangul(text)


def has_passage(text: str) -> bool:
    """Whether there is a run of English in ``text`` that may be a sentence of a paper."""
    return any(is_passage(part) for part in _HANGUL.split(text))


def asks(text: str) -> bool:
    """Whether ``text`` asks something, or says that something is not understood."""
    return _ASKS.search(text) is not None


def asks_about_paper(text: str) -> bool:
    """Whether ``text`` can only be about a paper: it has a passage, or asks with English in it."""
    return has_passage(text) or (asks(text) and _ENGLISH.search(text) is not None)


def guesses(text: str) -> bool:
    """Whether ``text`` ends as a question, or says that its speaker does not know."""
    return _GUESSES.search(text) is not None


def names_mentor(text: str) -> bool:
    """Whether ``text`` speaks of the mentor, by whatever title."""
    return _MENTOR.search(text) is not None


def defers(text: str) -> bool:
    """Whether ``text`` says that the mentor will be asked."""
    return names_mentor(text) and _DEFERS.search(text) is not None


def is_no_answer(text: str) -> bool:
    """Whether ``text`` says that there is no answer."""
    return _NO_ANSWER.fullmatch(text) is not None


def is_picture(text: str) -> bool:
    """Whether ``text`` is nothing but a picture, or a chat log's word for one."""
    return bool(text.strip()) and _PICTURE.fullmatch(text.strip()) is not None
