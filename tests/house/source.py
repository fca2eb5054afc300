"""What the house rules read: the project's own files, and nothing that was made or fetched."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lended", "matching", "setup_steps", "migrations", "tests")
VENDORED = "vendor"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files below some folders, or all of the project's."""
    below = [path for name in folders or PACKAGES for path in (ROOT / name).rglob("*.py")]
    alone = [] if folders else sorted(ROOT.glob("*.py"))
    return (*alone, *sorted(below))


@cache
def templates() -> tuple[Path, ...]:
    """Return every template."""
    return tuple(sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file()))


@cache
def front_end_files() -> tuple[Path, ...]:
    """Return our own style sheets and scripts."""
    files = (ROOT / "lended" / "static").rglob("*")
    own = (path for path in files if path.suffix in {".css", ".js"})
    return tuple(sorted(path for path in own if VENDORED not in path.parts))


def name_of(path: Path) -> str:
    """Return a file's path as people write it."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Return what a file says."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text_of(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a Python file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
