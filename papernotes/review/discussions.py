"""``papernotes discussions``: which passages are talked about in GitHub Discussions.

It is asked before the site is built, and only with a token; readers' browsers ask nothing. Of what
GitHub answers, two numbers a passage are kept: all else is somebody's text. Source: GitHub's
"Using the GraphQL API for Discussions".
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from papernotes.files import write_whole
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.project import UsageError, add_root, require
from papernotes.render.discussions import FILE, Discussion, dump

API = "https://api.github.com/graphql"
_TIMEOUT = 30.0
_MOST_PAGES = 50
"""Of a hundred discussions each, those last talked in first."""

_QUERY = """query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 100, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { number title body comments { totalCount } }
    }
  }
}"""


class Unreachable(Exception):
    """GitHub did not answer, or not with discussions; ``lasts``: it will not by itself, either."""

    def __init__(self, message: str, *, lasts: bool) -> None:
        """Say why."""
        super().__init__(message)
        self.lasts = lasts


def ask(api: str, repository: str, token: str) -> Iterator[tuple[Discussion, str]]:
    """Yield the discussions of ``owner/name``, each with its title and text.

    Raises:
        Unreachable: GitHub did not answer so.
    """
    owner, _, name = repository.partition("/")
    after: str | None = None
    for _ in range(_MOST_PAGES):
        query = {"query": _QUERY, "variables": {"owner": owner, "name": name, "after": after}}
        headers = {"Authorization": f"Bearer {token}", "User-Agent": "papernotes"}
        request = Request(api, json.dumps(query).encode(), headers)
        try:
            with urlopen(request, timeout=_TIMEOUT) as answer:
                told: Any = json.loads(answer.read())
            page = told["data"]["repository"]["discussions"]
            for each in page["nodes"]:
                found = Discussion(int(each["number"]), int(each["comments"]["totalCount"]))
                yield found, f"{each['title']}\n{each['body']}"
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]
        except HTTPError as error:
            raise Unreachable(str(error), lasts=400 <= error.code < 429) from error
        except (LookupError, TypeError) as error:
            raise Unreachable(json.dumps(told)[:500], lasts=True) from error
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(str(error), lasts=False) from error


def of_passages(notes: Library, talks: Iterator[tuple[Discussion, str]]) -> dict[str, Discussion]:
    """Return the discussions by the ids of the passages whose ``#id`` their text has.

    An id that a passage once had counts, too; of several discussions the first one is kept.
    """
    ids = {passage.id: passage.id for _, passage in notes.passages}
    for note in notes.notes:
        ids |= note.moved
    found: dict[str, Discussion] = {}
    for discussion, text in talks:
        for named in re.findall(r"#([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])", text):
            if named in ids:
                found.setdefault(ids[named], discussion)
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write down which passages have a discussion; return 0.

    Where GitHub does not answer, the site goes without these links; what lasts is a warning on
    the page of a workflow's run.
    """
    root = require(args.root)
    (root / FILE).unlink(missing_ok=True)
    token, url = os.environ.get("GITHUB_TOKEN", ""), os.environ.get("REPO_URL", "")
    repository = re.fullmatch(r"https?://[^/]+/([\w.-]+/[\w.-]+?)(?:\.git)?/?", url)
    if not token or not repository:
        told = "GITHUB_TOKEN과 REPO_URL(https://github.com/이름/저장소)을 환경 변수로 적어 주세요."
        raise UsageError(told)
    notes = library.load(root)
    api = os.environ.get("GITHUB_GRAPHQL_URL") or API
    try:
        found = of_passages(notes, ask(api, repository[1], token))
        write_whole(root / FILE, dump(found))
    except Unreachable as error:
        warning = "::warning::" if error.lasts and os.environ.get("GITHUB_ACTIONS") else ""
        told = json.dumps(str(error))  # on one line, so that none of it is a command to the runner
        print(f"{warning}토론을 읽지 못해 링크 없이 지어요: {told}", file=sys.stderr)
        return 0
    print(f"구절 {len(found)}개에 토론이 있어요.")
    return 0
