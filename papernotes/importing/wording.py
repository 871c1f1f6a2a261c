"""What a text is by its words: a sentence of a paper, a question, a guess."""

import re

from papernotes.note.hangul import LETTER

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_END = r"[\s.~!…)\]*_ㅠㅜㅎㅋ]*$"
_MARKED = re.compile(r"[?？]+(?=[\s\"'”’)\]*_.~!?]|$)|[?？]+[^\w&=/]*$")
_NIEUN = "".join(map(chr, range(0xAC04, 0xD7A4, 28)))
"""Syllables that end in ㄴ: 한가요 and 인가요 ask, 들어가요 does not."""
_ASKING_END = re.compile(
    rf"(?:나요|까요|(?<=[{_NIEUN}])가요|건가|인가|는가|은가|던가|을까|ㄹ까|할까|일까|볼까|될까|인지요|는지요|은지요"
    r"|란\s?뭔지|죠|(?<![그이저])래요)" + _END
)
_STUCK_END = re.compile(
    r"(?:이해|납득)(?:가|를|도)?\s?(?:잘\s?)?(?:안|못|되지\s?않|가지\s?않)"
    r"\s?(?:돼|되|됩|됨|된다|가|감|갑|간다|했|함|하겠)?[가-힣]{0,5}"
    + _END
    + r"|(?:모르겠|헷갈|헷갈려|헛갈|궁금|와닿지\s?않)[가-힣]{0,7}(?:\s?(?:함|음|점))?"
    + _END
    + r"|(?:설명\s?부탁|알려\s?주|가르쳐\s?주)[가-힣]{0,8}"
    + _END
)
_WONDERS = re.compile(
    r"무엇|무슨|뭔|뭐|어떻게|어떤|어디|언제|누구|누가|몇|얼마|어째서|왜|이유|차이|이란|하필"
    r"|\b(?:what|why|how|when|where|who|which|does|do|did|is|are|was|were|can|could|would|should)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"왜(?![가-힣])|무엇|무슨|어떻게|어째서|차이|이해|궁금|의미|뜻|모르|헷갈|이유|란\s*$|는지|은지|인지"
)
_GUESSES = re.compile(
    r"(?:않을까|아닐까|않나|아닌가|싶은데|같은데|것\s?같|거\s?같|듯|겠죠|거죠|겠지|거지)"
    r"(?:요|습니다|네요|은데요?|아요)?[?？~.!\s]*$|(?:찾아보|(?:확인|논의|토의)\s?필요"
    r"|추가\s?(?:학습|조사|확인)|모색|추후|나중에)"
    r"[^.]{0,12}$|모르겠[^.]*$|not sure|nobody (?:knew|was sure)",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"[(\[]?(?:답(?:변)? ?)?(?:없음|없다|미정|미해결|보류|모름|\?|-|x|tbd|n/?a)[.!]*[)\]]?",
    re.IGNORECASE,
)
_MENTOR = re.compile(r"멘토|조교|교수|강사|튜터|코치|mentor|\bTA\b", re.IGNORECASE)
_DEFERS = re.compile(
    r"(?:물어|여쭤|여쭈|질문|문의|확인)\s?"
    r"(?:(?:보겠|볼게|보기|봐야|볼 것|볼 예정|하기|하겠|할게|할 예정"
    r"|드리겠|드리기|드릴|해 ?보)[가-힣]*|(?:예정|필요)?[\s.!~]*$)|\bask\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|\s|\[(?:사진|이미지|그림)\])+|사진|이모티콘"
)
_ADDRESS = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
    r"|<(?:https?|ftp|mailto):[^<>\s]*>|(?:https?://|www\.)[^\s)>\]]+|\[\[[^\]]*\]\]"
)
_CODE = re.compile(r"```.*?```|~~~.*?~~~|(`+)[^`\n]+\1", re.DOTALL)
_CHORE = re.compile(
    r"모임|회의|다들|여러분|보셨|들으셨|하셨나|몇\s?시|언제\s?(?:할|하|모|볼|시작|끝)|오셨|오시|시작할까|쉬는|휴강|장소|참석|결석|지각"
    r"|점심|저녁|아침|간식|뭐\s?먹|회식|벌금|투표|발표(?:는|자|를|은)?\s?(?:누|다음|순)|다음\s?(?:주|번|주차|시간|발표|엔|에는)"
    r"|무엇을 읽을|뭘 읽을|읽을까|일정|보드\s?게임|주말|있으신 분|더 있으|들리시|보이시"
    r"|next (?:week|meeting|time)|who (?:brings|presents|is next)|book the room|snacks",
    re.IGNORECASE,
)
_INTERLUDE = re.compile(
    r"(?:(?:잠깐|잠시|중간에?)\s?)?(?:쉬는\s?시간|휴식(?:\s?시간)?|브레이크|(?:coffee )?break)"
    r"[\s\d:~().분후까지]*"
    r"|다음\s?(?:주|번|시간|모임|회차|스터디)(?:의|은|는|에는|엔|에)?\s"
    r"(?:발제|발표|진행|사회|서기|범위|분량|일정|장소|날짜|모임|회의).*"
    r"|(?:숙제|과제|공지|회비|벌금|뒤풀이)\s?[:：].*",
    re.IGNORECASE | re.DOTALL,
)
_DOUBTED = re.compile(r"\([?？!]+\)")
_LAST_WORDS = 40
_ONE_SENTENCE = 60
_PASSAGE_WORDS = 5
_TITLE_SHARE = 0.8
_COPIED = re.compile(r"\b[\w-]{4,}")


