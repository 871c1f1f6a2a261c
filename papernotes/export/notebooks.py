"""Each snippet as a notebook beside its source, for readers who want to go on from it."""

import jupytext

from papernotes.snippets.snippet import Snippet


def notebook(snippet: Snippet) -> str:
    """Return a snippet as a notebook (nbformat 4); the same source gives the same text."""
    made = jupytext.read(snippet.file, fmt="py:percent")
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    made.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return str(jupytext.writes(made, fmt="ipynb"))
