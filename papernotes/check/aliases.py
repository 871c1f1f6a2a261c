"""Terms that lack the spelling by which a Korean reader looks for them: 크로스 엔트로피."""

from collections.abc import Iterator

from papernotes.note.hangul import spellings
from papernotes.note.library import Page
from papernotes.note.model import Term
from papernotes.problems import Problem


def problems(page: Page) -> Iterator[Problem]:
    """Yield the terms that lack a common spelling in Hangul of one of their English names."""
    for term in page.terms:
        missing = proposed(term)
        if missing:
            others = [name for name in term.names if name not in (term.name, term.english)]
            message = (
                f"‘{missing[0]}’처럼 영어를 소리 나는 대로 적어 찾는 사람이 있어요. "
                f"`aliases: [{', '.join([*others, *missing])}]`라고 적어 주세요."
            )
            yield Problem(page.file, term.line, 1, "PN224", message)


def proposed(term: Term) -> tuple[str, ...]:
    """Return the spellings that a term lacks; spaces and hyphens make no difference."""
    known = {_letters(name) for name in term.names}
    found = {_letters(each): each for name in term.names for each in spellings(name)}
    return tuple(each for letters, each in found.items() if letters not in known)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
