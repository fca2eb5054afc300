"""Lists of codes and what people call them, read once from ``lists/*.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "lists"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list."""

    code: str
    label: str
    group: str = ""
    explanation: str = ""
    words: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    years: str = ""
    hint: str = ""


@cache
def _entries(name: str) -> dict[str, Entry]:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        raise KeyError(name)
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return {row["code"]: _entry(row) for row in rows}


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()})


def entry(name: str, code: str) -> Entry:
    """Return an entry of a list; a KeyError names what is unknown."""
    return _entries(name)[code]


def label(name: str, code: str) -> str:
    """Return what people call a code."""
    return _entries(name)[code].label


def codes(name: str) -> tuple[str, ...]:
    """Return a list's codes in order."""
    return tuple(_entries(name))


def choices(name: str) -> list[tuple[str, str]]:
    """Return pairs of code and label in order."""
    return [(each.code, each.label) for each in _entries(name).values()]
