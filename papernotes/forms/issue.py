"""An issue as GitHub's API delivers it. Only the standard library: no package is installed here."""

import json
import re
from dataclasses import dataclass

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\[bot\])?")
_URL = re.compile(r"https://[\w./:-]+", re.ASCII)


@dataclass(frozen=True)
class Issue:
    """What was sent; ``number`` is 0 and ``login`` empty where only its text is known."""

    body: str
    number: int = 0
    login: str = ""
    user: int = 0
    url: str = ""

    @property
    def credit(self) -> str:
        """The line by which GitHub credits who wrote it; nothing where that is not known.

        Source: GitHub's "Creating a commit with multiple authors" and its no-reply addresses.
        """
        if not self.login:
            return ""
        address = f"{self.user}+{self.login}@users.noreply.github.com"
        return f"Co-authored-by: {self.login} <{address}>"


def read(text: str) -> Issue:
    """Return the issue in ``text``: GitHub's JSON of it or of its event, or its body alone."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Issue(text)
    if isinstance(data, dict) and isinstance(data.get("issue"), dict):
        data = data["issue"]
    if not isinstance(data, dict) or "body" not in data:
        return Issue(text)
    user = data.get("user")
    user = user if isinstance(user, dict) else {}
    login, url = str(user.get("login", "")), str(data.get("html_url", ""))
    return Issue(
        str(data["body"] or ""),
        _number(data.get("number")),
        login if _LOGIN.fullmatch(login) else "",
        _number(user.get("id")),
        url if _URL.fullmatch(url) else "",
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
