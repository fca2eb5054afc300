"""Gathering the texts that meanings are learnt from: prose in files of JSON and CSV."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SHARE_ALIKE = ("CC BY-SA", "free (Debian")
"""How licences begin that may ask what is made from a text to carry the same licence."""

_SHORTEST = 4
_SHORTEST_SENTENCE = 12
_WORD = re.compile("[a-z]{3}")
_CODE = re.compile(r"[\w-]*\d[\w-]*|[a-z0-9_-]+|\S+\.\S+")
_SENTENCE_END = re.compile(r"(?<=[.?!;])\s+")


def gather(places: Iterable[Path]) -> list[str]:
    """Give the distinct texts in files and folders, and the sentences of the longer ones, sorted.

    Rows of a sheet that have a column ``licence`` are left out where it asks to share alike.

    Raises
    ------
    OSError
        When a file cannot be read.
    ValueError
        When a file is not of the kind its name says.
    """
    found: set[str] = set()
    for path in _files(places):
        for text in map(str.strip, _strings(path)):
            if _is_prose(text):
                found.add(text)
                found.update(_sentences(text))
    return sorted(found)


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.rglob("*")) if place.is_dir() else (place,)


def _strings(path: Path) -> Iterator[str]:
    if path.suffix == ".json":
        yield from _within(json.loads(path.read_text(encoding="utf-8")))
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not (row.get("licence") or "").startswith(SHARE_ALIKE):
                    yield from _within(row)


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each)


def _is_prose(text: str) -> bool:
    if len(text) < _SHORTEST or "://" in text or _CODE.fullmatch(text):
        return False
    return _WORD.search(text.lower()) is not None


def _sentences(text: str) -> list[str]:
    parts = _SENTENCE_END.split(text)
    return [part for part in parts if len(part) > _SHORTEST_SENTENCE] if len(parts) > 1 else []
