"""From what ``papernotes transcribe`` made to a pull request, or to a comment on the issue.

It runs where GitHub's token is, so it needs the standard library alone, reads text and runs
nothing: ``python3 -m papernotes.forms.pull_request FILE``. The commit is made by GitHub's API, and
no token is ever given to git. Source: GitHub's REST API (2022-11-28), "Git database", "Pulls" and
"Issue comments".
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from papernotes.forms import issue
from papernotes.forms.issue import Issue

_MAY_CHANGE = re.compile(r"docs/papers/[\w-]+\.md|fingerprints/[\w.-]+\.json", re.ASCII)
_MOST_OF_BODY, _MOST_OF_TITLE = 60_000, 200
"""Of a pull request or a comment; GitHub refuses more than 65,536 and 256 letters."""
_TIMEOUT = 30.0
_MARK = "<!-- papernotes transcribe -->"
"""How our comment begins: there is one on an issue, which is changed when the label comes again."""
_BOT = "github-actions[bot]"
_SETTING = (
    "Settings → Actions → General에서 ‘Allow GitHub Actions to create and approve pull requests’를 "
    "켜고 라벨을 다시 붙여 주세요. 가지(transcribe/{})는 만들어 두었어요."
)


_KEPT = (
    "**이 가지에는 사람이 고친 것이 있어서 파일은 그대로 두었어요.** 아래의 ‘받은 글’과 견주어 "
    "달라진 것을 손으로 옮겨 주세요."
)
_IS_THERE = "고마워요! 이 글은 이미 노트에 있어서 더 옮길 것이 없어요.\n"


class Refused(Exception):
    """Something is refused: by GitHub with ``status``, which is 0 where it did not say so."""

    def __init__(self, status: int, message: str) -> None:
        """Say what, and by which status."""
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class GitHub:
    """A repository (``owner/name``) behind GitHub's API."""

    api: str
    repository: str
    token: str

    def ask(self, method: str, path: str, data: Mapping[str, object] | None = None) -> Any:
        """Return what GitHub answers to a request about the repository.

        Raises:
            Refused: It refused, or did not answer.
        """
        request = Request(
            f"{self.api}/repos/{self.repository}{path}",
            None if data is None else json.dumps(data).encode(),
            {
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "papernotes",
                "X-GitHub-Api-Version": "2022-11-28",
            },
            method=method,
        )
        try:
            with urlopen(request, timeout=_TIMEOUT) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            told = error.read().decode("utf-8", "replace")[:1000]
            raise Refused(error.code, f"{method} {path}: {error.code} {told}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise Refused(0, f"{method} {path}: {error}") from error

    def find(self, path: str) -> Any:
        """Return the same of what may not be there: None then."""
        try:
            return self.ask("GET", path)
        except Refused as refused:
            if refused.status == 404:
                return None
            raise


def propose(github: GitHub, outcome: Mapping[str, Any], sent: Issue, base: str, commit: str) -> str:
    """Make or renew the issue's one pull request, and return its address.

    ``outcome`` has its title, body and files; ``base`` is the branch that it is for, ``commit``
    what the files were made from. What a person has committed to its branch since stays.

    Raises:
        Refused: GitHub refuses something, or a file is none that a form may change.
    """
    files: Mapping[str, str] = outcome["files"]
    for path in files:
        if not _MAY_CHANGE.fullmatch(path):
            raise Refused(0, f"{path}: no file that a form may change")
    branch = f"transcribe/{sent.number}"
    kept = not _put_branch(github, branch, files, sent, commit)
    said = "\n\n".join(
        [
            f"Closes #{sent.number}",
            *([_KEPT] if kept else []),
            f"`{sent.login or '이름 모름'}` 님이 보낸 글을 노트에 옮겼어요. 말은 그대로 두었으니 "
            "뜻은 두고 맞춤법과 띄어쓰기만 고쳐 주세요.",
            "CI는 저절로 시작하지 않아요. 이 풀 리퀘스트를 닫았다가 다시 열어 주세요"
            "(**Close** → **Reopen**).",
            str(outcome["body"]),
        ]
    )
    page = {"title": str(outcome["title"])[:_MOST_OF_TITLE], "body": said[:_MOST_OF_BODY]}
    head = f"{github.repository.partition('/')[0]}:{branch}"
    opened = github.ask("GET", f"/pulls?state=open&head={quote(head, safe='')}")
    if opened:
        done = github.ask("PATCH", f"/pulls/{opened[0]['number']}", page)
    else:
        done = github.ask("POST", "/pulls", {**page, "head": branch, "base": base})
    return str(done["html_url"])


def _put_branch(
    github: GitHub, branch: str, files: Mapping[str, str], sent: Issue, commit: str
) -> bool:
    """Let ``branch`` hold one commit with the files; False where a person's commit is on it."""
    subject = f"Transcribe issue #{sent.number}"
    known = github.find(f"/git/ref/heads/{branch}")
    if known:
        head = github.ask("GET", f"/git/commits/{known['object']['sha']}")
        if head["message"].partition("\n")[0] != subject:
            return False
    tree = github.ask(
        "POST",
        "/git/trees",
        {
            "base_tree": github.ask("GET", f"/git/commits/{commit}")["tree"]["sha"],
            "tree": [
                {"path": path, "mode": "100644", "type": "blob", "content": content}
                for path, content in files.items()
            ],
        },
    )
    if known and head["tree"]["sha"] == tree["sha"]:
        return True
    message = f"{subject}\n\n{sent.credit}".strip()
    made = github.ask(
        "POST", "/git/commits", {"message": message, "tree": tree["sha"], "parents": [commit]}
    )
    if known:
        github.ask("PATCH", f"/git/refs/heads/{branch}", {"sha": made["sha"], "force": True})
    else:
        github.ask("POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": made["sha"]})
    return True


