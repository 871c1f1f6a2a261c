"""The project that a command works on: ``--root``, and what is said where there is none."""

import argparse
from pathlib import Path


def add_root(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--root``."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")


def absence(root: Path, part: str = "docs") -> str:
    """Return what to say where ``root`` lacks ``part``, and so is no project; else nothing."""
    if (root / part).exists():
        return ""
    return f"프로젝트 폴더가 아니에요: {root}에 {part} 없음. 옮겨 가거나 --root를 적어 주세요."
