"""Files stay short enough to read, and functions to see at once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import (
    front_end_files,
    functions_of,
    name_of,
    python_files,
    templates,
    text_of,
)

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_THE_README = 120
MADE_BY_ALEMBIC = "migrations/versions/"
LONG_ONES = tuple(
    path
    for path in (*python_files(), *templates(), *front_end_files())
    if not name_of(path).startswith(MADE_BY_ALEMBIC)
)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has without what explains it."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    explains = ast.get_docstring(function, clean=False) is not None
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if explains else 0)


def test_a_docstring_does_not_make_a_function_long() -> None:
    source = 'def greet():\n    """Say\n    hello.\n    """\n    return 1\n'
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert code_lines(function) == 2


@pytest.mark.parametrize("path", LONG_ONES, ids=name_of)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= MOST_LINES_OF_A_FILE


def test_every_function_fits_on_a_screen() -> None:
    long = [
        f"{name_of(path)}: {function.name} has {code_lines(function)} lines"
        for path in python_files()
        if not name_of(path).startswith(MADE_BY_ALEMBIC)
        for function in functions_of(path)
        if code_lines(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_the_readme_can_be_read_in_one_go() -> None:
    readme = Path(__file__).resolve().parents[2] / "README.md"
    assert len(text_of(readme).splitlines()) <= MOST_LINES_OF_THE_README
