"""Which numbers may leave a school."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST_PUPILS = 10
FEWEST_TEACHERS = 5
FEWEST_SCHOOLS = 5
FEWEST_TRUSTS = 2
SMALL_GROUP = 20
"""Below this, nought and all are only said as few and nearly all."""


def pupils_words(pupils: int | None) -> str:
    """Say outside the school how many pupils took part; nothing when nobody said."""
    if pupils is None:
        return ""
    return f"{pupils:,} pupils" if pupils >= FEWEST_PUPILS else "fewer than 10 pupils"


def is_all_or_none(share: float, people: int) -> bool:
    """Tell whether a share of a small group would say something about each of its members."""
    return people < SMALL_GROUP and share in {0.0, 1.0}


def shown_parts(parts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Return the parts of a whole that may be shown where the whole is shown too; else None.

    A single hidden part would be the whole less the others, so that the smallest of those is
    hidden with it.
    """
    hidden = {name for name, count in parts.items() if count < least}
    others = sorted((count, name) for name, count in parts.items() if name not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return {name: None if name in hidden else count for name, count in parts.items()}


def rounded(count: int) -> int:
    """Return a count to the nearest five, as demand is told."""
    return 5 * ((count + 2) // 5)
