"""The words of the demo, read from ``content/*.json``; dates in them are days from today."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "content"
PASSWORD = "borrow before you buy"  # noqa: S105 - the demo tells everyone
Entry = dict[str, Any]


@cache
def read(name: str) -> Any:
    """Return the content of one file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def products() -> list[Entry]:
    """Return every product with its supplier's slug, supplier by supplier."""
    return [
        {**product, "supplier": supplier["slug"]}
        for supplier in read("suppliers")
        for product in read(f"products/{supplier['slug']}")
    ]


def guides() -> list[Entry]:
    """Return the people to sign in as with one click, one for each role."""
    return [person for person in read("people") if person.get("demo")]
