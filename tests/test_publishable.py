"""What may be published: all else is refused by name, in the check and by the build alone."""

import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from io import BytesIO
from pathlib import Path

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor
from PIL import Image

from papernotes.check.check import check
from papernotes.note import library
from papernotes.pyodide import manifest
from papernotes.render.guard import Given
from papernotes.svg import look
from tests.conftest import refusal
from tests.examples import small_project


def bitmap(format: str, width: int = 1, height: int = 1) -> bytes:
    file = BytesIO()
    Image.new("1" if format == "PNG" else "L", (width, height)).save(file, format)
    return file.getvalue()


PNG = bitmap("PNG")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'

FILES: dict[str, tuple[bytes, str]] = {
    # Active files, and pages of other endings
    "docs/evil.html": (b"<script>alert(1)</script>", "PN602"),
    "docs/evil.htm": (b"x", "PN602"),
    "docs/evil.xhtml": (b"x", "PN602"),
    "docs/a/evil.js": (b"alert(1)", "PN602"),
    "docs/evil.mjs": (b"alert(1)", "PN602"),
    "docs/evil.xml": (b"<x/>", "PN602"),
    "docs/evil.css": (b"*{display:none}", "PN602"),
    "docs/evil.json": (b"{}", "PN602"),
    "docs/evil.wasm": (b"x", "PN602"),
    "docs/evil.swf": (b"x", "PN602"),
    "docs/no-ending": (b"x", "PN602"),
    "docs/CNAME": (b"evil.example", "PN602"),
    "docs/sw.js": (b"x", "PN602"),
    "docs/404.html": (b"x", "PN602"),
    "docs/script.py": (b"import os", "PN602"),
    "docs/notebooks/deep/x.py": (b"import os", "PN602"),
    "docs/page.markdown": (b"# x", "PN602"),
    "docs/page2.mkd": (b"# x", "PN602"),
    "docs/page3.mdown": (b"# x", "PN602"),
    "docs/page4.mkdn": (b"# x", "PN602"),
    "docs/page5.MD": (b"# x", "PN602"),
    "docs/assets/x.PNG": (PNG, "PN602"),
    "docs/index.md~": (b"# x", "PN605"),
    "docs/#index.md#": (b"# x", "PN605"),
    "snippets/roberta/page.md": (b"# x", "PN602"),
    "snippets/roberta/x.html": (b"x", "PN602"),
    "snippets/x.pyc": (b"x", "PN602"),
    "ids/x.html": (b"x", "PN602"),
    # Names
    "docs/<img src=x onerror=alert(1)>.md": (b"# x", "PN605"),
    "docs/a\n::error::x.md": (b"# x", "PN605"),
    "docs/a::b.md": (b"# x", "PN605"),
    "docs/a\x1b[31m.md": (b"# x", "PN605"),
    "docs/\u202egpj.md": (b"# x", "PN605"),
    "docs/a\u200bb.md": (b"# x", "PN605"),
    "docs/\u3164.md": (b"# x", "PN605"),
    "docs/{{ config }}.md": (b"# x", "PN605"),
    "docs/a?b#c.md": (b"# x", "PN605"),
    "docs/a%2e%2e.md": (b"# x", "PN605"),
    "docs/-rf.md": (b"# x", "PN605"),
    "docs/trailing .md": (b"# x", "PN605"),
    "docs/dot..md": (b"# x", "PN605"),
    "docs/\udcff.md": (b"# x", "PN605"),
    f"docs/{unicodedata.normalize('NFD', '한글')}.md": (b"# x", "PN605"),
    "docs/한글 이름 (둘).md": ("# 글".encode(), ""),
    "docs/templates/x.md": (b"# x", "PN605"),
    "docs/twice.md": (b"# x", ""),
    "docs/twice/index.md": (b"# x", "PN605"),
    "docs/Case.md": (b"# x", ""),
    "docs/case.md": (b"# x", "PN605"),
    "docs/con.md": (b"# x", "PN605"),
    "docs/NUL.md": (b"# x", "PN605"),
    "docs/aux/x.md": (b"# x", "PN605"),
    "docs/Com1.md": (b"# x", "PN605"),
    "docs/assets/lpt9.png": (PNG, "PN605"),
    "docs/console.md": (b"# x", ""),
    "docs/\uff41.md": (b"# x", "PN605"),
    "docs/\ufb01.md": (b"# x", "PN605"),
    "docs/\u212a.md": (b"# x", "PN605"),
    "docs/\U0001f600.md": (b"# x", "PN605"),
    "docs/\u00df.md": (b"# x", "PN605"),
    "docs/SS.md": (b"# x", ""),
    "docs/notes.json.md": (b"# x", "PN605"),
    "docs/index.html.md": (b"# x", "PN605"),
    "docs/sitemap.xml.md": (b"# x", "PN605"),
    "docs/feed.xml/index.md": (b"# x", "PN605"),
    "docs/sw2.js/index.md": (b"# x", "PN605"),
    "docs/site.zip/x.md": (b"# x", "PN605"),
    "docs/v1.0.md": (b"# x", ""),
    "docs/x/Readme.md": (b"# x", "PN605"),
    "docs/y/INDEX.md": (b"# x", "PN605"),
    f"docs/{'d' * 99}/{'e' * 99}/x.md": (b"# x", "PN605"),
    "docs/data.csv": (b"=cmd|calc", "PN602"),
    "docs/a.svgz": (b"x", "PN602"),
    "docs/a.avif": (b"x", "PN602"),
    "docs/a.webmanifest": (b"{}", "PN602"),
    "docs/robots.txt": (b"x", "PN602"),
    # Notebooks
    "docs/notebooks/script.py": (b"# %% [markdown]\n# <script>alert(1)</script>\n", "PN508"),
    "docs/notebooks/leads.py": (b"# %% [md]\n# <meta http-equiv=refresh>\n", "PN413"),
    "docs/notebooks/hides.py": (b"# %% [raw]\n# <style>p{display:none}</style>\n", "PN413"),
    "docs/notebooks/raw.py": (b'# %%\n\n# %% active=""\n# <style>p{}</style>\n', "PN413"),
    "docs/notebooks/typed.py": (b'# %%\n\n# %% cell_type="markdown"\n# <b>x</b>\n', "PN508"),
    "docs/notebooks/tags.py": (b'# %%\n\n# %% tags=["<b onclick=x>"]\nx = 1\n', "PN413"),
    "docs/notebooks/inner.py": (b"# %%\n\n  # %% [markdown]\n# <b>x</b>\n", "PN508"),
    "docs/notebooks/light.py": (b"# <script>alert(1)</script>\n\nx = 1\n", "PN413"),
    "docs/notebooks/widget.py": (
        b"# ---\n# jupyter:\n#   widgets: {}\n# ---\n\n# %%\nx = 1\n",
        "PN103",
    ),
    "docs/notebooks/other_way.py": (
        b"# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n"
        b"#       extension: .py\n#       format_name: light\n# ---\n\n# %%\nx = 1\n",
        "PN104",
    ),
    "docs/notebooks/grows.py": (
        b"# ---\n# jupyter: [&a [x], *a]\n# ---\n\n# %%\nx = 1\n",
        "PN106",
    ),
    "docs/notebooks/mermaid.py": (b"# %% [markdown]\n# ```mermaid\n# <b>\n# ```\n", "PN810"),
    "docs/notebooks/cells.py": (
        b"# %% [markdown]\n# | a | b |\n# |---|---|\n# | `a | <b onclick=x> |\n",
        "PN508",
    ),
    "docs/notebooks/fence.py": (b"# %% [markdown]\n# ```\n# ````\n# <b>x</b>\n# ```\n", "PN508"),
    "docs/notebooks/quoted.py": (b"# %% [markdown]\n# > [y]: javascript:x\n#\n# [y]\n", "PN505"),
    "docs/notebooks/event.py": (b'# %% [markdown]\n"""\n<b onclick=x>y</b>\n"""\n', "PN508"),
    "docs/notebooks/outputs.ipynb": (b'{"cells": []}', "PN602"),
    "docs/outputs.IPYNB": (b'{"cells": []}', "PN602"),
    "snippets/roberta/outputs.ipynb": (b'{"cells": []}', "PN602"),
    "docs/notebooks/image.py": (b"# %% [markdown]\n# ![x](https://e.example/x.png)\n", "PN503"),
    "docs/notebooks/link.py": (b"# %% [markdown]\n# [x](javascript:alert(1))\n", "PN505"),
    "docs/notebooks/broken.py": (b"# %%\nprint(\n", "PN413"),
    "docs/notebooks/half.py": (
        b"# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n\n# %%\nx = 1\n",
        "PN102",
    ),
    "docs/notebooks/no_yaml.py": (b"# ---\n# jupyter: [\n# ---\n\n# %%\nx = 1\n", "PN101"),
    "docs/notebooks/unnamed.py": (b"# ---\n# jupyter: {}\n# ---\n\n# %%\nx = 1\n", "PN413"),
    "docs/notebooks/other.py": ("# %%\n# 글\n".encode("cp949"), "PN412"),
    "docs/notebooks/turned.py": ("# %%\nx = 1  # \u202e\n".encode(), "PN808"),
    "docs/notebooks/right.py": (
        b"# %% [markdown]\n# [x](../../) a < b `<s>` $x_{<t}$ H<sub>2</sub>O\n\n"
        b"# %% words\nprint('<b>')  # <script>\n",
        "",
    ),
    "docs/two/README.md": (b"# x", ""),
    "docs/two/index.md": (b"# x", "PN605"),
    # Pictures
    "docs/assets/page.png": (b"<html><script>alert(1)</script>", "PN606"),
    "docs/assets/page.jpg": (b"GIF89a", "PN606"),
    "docs/assets/empty.gif": (b"", "PN606"),
    "docs/assets/page.webp": (b"RIFF\0\0\0\0WAVE", "PN606"),
    "docs/assets/right.png": (PNG, ""),
    "docs/assets/right.jpg": (bitmap("JPEG"), ""),
    "docs/assets/right.gif": (bitmap("GIF"), ""),
    "docs/assets/right.webp": (bitmap("WEBP"), ""),
    "docs/assets/cut.png": (PNG[:40], "PN606"),
    "docs/assets/head.png": (PNG[:16], "PN606"),
    "docs/assets/other.png": (bitmap("JPEG"), "PN606"),
    "docs/assets/cut.jpg": (b"\xff\xd8\xff", "PN606"),
    "docs/assets/script.gif": (b"GIF89a/*<script>*/=1;", "PN606"),
    "docs/assets/wide.png": (bitmap("PNG", 100_000, 200), "PN606"),
    "docs/assets/endless.gif": (b"GIF89a" + b"\xff" * 4 + b"\0\0\0;", "PN606"),
    "docs/assets/laughs.svg": (
        SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>').encode(),
        "PN606",
    ),
    "docs/assets/large.png": (PNG + b"\0" * 2_000_000, "PN603"),
    "docs/assets/active.svg": (SVG.format("<script>alert(1)</script>").encode(), "PN606"),
    # Passed over, as the engines pass them over
    "docs/._index.md": (b"\0\5\x16\7", ""),
    "docs/.DS_Store": (b"\0", ""),
    "docs/.git/x.html": (b"x", ""),
}
"""By path: what it holds, and the code that refuses it; none where it may be there."""


