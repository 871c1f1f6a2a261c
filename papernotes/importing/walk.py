"""The table of readings in a terminal: go through it, and change what a line is by a key.

Every change writes letters into a copy of the minutes, which are then read again; the minutes
themselves stay as they are.
"""

from collections.abc import Callable
from pathlib import Path

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import Output
from prompt_toolkit.widgets import TextArea
from rich.text import Text

from papernotes.files import write_whole
from papernotes.importing import letters
from papernotes.importing.report import Row, spans, summary

_KEYS = (
    "↑↓ 줄 · d 다음 확인할 줄 · q 질문 · a 답 · n 말한 사람 · p 다른 논문 · r 기록 · "
    "u 되돌리기 · s 저장하고 초안 쓰기 · x 그만두기"
)
_HANGUL = dict(zip("qanrpusxdjk", "ㅂㅁㅜㄱㅔㅕㄴㅌㅇㅓㅏ", strict=True))
"""What the same keys write while the keyboard writes Hangul."""
_COLUMNS = (9, 24, 46)
SUFFIX = ".고침"
"""What the copy's name has before its ending: ``회의록.고침.md``."""

Read = Callable[[str], list[Row]]
"""Reads the text of minutes; returns what each line was taken for."""


class Walk:
    """The state of a walk: the text as it is now, its rows, and where in them one stands."""

    def __init__(self, text: str, read: Read) -> None:
        """Read the minutes ``text`` as they are."""
        self._read = read
        self._before: list[str] = []
        self.text = text
        self.rows = read(text)
        self.at = 0

    @property
    def row(self) -> Row | None:
        """The row at which one stands; None where there are none."""
        return self.rows[self.at] if self.rows else None

    @property
    def changed(self) -> bool:
        """Whether anything was changed that has not been taken back."""
        return bool(self._before)

    def move(self, by: int) -> None:
        """Go ``by`` rows down, or up."""
        self.at = max(0, min(len(self.rows) - 1, self.at + by))

    def next_doubt(self) -> None:
        """Go to the next row that wants a look, from the top again behind the last."""
        behind = [*range(self.at + 1, len(self.rows)), *range(self.at + 1)]
        self.at = next((n for n in behind if n < len(self.rows) and self.rows[n].hint), self.at)

    def change(self, how: Callable[[str], str]) -> None:
        """Change the first line of the row by ``how``, and read all again."""
        if self.row is None:
            return
        number = self.row.lines[0]
        lines = self.text.split("\n")
        lines[number - 1] = how(lines[number - 1])
        self._before.append(self.text)
        self._take("\n".join(lines), number)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            number = self.row.lines[0] if self.row else 1
            self._take(self._before.pop(), number)

    def _take(self, text: str, number: int) -> None:
        self.text = text
        self.rows = self._read(text)
        behind = (n for n, row in enumerate(self.rows) if row.lines[-1] >= number)
        self.at = next(behind, max(0, len(self.rows) - 1))

    def shown(self) -> StyleAndTextTuples:
        """Return the table, the row at which one stands marked."""
        found: StyleAndTextTuples = []
        for number, row in enumerate(self.rows):
            here = number == self.at
            cells = (spans(row.lines), row.taken_for, " ".join(row.words.split()))
            line = " ".join(map(_fit, cells, _COLUMNS))
            mark = "▶" if here else "?" if row.hint else " "
            if here:
                found.append(("[SetCursorPosition]", ""))
            style = "reverse" if here else "fg:ansiyellow" if row.hint else ""
            found.append((style, f"{mark} {line}\n"))
        return found


def _fit(text: str, width: int) -> str:
    """Return ``text`` in ``width`` columns of a terminal; a Hangul syllable takes two."""
    cell = Text(text)
    cell.truncate(width, overflow="ellipsis", pad=True)
    return cell.plain


def walk(
    file: Path,
    text: str,
    read: Read,
    *,
    screen: Output | None = None,
    keys: Input | None = None,
) -> Path | None:
    """Let a person go through the readings of ``file``, whose text is ``text``.

    Returns the copy with what was changed, ``file`` where nothing was, None where the person
    would rather stop. ``screen`` and ``keys`` are the terminal's unless others are given.
    """
    state = Walk(text, read)
    done: bool | None = _application(state, screen, keys).run(in_thread=True)
    if not done:
        return None
    if not state.changed:
        return file
    copy = file.with_name(f"{file.stem.removesuffix(SUFFIX)}{SUFFIX}{file.suffix}")
    write_whole(copy, state.text)
    return copy


def _application(
    state: Walk, screen: Output | None, keys: Input | None
) -> "Application[bool | None]":
    asked: list[Callable[[str, str], str]] = []
    field = TextArea(height=1, multiline=False, prompt="")
    asking = Condition(lambda: bool(asked))
    bound = KeyBindings()

    def on(*names: str) -> Callable[[Callable[[KeyPressEvent], None]], None]:
        def bind(handler: Callable[[KeyPressEvent], None]) -> None:
            for name in (*names, *(_HANGUL[name] for name in names if name in _HANGUL)):
                bound.add(name, filter=~asking)(handler)

        return bind

    def ask(event: KeyPressEvent, how: Callable[[str, str], str]) -> None:
        asked.append(how)
        field.text = ""
        event.app.layout.focus(field)

    on("up", "k")(lambda _: state.move(-1))
    on("down", "j")(lambda _: state.move(1))
    on("pageup")(lambda _: state.move(-10))
    on("pagedown")(lambda _: state.move(10))
    on("d", "tab")(lambda _: state.next_doubt())
    on("q")(lambda _: state.change(lambda line: letters.label(line, "Q. ")))
    on("a")(lambda _: state.change(lambda line: letters.label(line, "A. ")))
    on("r")(lambda _: state.change(lambda line: letters.label(line, "기록: ")))
    on("u")(lambda _: state.undo())
    on("n")(lambda event: ask(event, letters.speaker))
    on("p")(lambda event: ask(event, letters.paper))
    on("s", "enter")(lambda event: event.app.exit(result=True))
    on("x", "c-c", "c-d")(lambda event: event.app.exit(result=None))

    @bound.add("enter", filter=asking)
    def _(event: KeyPressEvent) -> None:
        how, name = asked.pop(), field.text
        if name.strip():
            state.change(lambda line: how(line, name))
        event.app.layout.focus(table)

    @bound.add("escape", filter=asking, eager=True)
    @bound.add("c-c", filter=asking)
    def _(event: KeyPressEvent) -> None:
        asked.clear()
        event.app.layout.focus(table)

    def hint() -> str:
        return (state.row.hint if state.row else "") or " "

    def question() -> str:
        speaking = bool(asked) and asked[-1] is letters.speaker
        return "누가 말했나요? 이름:" if speaking else "어느 논문인가요? 이름(없으면 ‘없음’):"

    table = Window(
        FormattedTextControl(state.shown, focusable=True, show_cursor=False), wrap_lines=False
    )
    prompt = HSplit([Window(FormattedTextControl(question), height=1), field])
    rows = [
        Window(FormattedTextControl(lambda: summary(state.rows)), height=2, wrap_lines=True),
        table,
        Window(FormattedTextControl(hint), height=1, style="fg:ansiyellow"),
        ConditionalContainer(prompt, asking),
        Window(FormattedTextControl(_KEYS), height=2, wrap_lines=True, style="reverse"),
    ]
    return Application(
        Layout(HSplit(rows), focused_element=table),
        key_bindings=bound,
        full_screen=True,
        output=screen,
        input=keys,
    )
