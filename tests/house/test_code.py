"""Rules about the code that no tool knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.source import (
    ROOT,
    front_end_files,
    name_of,
    python_files,
    templates,
    text_of,
    tree_of,
)

ONE_COMMIT = "lended/work.py"
PEERS_COMMIT = "lended/operations/benchmarks/matching/peers/tantivy.py"
"""Not of a database: a search engine that ours is measured beside calls it so."""
SETTINGS = "config.py"
NAMES_FOR_NOTHING = frozenset({"common", "core", "helpers", "manager", "misc", "utils"})
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")


def calls_commit(node: ast.AST) -> bool:
    """Tell whether a piece of code commits a transaction."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    )


def reads_environment(node: ast.AST) -> bool:
    """Tell whether a piece of code reads the process's environment."""
    named = {"environ", "environb", "getenv", "getenvb"}
    if isinstance(node, ast.Attribute):
        return node.attr in named and isinstance(node.value, ast.Name) and node.value.id == "os"
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "os"
        and any(alias.name in named for alias in node.names)
    )


def places_of(found: Callable[[ast.AST], bool], *folders: str) -> set[str]:
    """Return the files in which something is found."""
    return {
        name_of(path)
        for path in python_files(*folders)
        if any(found(node) for node in ast.walk(tree_of(path)))
    }


@pytest.mark.parametrize(
    ("source", "found", "caught"),
    [
        ("session.commit()", calls_commit, True),
        ("work.session.commit()", calls_commit, True),
        ("work.settle()", calls_commit, False),
        ("os.environ['A']", reads_environment, True),
        ("os.getenv('A')", reads_environment, True),
        ("from os import environ", reads_environment, True),
        ("request.environ", reads_environment, False),
    ],
)
def test_the_rules_can_tell(source: str, found: Callable[[ast.AST], bool], caught: bool) -> None:
    assert any(found(node) for node in ast.walk(ast.parse(source))) is caught


def test_there_is_one_commit() -> None:
    assert places_of(calls_commit, "lended", "matching", "migrations") == {ONE_COMMIT, PEERS_COMMIT}


def test_only_the_settings_read_the_environment() -> None:
    assert places_of(reads_environment, "lended", "matching", "migrations") == set()
    assert SETTINGS in places_of(reads_environment)


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_module_is_named_for_what_it_is(path: Path) -> None:
    words = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    assert not words & NAMES_FOR_NOTHING


def test_nothing_is_left_for_later() -> None:
    left = [
        name_of(path)
        for path in (*python_files(), *templates(), *front_end_files(), *ROOT.glob("docs/**/*.md"))
        if UNFINISHED.search(text_of(path))
    ]
    assert not left


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in python_files("lended", "matching", "setup_steps")
        if not ast.get_docstring(tree_of(path))
    ]
    assert not silent
