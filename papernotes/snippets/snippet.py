"""The snippets under ``snippets/``, and what their source alone tells about them."""

import ast
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from papernotes.problems import Problem

FOLDER = "snippets"
# What a reader's browser can load beside the standard library.
PACKAGES = frozenset({"numpy", "matplotlib", "mpl_toolkits"})


@dataclass(frozen=True)
class Module:
    """A Python file under ``snippets/``; ``path`` is relative to ``root``, which is absolute."""

    root: Path
    path: str

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return self.root / self.path

    @cached_property
    def tree(self) -> ast.Module | Problem:
        """The parsed source, or what keeps it from being parsed."""
        try:
            source = self.file.read_bytes()
            source.decode()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the run turns them into errors
                return ast.parse(source)
        except OSError as error:
            message = f"파일을 읽을 수 없어요 ({error.strerror}). 권한을 확인해 주세요."
            return self.problem(1, "PN413", message)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return self.problem(line, "PN412", "UTF-8이 아니에요. 파일을 UTF-8로 저장해 주세요.")
        except SyntaxError as error:
            return Problem(
                self.path,
                error.lineno or 1,
                max(error.offset or 1, 1),
                "PN413",
                f"파이썬 문법에 맞지 않아요 ({error.msg}). 이 줄을 고쳐 주세요.",
            )
        except (ValueError, RecursionError, MemoryError) as error:
            return self.problem(
                1, "PN413", f"파이썬으로 읽을 수 없어요 ({error}). 파일을 다시 저장해 주세요."
            )

    @cached_property
    def imports(self) -> dict[str, int]:
        """The top-level modules it imports, each with the first line that does."""
        names: dict[str, int] = {}
        for node in ast.walk(self.tree) if isinstance(self.tree, ast.Module) else ():
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or "."]
            else:
                continue
            for module in modules:
                names.setdefault(module.partition(".")[0], node.lineno)
        return names

    @cached_property
    def assertions(self) -> tuple[int, ...]:
        """The lines of its assertions; one that names nothing (``assert True``) claims nothing."""
        nodes = ast.walk(self.tree) if isinstance(self.tree, ast.Module) else ()
        return tuple(
            sorted(
                node.lineno
                for node in nodes
                if isinstance(node, ast.Assert)
                and not isinstance(node.test, ast.Tuple)  # always true, whatever it holds
                and any(isinstance(part, ast.Name) for part in ast.walk(node.test))
            )
        )

    @cached_property
    def helpers(self) -> frozenset[str]:
        """The paths of the helper modules it imports, directly or not, present or missing."""
        found: set[str] = set()
        waiting: list[Module] = [self]
        while waiting:
            module = waiting.pop()
            beside = {
                (Path(module.path).parent / f"{name}.py").as_posix()
                for name in module.imports
                if name.startswith("_") and name not in sys.stdlib_module_names
            }
            waiting += [Module(self.root, path) for path in beside - found]
            found |= beside
        return frozenset(found)

    def uses(self, package: str) -> bool:
        """Tell whether it imports ``package``, itself or through a helper."""
        modules = [self, *(Module(self.root, path) for path in self.helpers)]
        return any(package in module.imports for module in modules)

    def problem(self, line: int, code: str, message: str) -> Problem:
        """Return a problem in a line of this file."""
        return Problem(self.path, line, 1, code, message)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the source, without running it."""
        if isinstance(self.tree, Problem):
            yield self.tree
            return
        for name, line in self.imports.items():
            known = name in sys.stdlib_module_names or name in PACKAGES
            helper = name.startswith("_") and (self.file.parent / f"{name}.py").is_file()
            if not known and not helper:
                yield self.problem(
                    line,
                    "PN415",
                    f"쓸 수 없는 모듈이에요 (`{name}`). 스니펫은 브라우저에서도 돌아야 해서 표준 "
                    "라이브러리, numpy, matplotlib, 곁에 있는 `_`로 시작하는 모듈만 써 주세요.",
                )


@dataclass(frozen=True)
class Snippet(Module):
    """A script that shows one claim: ``snippets/<paper>/<name>.py``."""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the source, without running it."""
        yield from super().problems()
        if not Path(self.path).stem.isidentifier():
            yield self.problem(
                1,
                "PN414",
                "이름이 스니펫의 이름이 될 수 없어요. 영문자, 숫자, `_`만 쓴 이름으로 바꿔 주세요.",
            )
        if isinstance(self.tree, ast.Module) and not self.assertions:
            last = self.file.read_bytes().count(b"\n")
            yield self.problem(
                max(last, 1),
                "PN411",
                "주장을 확인하는 `assert`가 없어요. 스니펫이 보이려는 것을 `assert`로 적어 주세요.",
            )


def modules(root: Path) -> list[Module]:
    """Return every Python file under ``snippets/``, by path, helpers included."""
    root = root.resolve()
    files = sorted((root / FOLDER).rglob("*.py"))
    paths = [(file, file.relative_to(root).as_posix()) for file in files if file.is_file()]
    return [
        Module(root, path) if file.name.startswith("_") else Snippet(root, path)
        for file, path in paths
    ]


def snippets(root: Path) -> list[Snippet]:
    """Return every snippet under ``snippets/``, by path."""
    return [module for module in modules(root) if isinstance(module, Snippet)]