def test_each_file_is_allowed_by_its_place_name_and_content_or_refused(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for path, (content, _) in FILES.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content)
    found = [each for each in check(project).problems if each.path != "docs/two/README.md"]
    names = {each.path: each.code for each in reversed(found)}
    # A folder that is refused is refused as a whole.
    expected = {path: code for path, (_, code) in FILES.items() if code}
    for path in [path for path in expected if path not in names]:
        expected[next(each for each in names if path.startswith(f"{each}/"))] = expected.pop(path)
    assert names == expected
    for each in found:
        assert re.fullmatch(r"[^\n]+:\d+:\d+: PN\d{3} .+세요\.", str(each)), each
        assert not re.search(r"[\x00-\x1f\u202e\u200b]", str(each))
        assert "\n" not in each.annotation()
    # An engine stops by itself at all but what a picture holds, which shows in the result alone.
    stops = {each.path for each in library.load(project).problems}
    of_content = "docs/notebooks/"
    assert {
        path for path, code in names.items() if code != "PN606" and not path.startswith(of_content)
    } <= stops


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    shutil.rmtree(project / "ids", ignore_errors=True)
    (project / "ids").write_text("x")
    assert ("ids", "PN602") in {(each.path, each.code) for each in check(project).problems}


LINKS = {
    "docs/p.md": "/etc/hostname",
    "docs/assets/x.png": "../../.git/config",
    "docs/zero.md": "/dev/zero",
    "docs/stdin.md": "/dev/stdin",
    "docs/loop": ".",
    "docs/self.md": "self.md",
    "docs/outside": "/tmp",
    "docs/inside.md": "index.md",
    "snippets/roberta/x.py": "/dev/zero",
    "snippets/again": "..",
    "fingerprints/9999.99999v1.json": "/dev/zero",
    "ids/x.txt": "/dev/zero",
    "overrides/assets/x.js": "/etc/hostname",
}


