"""Whether a change is one of content alone: of what people write, read as text and nothing else.

CI asks before anything is installed, and asks the base's copy of this file, so that no pull
request is judged by words of its own: ``git show HEAD^1:…/scope.py | python3 - HEAD^1``. It
therefore needs nothing but Python and git. Whatever it does not know is code.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

CONTENT = re.compile(
    r"""
      docs/(index|questions|glossary)\.md
    | docs/(papers|sessions)/[^/]+\.md
    | docs/notebooks/[^/]+\.py
    | docs/assets/[^/]+\.(gif|jpg|png|svg|webp)
    | snippets/[^/]+/[^/]+\.(json|py|svg|txt)
    | fingerprints/[^/]+\.json
    | ids/[^/]+\.txt
    """,
    re.VERBOSE,
)
"""The paths of content. No name that begins with a dot is one."""

PLAIN = {"000000", "100644"}
"""A file that is not there, and an ordinary one: no link, no program, no other repository (git's
modes, git-diff(1), "Raw output format")."""


@dataclass(frozen=True)
class Changed:
    """A changed path, with git's modes of what stood there and of what stands there now."""

    before: str
    after: str
    path: str

    @property
    def is_content(self) -> bool:
        """Whether no more than content was and is there."""
        hidden = any(part.startswith(".") for part in self.path.split("/"))
        modes = {self.before, self.after}
        return bool(CONTENT.fullmatch(self.path)) and not hidden and modes <= PLAIN


def changed(base: str, root: str = ".") -> Iterator[Changed]:
    """Yield what differs between ``base`` and HEAD; a renamed file is one gone and one come.

    Raises ``subprocess.CalledProcessError`` where git knows no such commit.
    """
    options = ("--raw", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-z")
    command = ["git", "-C", root, "diff", *options, "--end-of-options", base, "HEAD", "--"]
    fields = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.split(b"\0")
    for head, path in zip(fields[:-1:2], fields[1::2], strict=True):
        before, after, *_ = head.decode("ascii").removeprefix(":").split()
        yield Changed(before, after, path.decode("utf-8", "surrogateescape"))


def main(base: str, root: str = ".") -> None:
    """Print ``code=true`` or ``code=false``, as GitHub's outputs are written, and why."""
    code = [each.path for each in changed(base, root) if not each.is_content]
    print(f"code={'true' if code else 'false'}")
    for path in code:
        print(f"code: {path!a}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
