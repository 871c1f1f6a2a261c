"""Converts pages of a project as MkDocs does, one by one and without the theme."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from tests.conftest import ROOT


class _Links(Treeprocessor):
    """Holds what MkDocs' processor of this name holds; it leaves the links as they are."""

    def __init__(self, path: str, files: object) -> None:
        super().__init__()
        self.file = SimpleNamespace(src_uri=path)
        self.files = files

    def run(self, root: Element) -> None:
        pass


def stock() -> Markdown:
    """Return Markdown of one's own, as mkdocs.yml sets it up, without what is ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTEBOOKS", "false")
        config: Any = load_config(str(ROOT / "mkdocs.yml"))
    names = [name for name in config.markdown_extensions if not name.startswith("papernotes")]
    return Markdown(extensions=names, extension_configs=config.mdx_configs)


class Build:
    """One build: what was saved before it began is on every page."""

    def __init__(
        self,
        root: Path,
        extensions: Sequence[Any] = ("attr_list", "toc", "pymdownx.superfences"),
        configs: dict[str, Any] | None = None,
    ) -> None:
        """Take the project's root and what mkdocs.yml says of Markdown."""
        self.root = root
        self.configs = configs or {"papernotes.extension": {"root": str(root)}}
        self.extensions = [*extensions, *([] if configs else ["papernotes.extension"])]
        self.files = object()

    def html(self, path: str) -> str:
        """Return a page as HTML; ``path`` is relative to ``docs/``."""
        md = Markdown(extensions=self.extensions, extension_configs=self.configs)
        md.treeprocessors.register(_Links(path, self.files), "relpath", 0)
        return md.convert(get_data((self.root / "docs" / path).read_text("utf-8"))[0])

    def page(self, path: str) -> BeautifulSoup:
        """Return a page, parsed."""
        return BeautifulSoup(self.html(path), "html.parser")