@pytest.mark.parametrize("path", LINKS)
def test_no_link_is_followed(tmp_path: Path, path: str) -> None:
    project = small_project(tmp_path)
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).symlink_to(LINKS[path])
    assert {(each.path, each.code) for each in check(project).problems} >= {(path, "PN604")}
    assert ("PN604", path) in {(each.code, each.path) for each in library.load(project).problems}


def test_pipes_and_sparse_files_are_not_read(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    os.mkfifo(project / "docs/pipe.md")
    os.mkfifo(project / "fingerprints/pipe.json")
    for path in ("docs/large.md", "snippets/roberta/large.py", "fingerprints/large.json"):
        with (project / path).open("wb") as file:
            file.truncate(1 << 40)
    assert {(each.path, each.code) for each in check(project).problems} == {
        ("docs/pipe.md", "PN604"),
        ("fingerprints/pipe.json", "PN604"),
        ("docs/large.md", "PN603"),
        ("snippets/roberta/large.py", "PN603"),
        ("fingerprints/large.json", "PN603"),
    }


@pytest.mark.parametrize("target", ["../snippets/roberta", "..", "/", "../docs", "../snippets/"])
def test_the_one_link_leads_to_the_snippets_alone(tmp_path: Path, target: str) -> None:
    project = small_project(tmp_path)
    link = project / "docs/snippets"
    link.symlink_to("../snippets")
    assert check(project).problems == []
    link.unlink()
    link.symlink_to(target)
    assert [(each.path, each.code) for each in check(project).problems] == [
        ("docs/snippets", "PN604")
    ]


def test_a_checkout_without_links_is_told_how_to_get_them(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "docs/snippets").write_text("../snippets")
    [problem] = check(project).problems
    assert problem.path == "docs/snippets"
    assert "core.symlinks" in problem.message


HEADS = {
    "template: redirect.html\nlocation: https://e.example": "PN103",
    "status: 'x\" onanimationstart=\"alert(1)'": "PN103",
    "subtitle: x": "PN103",
    "subtitle: !!binary aGk=": "PN106",
    "title: !!binary aGk=": "PN106",
    "title: !!python/object/apply:os.system [id]": "PN106",
    "title: &a x\ndescription: *a": "PN106",
    "title: &a [x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b]": "PN106",
    "title: x\ntitle: y": "PN106",
    "title: x\nsearch: {exclude: true, exclude: false}": "PN106",
    "title: {a: {b: {c: {d: {e: {f: {g: {h: {i: x}}}}}}}}}": "PN106",
    f"title: {'[' * 400}{']' * 400}": "PN106",
    "".join(f"a{n}: {'a ' * 4000}\n" for n in range(8)): "PN106",
    "search: yes": "PN104",
    "search: {exclude: 'true'}": "PN104",
    "search: {boost: .inf}": "PN104",
    "search: {boost: -1}": "PN104",
    "search: {boost: 1e999}": "PN104",
    "search: {x: 1}": "PN103",
    "hide: 3": "PN104",
    "hide: [everything]": "PN104",
    "title: 3": "PN104",
    "title: 2026-11-28": "PN104",
    "title: [x]": "PN104",
    "title: ''": "PN104",
    'title: "a\\u202eb"': "PN104",
    'title: "a\\0b"': "PN104",
    'title: "a\\u200bb"': "PN104",
    'title: "\\u3164"': "PN104",
    'title: "a\\u2028b"': "PN104",
    'title: "a\\nb"': "PN104",
    'title: x\n"title": y': "PN106",
    "title: x\n!!str title: y": "PN106",
    "%YAML 1.1\n---\ntitle: x": "PN101",
    "title: !ENV SITE_URL": "PN106",
    "!!omap [title: x]": "PN106",
    "title: !!set {a}": "PN106",
    "~: x": "PN104",
    "1: x": "PN104",
    "yes: x": "PN104",
    "[a, b]: x": "PN101",
    "Title: x": "PN103",
    "tags: [a]": "PN103",
    "icon: material/x": "PN103",
    "title: x\x85template: y": "PN103",
    "title: x\rtemplate: y": "PN103",
    "\ttitle: x": "PN101",
    "title: 1:30": "PN104",
    f"search: {{boost: {'9' * 5000}}}": "PN101",
    "search: {boost: .nan}": "PN104",
    "title: '{{ config }} {% raw %}'": "",
    'title: "<img src=x onerror=alert(1)>"': "PN508",
    'title: "\\x3cscript>"': "PN508",
    "<<: {title: x}": "PN106",
    "? [title]\n: x": "PN101",
    "- title": "PN101",
    "title: [": "PN101",
    "title: x\nhide: [toc, navigation]\nsearch: {exclude: true, boost: 2}": "",
    "title: 글\ndescription: 'a: b'": "",
}


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[:30])
def test_front_matter_holds_what_is_known_of_the_known_kinds(tmp_path: Path, head: str) -> None:
    project = small_project(tmp_path)
    (project / "docs/about.md").write_text(f"---\n{head}\n---\n\n# 글\n\n글이에요.\n", "utf-8")
    started = time.monotonic()
    found = library.load(project).problems
    assert {each.code for each in found if each.path == "docs/about.md"} == {HEADS[head]} - {""}
    assert time.monotonic() - started < 1
    for each in found:
        assert each.line >= 1
        assert each.message.endswith("세요.")


