"""A figure as text that two runs agree on."""

import re

# Six significant digits are more than a screen shows and fewer than processors differ in.
_DECIMAL = re.compile(r"(?<![\w#.])-?\d*\.\d+(?:e[+-]?\d+)?(?![\w.])")
# matplotlib names what it defines by a kind and ten digits of a hash of unrounded numbers
# (matplotlib/backends/backend_svg.py, RendererSVG._make_id).
_ID = re.compile(r'(?<= id=")(\w*?)[0-9a-f]{10}(?=")')
_REFERENCE = re.compile(r'(?<=["#])\w*?[0-9a-f]{10}(?=["\)])')


def canonical(svg: str) -> str:
    """Return matplotlib's ``svg`` with rounded numbers and ids counted from 1; idempotent."""
    start = max(svg.find("<svg"), 0)
    prolog, svg = svg[:start], svg[start:]  # version="1.0" is no measure
    svg = _DECIMAL.sub(lambda number: f"{float(number[0]) + 0.0:.6g}", svg)
    kinds = {defined[0]: defined[1] for defined in _ID.finditer(svg)}
    names = {name: f"{kind}.{count}" for count, (name, kind) in enumerate(kinds.items(), 1)}
    svg = _REFERENCE.sub(lambda used: names.get(used[0], used[0]), svg)
    return "".join(line.rstrip() + "\n" for line in (prolog + svg).rstrip().split("\n"))
