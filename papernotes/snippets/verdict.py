"""What a snippet's run did wrong."""

import re
import signal
from collections.abc import Iterator

from papernotes import svg
from papernotes.problems import Problem
from papernotes.snippets.process import Event, Execution, Limits
from papernotes.snippets.snippet import Snippet

_FORBIDDEN = {
    "process": "다른 프로세스나 스레드, 기계어 함수를 쓸 수 없어요",
    "network": "네트워크를 쓸 수 없어요",
    "file": "파일을 쓰거나 바꾸거나, 곁에 있는 모듈이 아닌 파일을 읽을 수 없어요",
    "input": "입력을 받을 수 없어요",
}
_MESSAGE_LENGTH = 160
_TRACE_LINE = re.compile(r'File "(.+?)", line (\d{1,7})\b')


def judge(snippet: Snippet, execution: Execution, limits: Limits) -> list[Problem]:
    """Return what ``execution`` of ``snippet`` did wrong: the cause, not what followed from it."""
    for look in (_refused, _flooded, _late, _ended_early, _raised, _feigned, _died, _drawn):
        if problems := list(look(snippet, execution, limits)):
            return problems
    return list(_output(snippet, execution))


def _refused(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    for event in _events(execution, "refused")[:1]:
        message = f"{_FORBIDDEN[event.what]} (`{_short(event.action)}`). 이 줄을 빼 주세요."
        yield _told(snippet, event, "PN409", message)
    for name in execution.leftovers[:1]:
        message = f"{_FORBIDDEN['file']} (`{_short(name)}`). 파일을 만들지 마세요."
        yield snippet.problem(1, "PN409", message)


def _flooded(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    message = (
        f"출력이 {limits.lines}줄이나 {limits.size >> 10}KB를 넘었어요. 보일 것만 인쇄해 주세요."
    )
    for event in _events(execution, "flooded")[:1]:
        yield _told(snippet, event, "PN407", message)
        return
    if execution.stopped == "output":
        yield _crashed(snippet, execution, "PN407", message)
    if execution.stopped == "report":
        message = "그림이 너무 커요 (모두 8MB까지). 그리는 점을 줄여 주세요."
        yield _crashed(snippet, execution, "PN407", message)


def _late(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    if execution.stopped == "time":
        message = (
            f"{limits.seconds:g}초 안에 끝나지 않았어요. 계산을 줄이거나 끝없는 반복을 고쳐 주세요."
        )
        yield _crashed(snippet, execution, "PN405", message)


def _ended_early(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    for event in _events(execution, "exited")[:1]:
        message = f"도중에 끝내는 호출이 있어요 (`{_short(event.action)}`). 이 호출을 빼 주세요."
        yield _told(snippet, event, "PN408", message)


def _raised(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    for event in _events(execution, "raised")[:1]:
        said = _short(f"{event.type}: {event.message}".removesuffix(": "))
        code, message = "PN404", f"예외로 끝났어요 (`{said}`). 원인을 고쳐 주세요."
        if event.memory:
            code = "PN406"
            message = f"메모리가 {limits.memory >> 20}MB를 넘었어요. 배열을 줄여 주세요."
        elif event.forbidden:
            code, message = (
                "PN409",
                f"운영체제가 막았어요 (`{said}`). 스니펫은 계산만 하게 해 주세요.",
            )
        elif "missing from font" in event.message:
            message = (
                "그림을 그리는 글꼴에 없는 글자가 있어요 (한글도요). 그림 속 글자는 영어로 적고, "
                "그림이 보이는 것은 snippet 블록 안에 한국어로 적어 주세요."
            )
        elif event.type == "AssertionError":
            message = f"`assert`가 거짓이에요 (`{said}`). 주장이나 계산을 고쳐 주세요."
        elif event.type.endswith("Warning"):
            message = f"경고가 났어요 (`{said}`). 경고도 오류로 보니 원인을 고쳐 주세요."
        yield _told(snippet, event, code, message, event.traceback)


def _died(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    status = execution.status
    if _events(execution, "finished") and status == 0:
        return
    how = f"종료 코드 {status}"
    if status is None:
        how = "알 수 없는 이유"
    elif status < 0:
        how = _signal(-status)
    message = f"프로세스가 도중에 죽었어요 ({how}). 이 줄이 하는 일을 고쳐 주세요."
    yield _crashed(snippet, execution, "PN408", message, execution.errors[-1000:])


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal, which has no name
        return f"시그널 {number}"


def _feigned(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    if execution.odd:
        message = (
            "실행기의 보고에 실행기가 쓰지 않은 것이 섞여 있어요. "
            "파일 번호에 직접 쓰는 코드를 빼 주세요."
        )
        yield snippet.problem(1, "PN417", message)


def _drawn(snippet: Snippet, execution: Execution, limits: Limits) -> Iterator[Problem]:
    figures = _events(execution, "figure")
    if len(figures) > limits.figures:
        message = (
            f"그림이 {len(figures)}개예요 ({limits.figures}개까지). 보일 것만 그리고 나머지는 "
            "`plt.close()`로 닫아 주세요."
        )
        yield snippet.problem(1, "PN407", message)
    for figure in figures:
        if found := svg.look(figure.svg):
            message = (
                f"그림에 넣을 수 없는 것이 있어요 (`{_short(found[0])}`). 링크와 바깥 그림을 빼고 "
                "matplotlib이 그리는 대로 두세요."
            )
            yield snippet.problem(1, "PN418", message)
            return


def _output(snippet: Snippet, execution: Execution) -> Iterator[Problem]:
    try:
        text = execution.output.decode()
    except UnicodeDecodeError as error:
        line = execution.output[: error.start].count(b"\n") + 1
        message = f"출력의 {line}번째 줄이 UTF-8이 아니에요. `print`로 글자를 인쇄해 주세요."
        place = next(iter(_events(execution, "not-utf8")), Event(event="not-utf8"))
        yield _told(snippet, place, "PN412", message)
        return
    if not text.strip():
        message = "아무것도 인쇄하지 않았어요. 주장을 보이는 값을 `print`로 인쇄해 주세요."
        yield snippet.problem(1, "PN410", message)


def _events(execution: Execution, name: str) -> list[Event]:
    return [event for event in execution.events if event.event == name]


def _told(snippet: Snippet, event: Event, code: str, message: str, details: str = "") -> Problem:
    """Return a problem at an event's place: in the snippet or in a helper that it called."""
    path = event.path.removeprefix(f"{snippet.root.as_posix()}/")
    if path not in {snippet.path, *snippet.helpers}:  # no place that an event may name
        path = snippet.path
    return Problem(path, event.line, 1, code, message, details)


def _crashed(
    snippet: Snippet, execution: Execution, code: str, message: str, details: str = ""
) -> Problem:
    """Return a problem at the innermost line of the snippets in ``faulthandler``'s traceback."""
    names = {
        # As faulthandler writes a path.
        str(snippet.root / path).encode("ascii", "backslashreplace").decode(): path
        for path in (snippet.path, *snippet.helpers)
    }
    for path, line in _TRACE_LINE.findall(execution.crash):
        if path in names:
            return Problem(names[path], int(line), 1, code, message, details)
    return Problem(snippet.path, 1, 1, code, message, details)


def _short(text: str) -> str:
    """Return ``text`` on one line that fits into a message."""
    text = " ".join(text.replace("`", "'").split())
    return text if len(text) <= _MESSAGE_LENGTH else text[: _MESSAGE_LENGTH - 1] + "…"