@pytest.mark.parametrize("id", ["__config", "pn-run", "md-search", "fn:1", "a b"])
def test_a_former_id_is_none_of_the_sites_own(tmp_path: Path, id: str) -> None:
    file = small_project(tmp_path) / "docs/papers/roberta.md"
    [line] = re.findall(r"(?m)^arxiv: .*$", file.read_text("utf-8"))
    moved = f'{line}\nmoved: {{"{id}": static-masking}}'
    file.write_text(file.read_text("utf-8").replace(line, moved, 1), "utf-8")
    [found] = library.load(file.parents[2]).problems
    assert found.code == "PN104"
    assert found.message.endswith("주세요.")


BARE = {
    "title: 제목\n\n글": "PN105",
    "   Template: x.html\n\n글": "PN105",
    "https://e.example\n\n글": "PN105",
    "x-1:\n    y\n\n글": "PN105",
    "\ufefftitle: x\n\n글": "PN105",
    "---\ntemplate: x.html\n\n# 글\n": "PN101",
    "---\r\ntemplate: x.html\r\n---\r\n# 글\r\n": "PN103",
    "---\ntemplate: x.html\n...\n# 글\n": "PN103",
    "\ufeff---\ntemplate: x.html\n---\n# 글\n": "PN103",
    "---  \ntemplate: x.html\n--- \n# 글\n": "PN103",
    "---\n\n---\ntemplate: x\n\n글": "PN101",
    "+++\ntemplate = 1\n+++\n\n# 글\n": "",
    "---\n\n글\n": "",
    "title: x\r\n\r\n글": "PN105",
    "참고: 글\n": "",
    "\ntitle: x\n": "",
    "# title: x\n": "",
}


