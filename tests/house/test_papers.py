"""The papers beside the code: settings, commands and words are written down where promised."""

from __future__ import annotations

import dataclasses
import re

import pytest
from flask import Flask

from config import Settings
from lended.access import ROLE_WORDS
from lended.features import FEATURES
from lended.loans.rules import State
from tests.house.source import ROOT, text_of

DOCS = ROOT / "docs"
SETTING = re.compile(r"`(LENDED_[A-Z_]+)`")
ONLY_FOR_TESTS = frozenset({"testing"})
PAPERS = (
    "api",
    "tour",
    "patterns",
    "glossary",
    "running",
    "operating",
    "design",
    "matching",
    "meaning",
    "judging",
)


def test_every_setting_is_described_and_nothing_else() -> None:
    names = {field.name for field in dataclasses.fields(Settings)} - ONLY_FOR_TESTS
    described = set(SETTING.findall(text_of(DOCS / "operating.md")))
    assert described == {f"LENDED_{name.upper()}" for name in names}


def test_every_command_is_described(app: Flask) -> None:
    words = text_of(DOCS / "operating.md") + text_of(DOCS / "running.md")
    missing = {name for name in app.cli.commands if f"`{name}" not in words and name != "db"}
    assert not missing


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_exists(name: str) -> None:
    assert text_of(DOCS / f"{name}.md").startswith("# ")


def test_every_decision_has_a_number_and_says_why() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert decisions
    numbers = [path.name[:4] for path in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert all("## Why" in text_of(path) for path in decisions)


def test_the_glossary_explains_the_words_of_screen_and_code() -> None:
    words = [
        *(feature.name for feature in FEATURES),
        *(words.casefold() for words in ROLE_WORDS.values()),
        *(state.value.replace("_", " ") for state in State),
    ]
    glossary = text_of(DOCS / "glossary.md").casefold()
    assert not [word for word in words if word not in glossary]
