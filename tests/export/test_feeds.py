"""The Atom feeds: what a feed reader sees, with the dates that git's history gives."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup

from papernotes.export import feeds
from papernotes.note import history, library
from papernotes.note.model import NAMELESS
from papernotes.note.plain import plain
from tests.conftest import PROJECT
from tests.export import nasty
from tests.export.conftest import NOWHERE, SITE

HEAD = (PROJECT / "docs/papers/electra.md").read_text("utf-8").partition("## ")[0]


def passage(id: str, question: str = "왜요?", status: str = "open") -> str:
    return f"""\
## {id}의 제목 {{ #{id} }}

/// quote | §1, p. 1
Some words of the paper stand here.
///

/// question
    status: {status}

{question}
///

"""


class Repository:
    """A group's repository, whose days are counted from 1 January 2026."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "docs" / "papers").mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: int = 1) -> str:
        date = f"2026-01-{day:02}T12:00:00+09:00"
        done = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", *arguments],
            cwd=self.root,
            env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def write(self, *passages: str, name: str = "electra") -> None:
        text = HEAD + "".join(passages)
        (self.root / "docs" / "papers" / f"{name}.md").write_text(text, "utf-8")

    def commit(self, day: int) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"day {day}", day=day)

    def changes(self) -> list[tuple[str, int, bool]]:
        return [(each.id, each.at.day, each.new) for each in history.changes(self.root)]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "group")


def test_a_passage_is_dated_by_the_commit_that_last_changed_it(repository: Repository) -> None:
    repository.write(passage("a"), passage("b"))
    repository.commit(1)
    repository.write(passage("a", "왜 그런가요?"), passage("b"), passage("c"))
    repository.commit(2)
    assert repository.changes() == [("a", 2, False), ("c", 2, True), ("b", 1, True)]


def test_what_changes_nothing_for_a_reader_is_no_change(repository: Repository) -> None:
    repository.write(passage("a"), passage("b"))
    repository.commit(1)
    repository.write(passage("b"), "\n\n", passage("a").replace("왜요?", "왜요? "))
    repository.commit(2)
    assert {day for _, day, _ in repository.changes()} == {1}


def test_a_passage_that_lost_a_line_has_changed(repository: Repository) -> None:
    repository.write(passage("a", "왜요?\n\n정말로요?"))
    repository.commit(1)
    repository.write(passage("a", "왜요?"))
    repository.commit(2)
    assert repository.changes() == [("a", 2, False)]


def test_a_merge_is_dated_when_it_was_merged(repository: Repository) -> None:
    repository.write(passage("a"))
    repository.commit(1)
    repository.git("switch", "--quiet", "--create", "side")
    repository.write(passage("a"), passage("b"))
    repository.commit(2)
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "side", day=5)
    assert repository.changes() == [("b", 5, True), ("a", 1, True)]


def test_what_is_not_committed_is_not_published(repository: Repository) -> None:
    repository.write(passage("a"), passage("b"))
    repository.commit(1)
    repository.write(passage("a", "아직 쓰는 중"), passage("b"), passage("c"))
    repository.write(passage("d"), name="roberta")
    assert repository.changes() == [("b", 1, True)]


def test_what_is_gone_has_no_date(repository: Repository) -> None:
    repository.write(passage("a"), passage("b"))
    repository.write(passage("c"), name="roberta")
    repository.commit(1)
    repository.write(passage("a"))
    repository.commit(2)
    repository.write(passage("a"), passage("b"))  # back, but not committed
    (repository.root / "docs" / "papers" / "roberta.md").unlink()
    assert repository.changes() == [("a", 1, True)]
    repository.write(passage("a"))
    repository.commit(3)
    assert repository.changes() == [("a", 1, True)]


@pytest.mark.parametrize(("depth", "known"), [(1, []), (2, [("b", 3, True)])])
def test_a_shallow_clone_says_nothing_that_it_does_not_know(
    repository: Repository, tmp_path: Path, depth: int, known: list[tuple[str, int, bool]]
) -> None:
    for day, passages in enumerate([("a",), ("a", "x"), ("a", "x", "b")], 1):
        repository.write(*map(passage, passages))
        repository.commit(day)
    clone = tmp_path / "clone"
    origin = repository.root.as_uri()
    repository.git("clone", "--quiet", f"--depth={depth}", origin, str(clone))
    assert [(each.id, each.at.day, each.new) for each in history.changes(clone)] == known
    assert history.gaps(clone)
    assert not history.gaps(repository.root)


def test_without_git_there_are_no_dates(repository: Repository) -> None:
    repository.write(passage("a"))
    repository.commit(1)
    shutil.rmtree(repository.root / ".git")
    assert repository.changes() == []
    assert history.gaps(repository.root)


