"""A note that holds what breaks careless formats: quotes, LaTeX, HTML and letters of all kinds."""

from papernotes.note.model import Note, Paper
from papernotes.note.parse import parse_partial

TITLE = 'Gröbner & "50 %" of {Bases}: \\emph x_1^2 ~ $y$ #3 ]]> 한글 😀 }'
AUTHORS = ("Jörg Łukasz Müller", "김 철수", "Smith and Wesson Inc.", "D'Arcy O’Neil")

IDS = ("quotes-and-tags", "second")

NOTE = """\
---
title: 'Gröbner & "50 %" of {Bases}: \\emph x_1^2 ~ $y$ #3 ]]> 한글 😀 }'
short: Nasty & Co
description: '따옴표 "와" 중괄호 {}와 </script>가 있어요.'
authors: [Jörg Łukasz Müller, 김 철수, Smith and Wesson Inc., D'Arcy O’Neil]
year: 2024
venue: "R&D 100% 2024"
arxiv: 2401.00001v3
references:
  - short: Old
    title: An old paper
    authors: [Ada Lovelace]
    year: 1999
    venue: arXiv
    arxiv: cs/9901001v2
---

## "따옴표"와 `</script>` & ]]> { #quotes-and-tags }

/// quote | Table 2, pp. 4-5
    lang: en-GB

We call it “naïve” — 5 < 7 & 9 > 3 … and [수식] holds. ]]> "done" \u000b
///

/// translation
우리는 이것을 ‘순진하다’고 부른다. <b>&amp;</b>
///

/// question | 하늘 <h@x>
    status: mentor
    tags: [a-b, c3]

왜 $x_1^2 < \\frac{1}{2}$인가요? `]]>` 😀 </script>
///

/// gist
    source: "Old §1, p. 1"

짧게 **말하면** ]]> & <b>
///

/// answer | 이름 없음
그냥요 "&" \\ {}
///

/// answer | 바다
첫 줄 (a/b\\c)

    들여 쓴 줄
///

/// correction | 이름 없음, 바다
    source: "Old §1, p. 1; [링크](https://example.org/a?b=1&c=2); 우리의 계산"

- 아니에요
- $\\{a\\}$
///

/// addition | 바다
    source: 우리의 추론

맞아요. 그리고 `{}` & ]]>
///

/// explanation
    source: 우리의 추론

풀이 %d %s {0}
///

/// evidence | p. 1
    paper: Old
    lang: de

Größe über alles ist wichtig.
///

/// snippet | nasty/tag.py
    alt: 'alt "with" <tags> & {braces}'

덧붙인 말
///

/// open
모르는 것 ]]>
///

## 둘째 { #second }

/// quote | §1, p. 1
Words of the second passage are here.
///

/// question
    status: answered

?
///

/// gist
    source: "R&D 100%"

!
///
"""


def note() -> Note:
    """Return the note as the model keeps it."""
    made, problems = parse_partial(NOTE, "papers/nasty.md")
    assert made, problems
    return made


def paper() -> Paper:
    """Return its paper."""
    return note().paper