@pytest.mark.parametrize("text", BARE, ids=lambda text: text.strip()[:20])
def test_a_first_line_that_is_taken_for_a_head_is_told(tmp_path: Path, text: str) -> None:
    project = small_project(tmp_path)
    (project / "docs/about.md").write_bytes(text.encode())
    found = library.load(project).problems
    assert {each.code for each in found} == {BARE[text]} - {""}


def chain(kind: str, name: str) -> str:
    """A picture of twenty elements, each of which draws the one before it twice."""
    value = "#{}" if name == "href" else "url(#{})"
    return "".join(
        f'<{kind} id="n{n}">' + f'<use {name}="{value.format(f"n{n - 1}")}"/>' * 2 + f"</{kind}>"
        for n in range(1, 20)
    )


DRAWINGS = {
    "<script>alert(1)</script>": "<script>",
    "<SCRIPT>alert(1)</SCRIPT>": "<SCRIPT>",
    '<g onload="alert(1)"/>': "onload",
    '<rect onclick="x"/>': "onclick",
    "<a href='javascript:alert(1)'><text>x</text></a>": "<a>",
    "<foreignObject><x/></foreignObject>": "<foreignObject>",
    '<use href="https://e.example/x.svg#a"/>': "href",
    '<use xlink:href="data:image/svg+xml,x"/>': "href",
    '<image href="https://e.example/x.png"/>': "href",
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>': "href",
    '<image href="x.png"/>': "href",
    "<animate attributeName='href' to='javascript:alert(1)'/>": "<animate>",
    "<set attributeName='onload' to='x'/>": "<set>",
    "<iframe/>": "<iframe>",
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>': "<script>",
    '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>': "<img>",
    "<style>@import 'https://e.example/x.css';</style>": "@",
    "<style>*{background:url(https://e.example)}</style>": "url(",
    "<style>*{fill:u<![CDATA[rl(https://e.example)]]>}</style>": "url(",
    "<style>*{background:image-set('https://e.example' 1x)}</style>": "image-set(",
    r"<style>*{fill:\75rl(x)}</style>": "\\",
    '<rect fill="url(https://e.example#a)"/>': "url(",
    '<rect style="fill: URL( &quot;//e.example#a&quot; )"/>': "URL(",
    "<?xml-stylesheet href='x.xsl'?>": "<?xml-stylesheet>",
    "<unclosed>": "<unclosed>",
    '<g xmlns="http://www.w3.org/1999/xhtml"><script/></g>': "<g>",
    '<metadata><script xmlns="http://www.w3.org/1999/xhtml"/></metadata>': "<script>",
    '<use href="#a" xlink:href="//e.example#a"/>': "href",
    '<image href="DATA:image/svg+xml,x"/>': "href",
    '<rect xml:base="//e.example"/>': "base",
    '<rect data-x="1"/>': "data-x",
    '<rect tabindex="0"/>': "tabindex",
    "<feImage href='//e.example'/>": "<feImage>",
    "<switch><foreignObject/></switch>": "<switch>",
    "<animateMotion/>": "<animateMotion>",
    "<handler>alert(1)</handler>": "<handler>",
    "<rect clip-path='url(&#104;ttps://e.example#a)'/>": "url(",
    "<style>/*<![CDATA[*/@import url(x);/*]]>*/</style>": "@",
    "<?php echo 1?>": "<?php>",
    '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>': "#a",
    '<marker id="m"><path marker-end="url(#m)" d="M0 0"/></marker>': "#m",
    '<g id="a"><rect fill="url(#p)"/></g><pattern id="p"><use href="#a"/></pattern>': "#p",
    "<filter/>": "<filter>",
    '<rect style="filter: blur(9em)"/>': "filter:",
    "<style>*{filter:blur(9em)}</style>": "filter:",
    "<g/>" * 60_000: "50,000",
    '<g id="a">' + "<g/>" * 300 + "</g>" + '<use href="#a"/>' * 300: "50,000",
    '<path stroke-dasharray="1"/>' * 600: "50,000",
    "<style>*{stroke-dasharray: 1}</style>" + "<path/>" * 600: "50,000",
    '<pattern id="p">' + "<g/>" * 300 + "</pattern><style>*{fill:url(#p)}</style>" + "<g/>" * 300: (
        "50,000"
    ),
    f'<marker id="m"><g/></marker><path marker-mid="url(#m)" d="{"L1 1" * 60_000}"/>': "50,000",
    **{
        chain(kind, name): "50,000"
        for kind, name in (
            *(("mask", "mask"), ("pattern", "fill"), ("clipPath", "clip-path")),
            *(("marker", "marker-end"), ("g", "href"), ("linearGradient", "href")),
        )
    },
    "&undefined;": "XML",
    "\x00": "XML",
}


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing[:40])
def test_an_svg_only_draws(drawing: str) -> None:
    found = look(SVG.format(drawing))
    assert found
    assert DRAWINGS[drawing] in found[0]
    assert found[1] >= 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "x">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<!DOCTYPE svg SYSTEM "https://e.example/x.dtd">' + SVG.format(""),
        '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + SVG.format(""),
        SVG.format("") + "<script>alert(1)</script>",
        SVG.format("<script/>").encode("utf-16").decode("latin-1"),
        SVG.format('<g id="a"><use href="#a"/></g>'),
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd" [<!ENTITY % x SYSTEM "x">%x;]><svg/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        "<svg><script/></svg>",
        "",
        SVG.format("<g>" * 10_000 + "</g>" * 10_000),
        "<?xml version='1.0' encoding='no-such'?>" + SVG.format(""),
    ],
)
def test_what_is_no_svg_or_declares_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    assert look(text)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "drawing",
    [
        '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#a)" style="stroke-linejoin: round"/>',
        '<g transform="scale(2)"><path d="M0 0L9 9" stroke-opacity=".5"/></g>'
        '<use href="#a" x="1"/><use href="#b"/><g id="c"><use href="#a"/></g>',
        '<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>',
        '<style>.a{fill:url(#g)}</style><linearGradient id="g"><stop/></linearGradient>'
        + '<path class="a" style="stroke-dasharray: none"/>' * 900,
        '<mask id="m"><rect/></mask><g mask="url(#m)"/>'
        + '<path style="stroke-dasharray: 3.7,1.6; stroke: red"/>' * 99,
        '<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>',
        '<text alignment-baseline="middle" font-variant="x"><tspan dy="1">가</tspan></text>',
    ],
)
def test_what_draws_is_left_alone(drawing: str) -> None:
    assert look(SVG.format(drawing)) is None


