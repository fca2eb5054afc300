"""Typing errors as people make them, the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

LONG_WORD = re.compile(r"[^\W\d_]{5,}")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in ROWS
    for at, key in enumerate(row)
}
"""For each key the one or two beside it."""


def swap(word: str, at: int, _chance: random.Random) -> str:
    """Type a letter and the next in the wrong order."""
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def drop(word: str, at: int, _chance: random.Random) -> str:
    """Leave a letter out."""
    return word[:at] + word[at + 1 :]


def double(word: str, at: int, _chance: random.Random) -> str:
    """Type a letter twice."""
    return word[:at] + word[at] + word[at:]


def miss(word: str, at: int, chance: random.Random) -> str:
    """Hit the key beside the one meant."""
    beside = NEIGHBOURS.get(word[at].lower(), word[at])
    return word[:at] + chance.choice(beside) + word[at + 1 :]


Slip = Callable[[str, int, random.Random], str]
SLIPS: tuple[Slip, ...] = (swap, drop, double, miss)


def slip_in_each(queries: Mapping[str, str], seed: int = 0) -> dict[str, str]:
    """Make one typing error in each query.

    The error a query gets depends on its words and the seed alone.
    """
    return {
        name: slip(query, random.Random(f"{seed} {query}"))  # noqa: S311 - the same every time
        for name, query in queries.items()
    }


def slip(query: str, chance: random.Random) -> str:
    """Make one typing error in one word of five letters or more, where there is such a word."""
    words = list(LONG_WORD.finditer(query))
    if not words:
        return query
    word = chance.choice(words)
    return query[: word.start()] + _mistyped(word.group(), chance) + query[word.end() :]


def _mistyped(word: str, chance: random.Random) -> str:
    """Mistype a word until it is another: to swap two equal letters changes nothing."""
    while True:
        typed = chance.choice(SLIPS)(word, chance.randrange(len(word)), chance)
        if typed != word:
            return typed
