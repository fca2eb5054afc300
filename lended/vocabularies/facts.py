"""The facts a supplier may state of a product; a fact that is absent is not stated.

``facts.json`` describes each fact once; forms, pages, comparison, filters and imports follow it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lended.vocabularies import lists

PATH = Path(__file__).resolve().parent / "facts.json"
NOT_STATED = "Not stated"
SINGULARS = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "minutes": "minute",
    "pupils": "pupil",
    "teachers": "teacher",
    "people": "person",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be stated of a product.

    Parameters
    ----------
    kind
        ``yes_no``, ``one_of``, ``many_of``, ``whole_number`` or ``words``.
    vocabulary
        The list a ``one_of`` or ``many_of`` chooses from.
    minimum, maximum
        The range of a number, or the most characters of words.
    yes, no
        What the answer means for a teacher, as a sentence that says it without the label.
    """

    code: str
    group: str
    label: str
    kind: str
    vocabulary: str = ""
    unit: str = ""
    minimum: int = 0
    maximum: int = 0
    hint: str = ""
    yes: str = ""
    no: str = ""


@cache
def _facts() -> dict[str, Fact]:
    rows = json.loads(PATH.read_text(encoding="utf-8"))["entries"]
    return {row["code"]: Fact(**row) for row in rows}


def facts() -> tuple[Fact, ...]:
    """Return every fact, in order."""
    return tuple(_facts().values())


def fact(code: str) -> Fact:
    """Return a fact by its code; a KeyError names one that is not there."""
    return _facts()[code]


def fact_groups() -> tuple[str, ...]:
    """Return the groups of facts, in order."""
    return tuple(dict.fromkeys(each.group for each in facts()))


def fact_words(code: str, value: Any) -> str:
    """Return what a value says on the screen."""
    known = fact(code)
    if value is None:
        return NOT_STATED
    if known.kind == "yes_no":
        return (known.yes or "Yes") if value else (known.no or "No")
    if known.kind == "one_of":
        return lists.label(known.vocabulary, value)
    if known.kind == "many_of":
        return ", ".join(lists.label(known.vocabulary, each) for each in value)
    return _number_words(known, value) if known.kind == "whole_number" else str(value)


def clean_facts(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts that make sense, and for each that does not a sentence saying why.

    Nothing, blank text and the empty list mean *not stated* and are left out of both. Text loses
    the blanks around it, and a choice made twice counts once.
    """
    stated = {code: _tidy(value) for code, value in given.items()}
    stated = {code: value for code, value in stated.items() if value not in (None, "", [])}
    problems = {code: _problem(code, value) for code, value in stated.items()}
    problems = {code: problem for code, problem in problems.items() if problem}
    return {code: value for code, value in stated.items() if code not in problems}, problems


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list | tuple):
        codes = all(isinstance(each, str) for each in value)
        return list(dict.fromkeys(value)) if codes else list(value)
    return value


def _number_words(known: Fact, value: int) -> str:
    if known.unit == "pence":
        whole, rest = divmod(value, 100)
        return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"
    if not known.unit:
        return str(value)
    return f"{value:,} {SINGULARS[known.unit] if value == 1 else known.unit}"


def _problem(code: str, value: Any) -> str:
    if code not in _facts():
        return "There is no such fact."
    known = fact(code)
    checks = {
        "yes_no": isinstance(value, bool),
        "one_of": isinstance(value, str) and _in_list(known, [value]),
        "many_of": isinstance(value, list) and _in_list(known, value),
        "whole_number": _in_range(known, value),
        "words": isinstance(value, str) and len(value) <= known.maximum,
    }
    return "" if checks[known.kind] else _advice(known)


def _in_list(known: Fact, values: list[Any]) -> bool:
    return bool(known.vocabulary) and all(v in lists.codes(known.vocabulary) for v in values)


def _in_range(known: Fact, value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and known.minimum <= value <= known.maximum


def _advice(known: Fact) -> str:
    return {
        "yes_no": "Answer yes, no or not stated.",
        "one_of": "Choose one from the list.",
        "many_of": "Choose from the list.",
        "whole_number": f"Enter a whole number{_range_words(known)}.",
        "words": f"Write a few words, {known.maximum} characters at most.",
    }[known.kind]


def _range_words(known: Fact) -> str:
    if not known.unit:
        return f", {known.minimum} to {known.maximum}"
    return f" of {known.unit}, {known.minimum:,} to {known.maximum:,}"