def test_python_for_the_browser_is_what_was_pinned_or_not_there(tmp_path: Path) -> None:
    folder = tmp_path / manifest.FOLDER
    folder.mkdir(parents=True)
    forged = '{"version": "0.27.7", "core": ["../../evil.js"], "packages": {}, "files": {}}'
    (folder / manifest.NAME).write_text(forged)
    assert manifest.read(tmp_path) is None


def test_a_committed_link_does_not_lead_the_runtime_elsewhere(
    tmp_path: Path, runtime: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "docs").mkdir()
    link = tmp_path / manifest.FOLDER
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    code = "import sys; from papernotes.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "runtime", "--required", "--root", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    assert [*elsewhere.iterdir()] == []
    assert not link.is_symlink()
    assert manifest.read(tmp_path)


def test_a_build_refuses_by_itself(project: Path, tmp_path: Path) -> None:
    bad = {
        "docs/evil.html": "<script>alert(1)</script>",
        "docs/about.md": "title: <img src=x onerror=alert(1)>\n\n# 글\n",
        "docs/moved.md": "---\ntemplate: redirect.html\nlocation: //e.example\n---\n",
        "docs/<b>.md": "# 글\n",
        "docs/x.markdown": "# 글\n",
    }
    for path, content in bad.items():
        (project / path).write_text(content, "utf-8")
    said = refusal(project, tmp_path / "site")
    assert {line.partition(":")[0] for line in said.split("\n") if ": PN" in line} == bad.keys()
    assert "Traceback" not in said
    assert not (tmp_path / "site").exists()


