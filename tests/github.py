"""A stand-in for GitHub's API: what ``papernotes.forms.pull_request`` asks, and what is refused.

It keeps commits, branches, pull requests and comments, wants a token with the right that GitHub's
documentation names for each endpoint, and refuses as GitHub does (REST API 2022-11-28).
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.loopback import Request, Response, answering

REPOSITORY = "someone/reading-group"
TOKEN = "ghs_standin"
MOST = 65_536
BASE_COMMIT = "1" * 40

Answer = tuple[int, Any]


def sha(value: object) -> str:
    return sha1(repr(value).encode()).hexdigest()


@dataclass
class State:
    """What the repository holds. ``rights`` are those of the token; ``asked`` what was needed."""

    rights: dict[str, str]
    may_create: bool = True
    trees: dict[str, dict[str, str]] = field(default_factory=dict)
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    talks: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.trees[sha("base")] = {}
        self.commit("main", sha("base"), BASE_COMMIT)

    def commit(self, branch: str, tree: str, name: str = "", message: str = "base") -> None:
        """Put a commit on a branch, as somebody does who pushes."""
        name = name or sha((tree, message, len(self.commits)))
        self.commits[name] = {"sha": name, "message": message, "tree": {"sha": tree}}
        self.branches[branch] = name

    def files(self, branch: str) -> dict[str, str]:
        return self.trees[self.commits[self.branches[branch]]["tree"]["sha"]]

    # What follows answers one endpoint each.

    def get_ref(self, branch: str, _: Any) -> Answer:
        found = self.branches.get(branch)
        return (200, {"object": {"sha": found}}) if found else (404, {"message": "Not Found"})

    def get_commit(self, name: str, _: Any) -> Answer:
        return (200, self.commits[name]) if name in self.commits else (404, {})

    def make_tree(self, data: Any) -> Answer:
        if not data["tree"]:
            return 422, {"message": "Invalid tree info"}
        if data["base_tree"] not in self.trees:
            return 422, {"message": "base_tree is not a valid tree oid"}
        if any(each["path"].startswith(".github/workflows/") for each in data["tree"]):
            return 403, {"message": "refusing to allow an app to change a workflow"}
        made = self.trees[data["base_tree"]] | {e["path"]: e["content"] for e in data["tree"]}
        self.trees[sha(sorted(made.items()))] = made
        return 201, {"sha": sha(sorted(made.items()))}

    def make_commit(self, data: Any) -> Answer:
        if data["tree"] not in self.trees or not set(data["parents"]) <= self.commits.keys():
            return 422, {"message": "Tree SHA does not exist"}
        name = sha((data["tree"], data["message"], len(self.commits)))
        kept = {"sha": name, "message": data["message"], "tree": {"sha": data["tree"]}}
        self.commits[name] = kept
        return 201, kept

    def make_ref(self, data: Any) -> Answer:
        # git-check-ref-format(1), as far as it matters here.
        branch = data["ref"].removeprefix("refs/heads/")
        if branch == data["ref"] or re.search(r"\.\.|[\x00-\x20~^:?*\[\\]|//|/$|\.lock$", branch):
            return 422, {"message": f"{data['ref']} is not a valid ref name."}
        if branch in self.branches:
            return 422, {"message": "Reference already exists"}
        self.branches[branch] = data["sha"]
        return 201, {}

    def move_ref(self, branch: str, data: Any) -> Answer:
        if not data.get("force"):
            return 422, {"message": "Update is not a fast forward"}
        self.branches[branch] = data["sha"]
        return 200, {}

    def list_pulls(self, query: dict[str, list[str]]) -> Answer:
        owner, _, branch = query["head"][0].partition(":")
        known = owner == REPOSITORY.partition("/")[0]
        return 200, [each for each in self.pulls if known and each["head"] == branch]

    def make_pull(self, data: Any) -> Answer:
        if not self.may_create:
            told = "GitHub Actions is not permitted to create or approve pull requests."
            return 403, {"message": told}
        wrong = [n for n in ("base", "head") if data[n] not in self.branches]
        if wrong:
            return 422, {"message": "Validation Failed", "errors": [{"field": wrong[0]}]}
        if any(each["head"] == data["head"] for each in self.pulls):
            return 422, {"message": f"A pull request already exists for {data['head']}."}
        if self.branches[data["head"]] == self.branches[data["base"]]:
            return 422, {"message": f"No commits between {data['base']} and {data['head']}"}
        number = 100 + len(self.pulls)
        url = f"https://github.com/{REPOSITORY}/pull/{number}"
        self.pulls.append({**data, "number": number, "html_url": url})
        return 201, self.pulls[-1]

    def change_pull(self, number: str, data: Any) -> Answer:
        (pull,) = [each for each in self.pulls if each["number"] == int(number)]
        pull.update(data)
        return 200, pull

    def list_comments(self, _: str, __: Any) -> Answer:
        return 200, self.comments

    def make_comment(self, number: str, data: Any) -> Answer:
        user = {"login": "github-actions[bot]"}
        made = {"id": len(self.comments) + 1, "issue": int(number), "user": user, **data}
        self.comments.append(made)
        return 201, made

    def change_comment(self, id: str, data: Any) -> Answer:
        self.comments[int(id) - 1].update(data)
        return 200, {}

    def talk(self, title: str, body: str, comments: int) -> None:
        """Begin a discussion."""
        count = {"totalCount": comments}
        number = 200 + len(self.talks)
        self.talks.append({"number": number, "title": title, "body": body, "comments": count})

    def ask_graphql(self, data: Any) -> Answer:
        """Answer the one query that is asked, two discussions a page."""
        variables = data["variables"]
        if f"{variables['owner']}/{variables['name']}" != REPOSITORY:
            return 200, {"data": {"repository": None}, "errors": [{"type": "NOT_FOUND"}]}
        if self.rights.get("discussions") not in ("read", "write"):
            return 200, {"data": None, "errors": [{"type": "FORBIDDEN"}]}
        start = int(variables["after"] or 0)
        page = {"hasNextPage": start + 2 < len(self.talks), "endCursor": str(start + 2)}
        found = {"pageInfo": page, "nodes": self.talks[start : start + 2]}
        return 200, {"data": {"repository": {"discussions": found}}}


ENDPOINTS: list[tuple[str, str, str, Callable[..., Answer]]] = [
    ("GET", r"/git/ref/heads/(.+)", "contents:read", State.get_ref),
    ("GET", r"/git/commits/(\w+)", "contents:read", State.get_commit),
    ("POST", r"/git/trees", "contents:write", State.make_tree),
    ("POST", r"/git/commits", "contents:write", State.make_commit),
    ("POST", r"/git/refs", "contents:write", State.make_ref),
    ("PATCH", r"/git/refs/heads/(.+)", "contents:write", State.move_ref),
    ("GET", r"/pulls", "pull-requests:read", State.list_pulls),
    ("POST", r"/pulls", "pull-requests:write", State.make_pull),
    ("PATCH", r"/pulls/(\d+)", "pull-requests:write", State.change_pull),
    ("GET", r"/issues/(\d+)/comments", "issues:read", State.list_comments),
    ("POST", r"/issues/(\d+)/comments", "issues:write", State.make_comment),
    ("PATCH", r"/issues/comments/(\d+)", "issues:write", State.change_comment),
]
"""Source of the rights: GitHub's "Permissions required for GitHub Apps"."""


