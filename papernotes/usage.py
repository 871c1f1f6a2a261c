"""argparse in Korean: its help, and what it says of a command that it cannot read."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

_SAID: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", "빠진 것이 있어요: {0}. 적어 주세요."),
    (r"one of the arguments (.+) is required", "{0} 가운데 하나를 적어 주세요."),
    (r"unrecognized arguments: (.+)", "모르는 것이에요: {0}. 철자를 살피거나 지워 주세요."),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        "{0}에 쓸 수 없는 값이에요: {1}. {2} 가운데 하나를 적어 주세요.",
    ),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} 뒤에 값을 적어 주세요."),
    (r"argument (.+?): expected (\d+) arguments?", "{0} 뒤에 값을 {1}개 적어 주세요."),
    (r"argument (.+?): ignored explicit argument (.+)", "{0}에는 값이 없어요: {1}. 지워 주세요."),
    (r"argument (.+?): not allowed with argument (.+)", "{0}와 {1} 가운데 하나만 적어 주세요."),
    (r"argument (.+?): invalid \S+ value: (.+)", "{0}에 쓸 수 없는 값이에요: {1}. 고쳐 주세요."),
    (r"ambiguous option: (.+?) could match (.+)", "{0}는 {1} 가운데 무엇인가요? 다 적어 주세요."),
    (r"argument (.+?): (.+)", "{0}: {1}"),  # what a type of ours says, in Korean already
)
"""What argparse says (3.11 to 3.13, ``Lib/argparse.py``), and the same in Korean."""


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that speaks Korean; subparsers are of this class, too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"formatter_class": _Help, "add_help": False, **kwargs})
        self._positionals.title = "적을 것"
        self._optionals.title = "고를 것"
        self.add_argument("-h", "--help", action="help", help="이 도움말을 보여 줘요")

    def error(self, message: str) -> NoReturn:
        """Print how the command is used and what is wrong, and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {korean(message)}\n")


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "쓰는 법: " if prefix is None else prefix)


def korean(message: str) -> str:
    """Return what argparse says in Korean; as it is where it is not known."""
    for pattern, words in _SAID:
        said = re.fullmatch(pattern, message, re.DOTALL)
        if said:
            return words.format(*said.groups())
    return message
