"""``assets/search/offline.js``: the search as one script with its index in it.

Browsers load neither modules nor data from files, so a copy to be opened without a server
(``make offline``) needs it in this form.
"""

import json
import re
from pathlib import Path

from papernotes.export.site import Json

FOLDER = "assets/search"
FILE = f"{FOLDER}/offline.js"

_IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
_GLOBAL = """
const search = new $answers.Answers(%s);
globalThis.papernotesSearch = {
  parts: { ...$box, ...$marks },
  ask: async (text, filters) => search.answer(text, filters),
};
"""


def script(folder: Path, index: Json) -> str:
    """Return the modules under ``folder`` (a site's) as one classic script, with the index.

    Each becomes a function's result: the modules use no other forms of import and export.
    """
    made: dict[str, str] = {}
    for name in ("answers", "box", "marks"):
        _add(name, folder / FOLDER, made)
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return "\n".join(["(() => {", *made.values(), _GLOBAL % data, "})();", ""])


def _add(name: str, folder: Path, made: dict[str, str]) -> None:
    """Add a module behind those that it imports."""
    if name in made:
        return
    source = (folder / f"{name}.js").read_text("utf-8")
    for _, needed in _IMPORT.findall(source):
        _add(needed, folder, made)
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r"const {\1} = $\2;", source))
    made[name] = f"const ${name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"
