r"""The formula that a quotation shows, as the words that a PDF has for it.

A PDF draws a formula's signs one after the other: ``$x_k^{LM}$`` comes out as ``xLM k``,
``x k LM`` or ``xkLM``. :func:`readings` gives those ways. Only what cannot be taken for prose is
read: variables, Greek letters, numbers, operators, scripts, roots and fractions.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product

_GREEK = (
    "alpha:α beta:β gamma:γ delta:δ epsilon:ϵ varepsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ "
    "lambda:λ mu:μ nu:ν xi:ξ pi:π rho:ρ sigma:σ tau:τ upsilon:υ phi:φ varphi:φ chi:χ psi:ψ "
    "omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω"
)
_SIGNS = (
    "times:× cdot:· pm:± le:≤ leq:≤ ge:≥ geq:≥ ne:≠ neq:≠ approx:≈ sim:∼ in:∈ notin:∉ to:→ "
    "rightarrow:→ leftarrow:← mid:| infty:∞ partial:∂ nabla:∇ ell:ℓ sum:∑ prod:∏ ldots:... "
    "dots:... cdots:... circ:◦ odot:⊙ oplus:⊕ langle:⟨ rangle:⟩ lvert:| "
    "rvert:| top:⊤ log:log exp:exp max:max min:min arg:arg tanh:tanh softmax:softmax "
    "sin:sin cos:cos"
)
_COMMANDS = dict(pair.split(":", 1) for pair in f"{_GREEK} {_SIGNS}".split())
_LOOKS = (
    "mathbf mathcal mathbb boldsymbol bm mathsf "
    "mathit mathrm text textit textbf operatorname mathtt"
)
_SET_APART = frozenset(_LOOKS.split())
"""Commands that change how their argument looks and not what it says; a hat or a bar is not one:
it makes another variable, and few PDFs tell it. Nor is a prime or a star."""

_SILENT = frozenset({"left", "right", "big", "bigl", "bigr", ",", ";", ":", "!", " "})

_PUNCTUATION = frozenset([*"/:;,.?", r"\cdot", r"\dots", r"\cdots", r"\ldots"])
"""What no words are made of, and so is not compared."""

_BETWEEN = re.compile(r"(?<=\w) − (?=\w)")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)


class _Unreadable(Exception):
    """The formula has something that could show anything."""


def readings(tex: str) -> list[str]:
    """Return the ways in which a PDF may write ``tex``; none where it is not to be read."""
    try:
        between = (
            {"_": low, "^": high, "": end} for low, high, end in product(("", " "), repeat=3)
        )
        ways = [_Reader(tex, first, gaps).all() for gaps in between for first in "_^"]
    except _Unreadable:
        return []
    return list(dict.fromkeys([*ways, *(_BETWEEN.sub("-", way) for way in ways)]))


class _Reader:
    """One way: which of two scripts comes first, and what stands before each kind."""

    def __init__(self, tex: str, first: str, between: Mapping[str, str]) -> None:
        self.tokens = [token for token in _TOKEN.findall(tex) if not token.isspace()]
        self.first = first
        self.between = between
        self.at = 0

    def all(self) -> str:
        if {self.tokens[0], self.tokens[-1]} & _PUNCTUATION:  # "/x" is more than "x"
            raise _Unreadable
        text = "".join(self.run(is_script=False))
        if self.at < len(self.tokens):
            raise _Unreadable
        return text

    def run(self, is_script: bool) -> Iterator[str]:
        """Yield the text up to the end, or up to the bracket that closes a group."""
        letters = ""
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            base = self.atom(is_script)
            letters = letters + base if base.isalpha() and base.isascii() else ""
            if len(letters) > 2 and not is_script and letters not in _COMMANDS.values():
                raise _Unreadable  # a word
            scripts = {}
            while self.peek() in ("_", "^"):
                script = self.tokens[self.at]
                self.at += 1
                scripts[script] = self.atom(is_script=True)
                letters = ""
            yield base
            for kind in sorted(scripts, key=lambda each: each != self.first):
                power = kind == "^" and base[-1:].isdigit()
                yield ("^" if power else self.between[kind]) + scripts[kind]
            if scripts:
                yield self.between[""]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def is_number_sign(self) -> bool:
        """Whether the minus just read belongs to the number behind it: ``-0.3``, ``1e-4``."""
        before = self.tokens[self.at - 2] if self.at > 1 else "="
        return self.peek()[:1].isdigit() and before in ("=", "<", ">", "(", "[", ",", "e")

    def atom(self, is_script: bool) -> str:
        """Read one thing: a sign, a group, or a command with what it takes."""
        token = self.peek()
        self.at += 1
        if token == "{":
            text = "".join(self.run(is_script))
            if self.peek() != "}":
                raise _Unreadable
            self.at += 1
            return text
        if not token or token in "}_^&~%#$'*′\"":
            raise _Unreadable
        if token == ":" and self.peek() == "=":
            raise _Unreadable
        if not token.startswith("\\"):
            if token == "-" and not is_script and not self.is_number_sign():
                return " − "
            return f" {token} " if token in "=<>+|!" else token
        name = token[1:]
        if name in _SILENT:
            before, after = self.tokens[self.at - 2 : self.at - 1], self.peek()
            is_thousand = name == "," and len(after) == 3
            if before and before[0].isdigit() and after.isdigit() and not is_thousand:
                raise _Unreadable  # "4 0" is not 40
            return ""
        if name in "{}|":
            return " ∥ " if name == "|" else name
        if name in _COMMANDS:
            sign = _COMMANDS[name]
            return f" {sign} " if len(sign) > 1 or not sign.isalpha() else sign
        if name in _SET_APART:
            return self.atom(is_script)
        if name == "sqrt":
            return f" √ {self.atom(is_script)}"
        if name == "frac":
            return f"{self.atom(is_script)} {self.atom(is_script)}"
        raise _Unreadable