def has_hangul(text: str) -> bool:
    """Whether there is Korean in ``text``."""
    return LETTER.search(text) is not None


def without_addresses(text: str, sign: str = "가") -> str:
    """Return ``text`` with a ``sign`` for each character of a link, an address or code.

    A Korean sign ends a run of English words, as it should: what is in a link is no sentence.
    """
    for pattern in (_CODE, _ADDRESS):
        text = pattern.sub(lambda match: sign * len(match[0]), text)
    return text


def is_record(text: str) -> bool:
    """Whether ``text`` has no word of its own beside links, addresses and code."""
    left = without_addresses(text, " ")
    return left != text and not any(map(str.isalnum, left))


def is_passage(text: str) -> bool:
    """Whether ``text`` is English alone, as a sentence of a paper is."""
    bare = without_addresses(text, " ")
    return len(_ENGLISH.findall(bare)) >= _PASSAGE_WORDS and not has_hangul(bare)


def has_passage(text: str) -> bool:
    """Whether there is a run of English in ``text`` that may be a sentence of a paper."""
    return any(is_passage(part) for part in LETTER.split(without_addresses(text)))


def is_title(text: str) -> bool:
    """Whether ``text`` is written as titles are, with capitals: a paper's name, not its words."""
    long = [word for word in _COPIED.findall(text) if word[0].isalpha()]
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= _TITLE_SHARE * len(long)


def asks(text: str) -> bool:
    """Whether ``text`` asks: with a mark, by its ending, or by saying what is not understood."""
    bare = _DOUBTED.sub("", without_addresses(text, ""))
    if mark := max((match.end() for match in _MARKED.finditer(bare)), default=0):
        question, behind = bare[:mark], bare[mark:]
        if not re.search(r"\w", behind):
            return True
        # With words behind it, a mark alone may stand for a doubt about a word.
        asked = _WONDERS.search(question) or _ASKING_END.search(question.rstrip("?？ "))
        return bool(asked) and len(behind) <= _ONE_SENTENCE
    return any(pattern.search(bare) for pattern in (_ASKING_END, _STUCK_END))


def asks_clearly(text: str) -> bool:
    """Whether ``text`` asks and does not just guess: ``뭔가요?``, not ``아닐까?``."""
    bare = without_addresses(text, "")
    return (
        asks(text)
        and not guesses(text)
        and bool(_ASKING_END.search(re.sub(r"[?？]+", "", bare)) or _WONDERS.search(bare))
    )


def may_ask(text: str) -> bool:
    """Whether ``text`` has a word of asking in it; many remarks have, too."""
    return asks(text) or _WEAK.search(without_addresses(text, "")) is not None


def is_chore(text: str) -> bool:
    """Whether ``text`` is about the meeting itself: when, where, who brings what."""
    return _CHORE.search(text) is not None


def is_interlude(text: str) -> bool:
    """Whether ``text`` tells of a break, or of who does what next time, and asks nothing."""
    bare = text.strip(" ()[]<>*_~-–—")
    return len(bare) <= _LAST_WORDS and _INTERLUDE.fullmatch(bare) is not None and not asks(bare)


def guesses(text: str) -> bool:
    """Whether ``text`` ends as a guess, or says that its speaker does not know."""
    return _GUESSES.search(text.strip()) is not None


def is_unsettled(text: str) -> bool:
    """Whether an answer leaves the question open: it guesses, or asks back."""
    return guesses(text) or re.search(r"[?？][~.\s]*$", text) is not None


def names_mentor(text: str) -> bool:
    """Whether ``text`` speaks of the mentor, by whatever title."""
    return _MENTOR.search(text) is not None


def defers(text: str) -> bool:
    """Whether ``text`` says that the mentor will be asked."""
    return names_mentor(text) and _DEFERS.search(text) is not None


def only_defers(text: str) -> bool:
    """Whether ``text`` says that the mentor will be asked, and nothing else."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    said = [each for each in sentences if not re.search(r"못 찾|모르겠|모름|없음|없었", each)]
    return len(text) <= _LAST_WORDS and bool(said) and all(map(defers, said))


def is_no_answer(text: str) -> bool:
    """Whether ``text`` says that there is no answer."""
    return _NO_ANSWER.fullmatch(text.strip()) is not None


def is_picture(text: str) -> bool:
    """Whether ``text`` is nothing but a picture, or a chat log's word for one."""
    return bool(text.strip()) and _PICTURE.fullmatch(text.strip()) is not None