BOMBS = [
    "## 제목 {" + " " * 3000,
    "{" * 9000,
    "[" * 9000,
    "![a]" * 2000,
    "[a](b " * 1500,
    "<a " * 3000,
    ("[" * 90 + "\n") * 90,
    "> " * 900 + "a",
    "1. " * 3000 + "a",
    "\n".join("  " * level + "- a" for level in range(900)),
    "# " + "#" * 9000 + "{",
    "`" + " ``" * 3000,
    "<!--" * 400,
    "&" * 9000,
    "|" * 4000 + "\n" + "|-" * 2000,
    "- " * 4000,
    "$" * 9000,
    "\u200b" * 9000,
]
"""What took a reader of Markdown minutes, or ended it."""


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_no_page_takes_long_to_be_read_or_rendered(tmp_path: Path, bomb: str) -> None:
    project = small_project(tmp_path)
    (project / "docs/about.md").write_text(f"# 글\n\n{bomb}\n", "utf-8")
    page = library.read(project, "about.md")
    if page.readable:
        # Not to be timed here: pytest would wait for minutes.
        assert markdown.markdown(page.body, extensions=["attr_list", "tables", "footnotes"])
    else:
        assert [each.code for each in page.problems] == ["PN603"]


BLOCKS = {
    "/// details | 더 보기\n    type: pn-verified\n\n글\n///": "PN203",
    "/// details | 더 보기\n    type: [note]\n\n글\n///": "PN203",
    "/// details | 더 보기\n    attrs: {hidden: hidden}\n\n글\n///": "PN202",
    "/// figure-caption | <1\n글\n///": "PN203",
    "/// figure-caption | <script>\n글\n///": "PN203",
    "/// table-caption | x\n글\n///": "PN203",
    "/// paper-list\n    a: &a [x]\n    b: &b [*a, *a]\n///": "PN203",
    "/// details | 더 보기\n    type: tip\n\n글\n///": "",
    "![그림](assets/a.svg)\n\n/// figure-caption\n글\n///": "",
    "![그림](assets/a.svg)\n\n/// figure-caption | 1.2\n글\n///": "",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_blocks_that_are_not_ours_feign_nothing(tmp_path: Path, block: str) -> None:
    project = small_project(tmp_path)
    (project / "docs/about.md").write_text(f"# 글\n\n{block}\n", "utf-8")
    assert {each.code for each in library.load(project).problems} == {BLOCKS[block]} - {""}


GIVEN = {
    '*원문과 대조함*{ .pn-verified title="x" }': ".pn-verified",
    '`{"base": "//e.example"}`{ #__config }': "#__config",
    "문단\n{ .pn-run }": ".pn-run",
    "문단\n{ .pn-filter }": ".pn-filter",
    "*낱말*{ hidden=hidden }": "hidden",
    "*낱말*{ aria-hidden=true }": "aria-hidden",
    "*낱말*{ .md-search .pn-more }": ".md-search",
    "*낱말*{ dir=rtl }": "dir",
    "*낱말*{ role=alert tabindex=1 }": "role",
    "*낱말*{ contenteditable=true }": "contenteditable",
    "*낱말*{ popover=manual }": "popover",
    "*낱말*{ width=9999 }": "width",
    "[글](index.md){ target=_blank }": "target",
    "[글](index.md){ ping=//e.example }": "ping",
    "![그림](assets/a.png){ width=100% }": "width",
    "## 제목 { #pn-line-3 }": "#pn-line-3",
    "*낱말*{ lang=en }": "",
    "![그림](assets/a.png){ width=100 loading=lazy }": "",
    "[글](index.md){ .pn-more }": "",
    "## 제목 { #a-place }": "",
}


@pytest.mark.parametrize("text", GIVEN)
def test_what_authors_give_in_braces_is_what_they_may(text: str) -> None:
    given = Given()
    md = markdown.Markdown(extensions=["attr_list"])
    found: list[str] = []
    for step, priority in [(given.before, 8.5), (lambda r: found.extend(given.after(r)), 7.5)]:
        processor = Treeprocessor(md)
        processor.run = step  # type: ignore[method-assign, assignment]
        md.treeprocessors.register(processor, f"{priority}", priority)
    made = md.convert(text)
    assert bool(found) == bool(GIVEN[text])
    assert GIVEN[text] in " ".join(found)
    if GIVEN[text].startswith("."):
        assert GIVEN[text][1:] not in made
