"""Lint, formatting, types, import contracts and templates: each tool is one test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
TOOLS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports", "--no-logo"],
    "template format": ["djlint", "--check", "templates"],
    "template lint": ["djlint", "--lint", "templates"],
}
PLANTED = {
    "lended/loans/utils.py": "",
    "lended/accounts/policy.py": "import lended.notices",
    "lended/accounts/queries.py": "import flask",
    "lended/accounts/rules.py": "import sqlalchemy",
    "lended/accounts/views.py": "import lended.accounts.models\nimport lended.loans.queries",
    "lended/needs/service.py": "import matching",
    "matching/stray.py": "import lended.clock",
}
CAUGHT = [
    "lended.loans.utils",
    "lended.accounts.policy -> lended.notices",
    "lended.accounts.queries -> flask",
    "lended.accounts.rules -> sqlalchemy",
    "lended.accounts.views -> lended.accounts.models",
    "lended.needs.service -> matching",
    "matching.stray -> lended.clock",
]


def output_and_code(command: list[str], folder: Path) -> tuple[str, int]:
    """Run one of the environment's programs in a folder."""
    ended = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return ended.stdout, ended.returncode


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_finds_nothing(tool: str) -> None:
    output, code = output_and_code(TOOLS[tool], ROOT)
    if code:
        pytest.fail(output, pytrace=False)


@pytest.fixture(scope="module")
def contracts_on_a_broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the contracts say of a copy in which every kind of wrong import is planted."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    for package in ("lended", "matching"):
        ignored = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / package, house / package, ignore=ignored)
    for path, code in PLANTED.items():
        shutil.rmtree(house / path.removesuffix(".py"), ignore_errors=True)
        (house / path).write_text(code, encoding="utf-8")
    output, code_ = output_and_code(["lint-imports", "--no-logo", "--no-cache"], house)
    assert code_ == 1, output
    return output


@pytest.mark.parametrize("words", CAUGHT)
def test_the_contracts_catch_a_wrong_import(words: str, contracts_on_a_broken_house: str) -> None:
    assert words in contracts_on_a_broken_house


def test_a_view_may_read_the_queries_of_any_feature(contracts_on_a_broken_house: str) -> None:
    assert "lended.accounts.views -> lended.loans.queries" not in contracts_on_a_broken_house
