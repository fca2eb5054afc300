"""What a supplier says of a kit that comes back, or does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lended.errors import Invalid
from lended.loans.rules.incidents import FOUND_IN_A_CHECK
from lended.loans.rules.papers import Item, demand_items

AMISS = frozenset({"missing", "damaged"})


@dataclass(frozen=True, slots=True)
class PartWish:
    """What came back now.

    Parameters
    ----------
    counts
        How many of each line without serials, by the line's id.
    unit_ids
        Which kits, of lines with serials.
    no_more
        Whether nothing else is expected, so that the check can begin.
    """

    counts: Mapping[int, int] = field(default_factory=dict)
    unit_ids: Sequence[int] = ()
    no_more: bool = False


@dataclass(frozen=True, slots=True)
class IncidentWish:
    """Something to settle that a check has found.

    Parameters
    ----------
    items
        Everything that was checked.
    unit_ids
        Kits that cannot be lent before they are ready again; all that came back when empty.
    photo_names
        Of files that are kept already.
    """

    kind: str
    words: str
    items: Sequence[Item]
    unit_ids: Sequence[int] = ()
    photo_names: Sequence[str] = ()


def amiss(items: Sequence[Item]) -> list[Item]:
    """Return what is missing or damaged; what a kit uses up is neither."""
    return [item for item in items if item.condition in AMISS]


def demand_incident(wish: IncidentWish) -> None:
    """Go on only when it is said what is to be settled.

    Raises
    ------
    Invalid
        Beside the field that is wrong.
    """
    demand_items(wish.items)
    problems = {}
    if wish.kind not in FOUND_IN_A_CHECK:
        problems["kind"] = "Say what is to be settled."
    if not wish.words.strip():
        problems["words"] = "Say what you found. The school reads it and answers."
    if problems:
        raise Invalid(problems=problems)
