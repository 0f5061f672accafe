"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {"node_modules", "instance", "build", "vendor", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the tree but those that set-up, running and tools make."""
    return tuple(sorted(_below(ROOT)))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name == ".ci" or (path.name not in NOT_OURS and not path.name.startswith(".")):
                yield from _below(path)
        elif path.suffix not in {".pyc", ".mo"}:
            yield path


def program(*folders: str) -> list[Path]:
    """The Python files of the program, or of some of its folders."""
    return [path for path in files() if path.suffix == ".py" and name(path).startswith(folders or ("app/", "imports/"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the full name of every module that a file imports, at its top or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
