"""Lists of codes and what people call them, each read once from ``lists/*.json``.

A file holds the list's version, source and licence beside its entries.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "lists"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list.

    Parameters
    ----------
    label
        What people call it.
    group
        A code of the list of groups; empty when the list has none.
    explanation, hint
        A sentence on what it is; one that helps to choose it.
    words
        What teachers say when they mean it, slips of spelling included.
    ages
        The age at which it begins and the age at which it ends, in years.
    needs
        Codes of the list ``need`` that it is made of.
    """

    code: str
    label: str
    group: str = ""
    explanation: str = ""
    words: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    years: str = ""
    hint: str = ""
    needs: tuple[str, ...] = ()


@cache
def _entries(name: str) -> dict[str, Entry]:
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        raise KeyError(name)
    rows = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return {row["code"]: _entry(row) for row in rows}


def _entry(row: dict[str, Any]) -> Entry:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Entry(**values)


def entry(name: str, code: str) -> Entry:
    """Return an entry; a KeyError names the list or code that is not there."""
    return _entries(name)[code]


def label(name: str, code: str) -> str:
    """Return what people call a code; a KeyError names the list or code that is not there."""
    return _entries(name)[code].label


def codes(name: str) -> tuple[str, ...]:
    """Return a list's codes, in order."""
    return tuple(_entries(name))


def choices(name: str) -> list[tuple[str, str]]:
    """Return pairs of code and label, in order, as form fields want them."""
    return list(_pairs(name))


@cache
def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((each.code, each.label) for each in _entries(name).values())