def texts(root: Path, site: Any = SITE) -> dict[str, str]:
    return dict(feeds.files(library.load(root), history.changes(root), site))


def parsed(text: str) -> Any:
    feed = feedparser.parse(text.encode("utf-8"))
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    assert feed.feed.id
    assert feed.feed.title
    assert feed.feed.updated
    assert feed.feed.author
    return feed


@pytest.fixture
def published(repository: Repository) -> Repository:
    """The real notes and a nasty one, all published on one day."""
    shutil.copytree(
        PROJECT / "docs" / "papers", repository.root / "docs" / "papers", dirs_exist_ok=True
    )
    (repository.root / "docs" / "papers" / "nasty.md").write_text(nasty.NOTE, "utf-8")
    repository.commit(7)
    return repository


@pytest.mark.parametrize("site", [SITE, NOWHERE], ids=["published", "no-address"])
def test_every_entry_is_a_passage_as_its_note_has_it(published: Repository, site: Any) -> None:
    found = library.load(published.root)
    feed = parsed(texts(published.root, site)["feed.xml"])
    assert feed.feed.updated == "2026-01-07T03:00:00+00:00"
    entries = {entry.id: entry for entry in feed.entries}
    assert len(entries) == len(feed.entries) == 10
    for note, passage in found.passages:
        entry = entries[site.passage(note, passage)]
        assert entry.title == f"{note.paper.short}: {plain(passage.title)}"
        assert entry.updated == entry.published == "2026-01-07T03:00:00+00:00"
        assert entry.link.endswith(f"{note.path.removesuffix('.md')}/#{passage.id}")
        assert entry.link.startswith(site.url)
        terms = [tag.term for tag in entry.tags]
        assert terms == [passage.status.value, *passage.question.tags]
        people = [person.name for person in entry.get("contributors", [])]
        assert people == [name for name in passage.people if name != NAMELESS]
        html = BeautifulSoup(entry.content[0].value, "html.parser")
        quote = html.find("blockquote")
        assert quote
        assert quote.get_text() == plain(passage.quote.text).replace("\x0b", "\ufffd")
        assert plain(passage.question.text) in html.get_text()


def test_the_feed_of_questions_holds_those_that_wait(published: Repository) -> None:
    found = library.load(published.root)
    feed = parsed(texts(published.root)["questions.xml"])
    waiting = {
        SITE.passage(note, passage)
        for note, passage in found.passages
        if passage.status in ("open", "mentor")
    }
    assert {entry.id for entry in feed.entries} == waiting
    assert len(waiting) == 3


def test_who_follows_a_paper_gets_its_passages_alone(published: Repository) -> None:
    for note in library.load(published.root).notes:
        feed = parsed(texts(published.root)[note.path.removesuffix(".md") + ".xml"])
        assert {entry.id for entry in feed.entries} == {
            SITE.passage(note, passage) for passage in note.passages
        }
        assert feed.feed.title.startswith(f"{SITE.name}: {note.paper.short}")


def test_each_question_is_in_the_feed_of_its_state(published: Repository) -> None:
    made = texts(published.root)
    waiting, answered, every = (
        {entry.id for entry in parsed(made[name]).entries}
        for name in ("questions.xml", "answered.xml", "feed.xml")
    )
    assert waiting
    assert answered
    assert waiting | answered == every
    assert not waiting & answered


def test_an_answer_that_was_added_shows_as_a_change(published: Repository) -> None:
    file = published.root / "docs" / "papers" / "electra.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("/// answer | 상민\n", "/// answer | 상민\n새 말. ", 1), "utf-8")
    published.commit(9)
    feed = parsed(texts(published.root)["feed.xml"])
    first, second, *_ = feed.entries
    assert first.id.endswith("electra/#large-scale-and-klue")
    assert "고친 구절" in first.content[0].value
    assert (first.updated_parsed.tm_mday, second.updated_parsed.tm_mday) == (9, 7)
    assert feed.feed.updated == first.updated


def test_a_feed_does_not_grow_without_end(repository: Repository) -> None:
    repository.write(*(passage(f"p{number}") for number in range(feeds.MOST + 5)))
    repository.commit(1)
    assert len(parsed(texts(repository.root)["feed.xml"]).entries) == feeds.MOST


def test_a_feed_without_dates_is_empty_and_valid(published: Repository) -> None:
    shutil.rmtree(published.root / ".git")
    assert all(parsed(text).entries == [] for text in texts(published.root).values())


def test_the_same_commit_gives_the_same_bytes(published: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    published.git("clone", "--quiet", published.root.as_uri(), str(clone))
    assert texts(published.root) == texts(clone)
