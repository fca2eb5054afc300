"""The facts a supplier may state of a product; a fact that is absent is not stated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lended.vocabularies import lists

PATH = Path(__file__).resolve().parent / "facts.json"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be stated of a product."""

    code: str
    group: str
    label: str
    kind: str
    vocabulary: str = ""
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    hint: str = ""
    yes: str = ""
    no: str = ""


@cache
def _facts() -> dict[str, Fact]:
    rows = json.loads(PATH.read_text(encoding="utf-8"))["entries"]
    return {row["code"]: Fact(**row) for row in rows}


def facts() -> tuple[Fact, ...]:
    """Return every fact in order."""
    return tuple(_facts().values())


def fact(code: str) -> Fact:
    """Return a fact by its code."""
    return _facts()[code]


def fact_groups() -> tuple[str, ...]:
    """Return the groups in order."""
    return tuple(dict.fromkeys(each.group for each in facts()))


def fact_words(code: str, value: Any) -> str:
    """Return what a value says on the screen."""
    known = fact(code)
    if value is None:
        return "Not stated"
    if known.kind == "yes_no":
        return (known.yes or "Yes") if value else (known.no or "No")
    if known.kind == "one_of":
        return lists.label(known.vocabulary, value)
    if known.kind == "many_of":
        return ", ".join(lists.label(known.vocabulary, each) for each in value)
    if known.kind == "whole_number":
        return f"{value:,} {known.unit}".strip()
    return str(value)


def clean_facts(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts that make sense, and a sentence for each that does not."""
    clean: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for code, value in given.items():
        if code not in _facts():
            errors[code] = "There is no such fact."
        elif value not in (None, "", []):
            clean[code] = value
    return clean, errors
