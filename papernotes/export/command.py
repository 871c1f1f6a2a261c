"""``papernotes export``: what is no page, written into a built site."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from pydantic_core import to_json

from papernotes.export import (
    annotations,
    app,
    bibliography,
    cards,
    classic,
    feeds,
    fingerprints,
    llms,
    notebooks,
    notes,
    passages,
    pictures,
    reader,
    result,
    search,
    sitemap,
)
from papernotes.export import site as sites
from papernotes.export.site import Json, Site
from papernotes.files import move_folder, write_whole
from papernotes.note import history, library
from papernotes.note.library import Library
from papernotes.problems import Problem
from papernotes.project import UsageError, add_root, require
from papernotes.render import rows
from papernotes.snippets.snippet import snippets

ANNOTATIONS = "annotations.jsonld"
_MISSING = "{}에 이 노트의 쪽이 없어요. 사이트를 다시 지은 뒤에 내보내 주세요."


def export(root: Path, folder: Path, found: Library) -> list[Path]:
    """Write the exports of the project at ``root`` into the site in ``folder``.

    Returns the files written. Nothing but the project and its git history goes into them, so the
    same commit gives the same bytes.
    """
    written = []
    for path, text in _files(root, folder, found, sites.read(root)):
        write_whole(folder / path, text)
        written.append(folder / path)
    return written


def _files(
    root: Path, folder: Path, found: Library, site: Site
) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file's path in the site and what it holds."""
    for snippet in snippets(root):
        yield Path(snippet.path).with_suffix(".ipynb").as_posix(), notebooks.notebook(snippet)
    yield ANNOTATIONS, _json(annotations.collection(found.notes, site, ANNOTATIONS, site.name))
    for note in found.notes:
        slug = note.path.removesuffix(".md")
        one = annotations.collection([note], site, f"{slug}.jsonld", note.paper.title)
        yield f"{slug}.jsonld", _json(one)
        yield f"{slug}.bib", bibliography.bibliography(note)
    yield rows.PATH, rows.as_json(rows.rows(found.passages))
    yield from fingerprints.files(root)
    changes = list(history.changes(root))
    yield from feeds.files(found, changes, site)
    dates = {(change.path, change.id): change.at for change in changes}
    yield cards.FILE, cards.deck(found, site, dates)
    yield from passages.files(found, folder, site, dates)
    yield from sitemap.files(found, folder, site, dates)
    yield from llms.files(found, root, site)
    yield notes.FILE, _json(notes.to_json(found, site))
    yield notes.SCHEMA, _json(notes.schema())
    for path, read in reader.files(found):
        yield path, to_json(read).decode("utf-8") + "\n"
    index = search.index(found, folder)
    yield search.FILE, to_json(index).decode("utf-8")
    if search.is_flat(found, folder):
        yield classic.FILE, classic.script(folder, index)
    elif site.url:
        yield from pictures.files(found, root, site)
    yield app.MANIFEST, _json(app.manifest(site))
    yield app.LIST, _json(app.offline_list(folder))  # last: it lists files of the site


def _json(value: Json) -> str:
    """Write JSON as the standard library would with ``indent=1``, many times faster."""
    return to_json(value, indent=1).decode("utf-8") + "\n"


def _problems(found: Library, folder: Path) -> list[Problem]:
    """What keeps the exports from being true: unreadable notes, and notes that are no page yet."""
    missing = [
        Problem(f"docs/{note.path}", 1, 1, "PN910", _MISSING.format(folder))
        for note in found.notes
        if not search.place(note.path, folder)[1].is_file()
    ]
    return [*found.problems, *missing]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("site", type=Path, help="지은 사이트의 폴더")
    parser.add_argument(
        "--move-to", metavar="폴더", type=Path, help="다 되면 이 폴더의 자리로 옮겨요"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Export; return 0, 1 (problems) or 2 (no site or no project)."""
    root = require(args.root, sites.CONFIGURATION)
    if not (args.site / "index.html").is_file():
        raise UsageError(f"{args.site}에 지은 사이트가 없어요. `make build`로 먼저 지어 주세요.")
    found = library.load(root)
    problems = _problems(found, args.site) or list(result.page_problems(args.site))
    if problems:
        print("\n".join(map(str, problems)))
        return 1
    try:
        written = export(root, args.site, found)
        names = frozenset(each.relative_to(args.site).as_posix() for each in written)
        if problems := list(result.file_problems(root, args.site, names)):
            print("\n".join(map(str, problems)))
            return 1
        if args.move_to:
            move_folder(args.site, args.move_to)
    except search.Stale as stale:
        print(Problem(str(stale), 1, 1, "PN910", _MISSING.format(args.site)))
        return 1
    print(f"{args.move_to or args.site}에 데이터와 노트북 {len(written)}개를 넣었어요.")
    if why := history.gaps(root):
        print(f"날짜를 모르는 구절은 피드에 넣지 않았어요. {why}")
    return 0