@contextmanager
def stand_in(rights: dict[str, str]) -> Iterator[tuple[State, str]]:
    """Yield a repository and the address of its API, for a token with these rights."""
    state = State(rights)

    def answer(request: Request) -> Response:
        data = json.loads(request.body) if request.body else None
        status, told = _answer(state, request.method, request.path, dict(request.headers), data)
        return Response(status, json.dumps(told).encode())

    with answering(answer) as url:
        yield state, url


def _answer(state: State, method: str, url: str, headers: dict[str, str], data: Any) -> Answer:
    if headers.get("Authorization") != f"Bearer {TOKEN}":
        return 401, {"message": "Bad credentials"}
    if not headers.get("User-Agent") or "Python-urllib" in headers["User-Agent"]:
        return 403, {"message": "Request forbidden by administrative rules."}
    parts = urlsplit(url)
    if parts.path == "/graphql":
        return state.ask_graphql(data)
    path = parts.path.removeprefix(f"/repos/{REPOSITORY}")
    for its_method, pattern, right, answer in ENDPOINTS:
        found = re.fullmatch(pattern, path) if method == its_method else None
        if not found or path == parts.path:
            continue
        state.asked.append((method, re.sub(r"\d+|\b[0-9a-f]{40}\b", "…", path), right))
        name, _, level = right.partition(":")
        if state.rights.get(name) not in {level, "write"}:
            return 403, {"message": "Resource not accessible by integration"}
        long = [k for k in ("body", "title") if len((data or {}).get(k, "")) > MOST]
        if long:
            return 422, {"message": f"{long[0]} is too long (maximum is {MOST} characters)"}
        query = [parse_qs(parts.query)] if pattern == "/pulls" and method == "GET" else [data]
        return answer(state, *found.groups(), *query)
    return 404, {"message": "Not Found"}
