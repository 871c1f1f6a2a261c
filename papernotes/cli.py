"""The ``papernotes`` command: one subcommand a module."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from papernotes.project import Refused, UsageError
from papernotes.usage import Parser

_COMMANDS = {
    "check": ("papernotes.check.check", "노트를 검사해요"),
    "discussions": ("papernotes.review.discussions", "구절의 토론을 GitHub에서 찾아 둬요"),
    "explain": ("papernotes.check.explain", "코드가 무슨 뜻이고 어떻게 고치는지 알려 줘요"),
    "export": ("papernotes.export.command", "지은 사이트에 데이터, 피드, 노트북을 넣어요"),
    "fingerprint": ("papernotes.fingerprint.command", "논문 PDF의 지문을 만들어요"),
    "follow": ("papernotes.review.follow", "논문의 새 판으로 인용을 옮겨요"),
    "import": ("papernotes.importing.command", "회의록에서 노트의 초안을 만들어요"),
    "new": ("papernotes.importing.new", "새 논문의 노트를 시작해요"),
    "open": ("papernotes.forms.sheet", "기다리는 질문을 늘어놓거나 멘토에게 보낼 종이로 적어요"),
    "rot": ("papernotes.review.rot", "arXiv에 새 판이 나온 논문을 찾아요"),
    "run": ("papernotes.snippets.command", "스니펫을 실행해 기록과 비교해요"),
    "runtime": ("papernotes.runtime", "브라우저에서 쓸 파이썬과 pdf.js를 받아 둬요"),
    "transcribe": ("papernotes.forms.command", "받은 양식을 노트에 옮겨요"),
    "verify": ("papernotes.check.verify", "아무 Markdown의 인용을 논문과 대조해요"),
    "summary": ("papernotes.review.summary", "바뀐 노트와 스니펫을 간추려요"),
}
"""By name: the module with ``add_arguments`` and ``main``, and what the command does."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand; return its exit status: 0, 1 (problems) or 2 (usage)."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = Parser(prog="papernotes", description="막힌 문장 노트의 도구예요.")
    parser.add_argument(
        "--version", action="version", version=version("papernotes"), help="판을 알려 줘요"
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="명령")
    for name, (module, about) in _COMMANDS.items():
        command = subparsers.add_parser(name, help=about, description=about)
        if name in arguments:  # to import what the others need takes longer than most checks
            chosen = import_module(module)
            chosen.add_arguments(command)
            command.set_defaults(run=chosen.main)
    args = parser.parse_args(arguments)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader has seen enough (`papernotes check | head`). Source of the recipe: Python's
        # documentation of SIGPIPE; what is still buffered must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.filename is None:
            raise
        advice = "폴더의 권한과 남은 자리를 확인해 주세요."
        print(f"{error.filename}: 쓸 수 없어요({error.strerror}). {advice}", file=sys.stderr)
        return 1
    return status
