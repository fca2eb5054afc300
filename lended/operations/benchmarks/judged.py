"""Needs in teachers' words, each judged by a reader against every product of the demo.

They lie in ``judged.json``; the rule they were graded by is in ``docs/judging.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

FILE = Path(__file__).with_name("judged.json")
Half = Literal["tuning", "held_out"]
NOTHING_FITS = frozenset({"off_topic", "unserved"})
TUNING_DIGITS = frozenset("2479")


@dataclass(frozen=True, slots=True)
class JudgedNeed:
    """A need and what would be a good answer to it.

    Parameters
    ----------
    id
        ``n`` and three digits; given once and never again.
    words
        As a teacher types them, slips included.
    kinds
        What makes it hard, such as ``misspelt`` or ``paraphrase``; at least one.
    codes
        The codes of the vocabulary ``need`` this teacher would confirm; none when off topic.
    grades
        For products by slug: 3 made for just this, 2 clearly helps, 1 touches it. A product
        that is not named has 0.
    """

    id: str
    words: str
    kinds: frozenset[str]
    codes: tuple[str, ...]
    grades: Mapping[str, int]

    @property
    def half(self) -> Half:
        """Return where it counts: for setting thresholds, or for reporting what they do."""
        return "tuning" if self.id[-1] in TUNING_DIGITS else "held_out"

    @property
    def nothing_fits(self) -> bool:
        """Tell whether the right answer is that nothing here fits."""
        return bool(self.kinds & NOTHING_FITS)


@cache
def judged_needs(half: Half | None = None) -> tuple[JudgedNeed, ...]:
    """Return the needs of one half, or all of them, by id."""
    needs = (_need(row) for row in json.loads(FILE.read_text(encoding="utf-8"))["needs"])
    return tuple(need for need in needs if half in (None, need.half))


def _need(row: dict[str, Any]) -> JudgedNeed:
    return JudgedNeed(
        id=row["id"],
        words=row["words"],
        kinds=frozenset(row["kinds"]),
        codes=tuple(row["codes"]),
        grades=MappingProxyType(row["grades"]),
    )
