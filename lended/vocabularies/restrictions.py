"""What teachers rule out or insist on, and the filter that says so.

``restrictions.json`` holds each with the words teachers say; those that no filter can express are
there so that "no worksheets" does not bring up worksheets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parent / "restrictions.json"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Something a teacher may rule out or insist on.

    Parameters
    ----------
    offer
        What a filter would leave, to follow "Show only".
    filter, codes
        The filter and its codes; empty where no filter can express it.
    wants
        False when the codes are what a product must offer an alternative to.
    absent
        Means that, ruled out, say so: "tablets".
    present
        Means that something must run on: "iPads".
    phrases
        What says so by itself; "#" stands for a number.
    is_format
        Whether the means are formats of material, such as quizzes.
    """

    code: str
    offer: str = ""
    filter: str = ""
    codes: tuple[str, ...] = ()
    wants: bool = True
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    is_format: bool = False

    @property
    def field(self) -> str:
        """The field that narrows the catalogue to it; empty where none can."""
        return self.filter if self.wants else f"not_{self.filter}"


@cache
def _restrictions() -> dict[str, Restriction]:
    rows = json.loads(PATH.read_text(encoding="utf-8"))["entries"]
    return {row["code"]: _restriction(row) for row in rows}


def _restriction(row: dict[str, Any]) -> Restriction:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Restriction(**values)


def restrictions() -> tuple[Restriction, ...]:
    """Return every restriction, in order."""
    return tuple(_restrictions().values())


def restriction(code: str) -> Restriction:
    """Return a restriction; a KeyError names the code that is not there."""
    return _restrictions()[code]