def say(github: GitHub, number: int, text: str, *, again: bool = False) -> None:
    """Write our comment on an issue, in place of an older one; ``again``: only in its place.

    Raises:
        Refused: GitHub refuses it.
    """
    body = {"body": f"{_MARK}\n{text}"[:_MOST_OF_BODY]}
    comments = github.ask("GET", f"/issues/{number}/comments?per_page=100")
    ours = [
        each["id"]
        for each in comments
        if (each["user"] or {}).get("login") == _BOT and (each["body"] or "").startswith(_MARK)
    ]
    if ours:
        github.ask("PATCH", f"/issues/comments/{ours[0]}", body)
    elif not again:
        github.ask("POST", f"/issues/{number}/comments", body)


def main(argv: list[str]) -> int:
    """Do what the file ``argv[0]`` says; return 0, or 1 where GitHub refused."""
    told = os.environ
    outcome = json.loads(Path(argv[0]).read_text("utf-8"))
    event = Path(told["GITHUB_EVENT_PATH"]).read_text("utf-8")
    sent, base = issue.read(event), json.loads(event)["repository"]["default_branch"]
    github = GitHub(told["GITHUB_API_URL"], told["GITHUB_REPOSITORY"], told["GH_TOKEN"])
    try:
        if "comment" in outcome:
            say(github, sent.number, str(outcome["comment"]))
            return 0
        if not outcome["files"]:
            say(github, sent.number, _IS_THERE)
            return 0
        address = propose(github, outcome, sent, base, told["GITHUB_SHA"])
        say(github, sent.number, f"고마워요! 노트에 옮기고 있어요: {address}\n", again=True)
    except Refused as refused:
        # What GitHub answers is one line to the log, so that none of it is a command to the runner.
        print(json.dumps(str(refused)), file=sys.stderr)
        if refused.status == 403 and "not permitted to create" in str(refused):
            print(_SETTING.format(sent.number), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
