"""Filters that a need's own words offer; none is ever set by itself."""

from __future__ import annotations

from dataclasses import dataclass

from lended import vocabularies
from lended.catalogue.narrowing import address_with
from lended.catalogue.rules import Filters
from lended.needs import index
from lended.vocabularies import Restriction

TICKED = "y"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a teacher rules out or insists on, in their words, and the filter that says so.

    Parameters
    ----------
    only
        What the filter would leave.
    url
        The present address with the filter set; empty where no filter can say it.
    """

    words: str
    only: str
    url: str


def offers(need: str, filters: Filters) -> tuple[Offer, ...]:
    """Return the filters a need offers, but for those that are set already."""
    said = (
        (constraint.words, vocabularies.restriction(constraint.name))
        for constraint in index.constraints_in(need)
    )
    return tuple(
        Offer(words, each.offer, _address(each) if each.filter else "")
        for words, each in said
        if not _is_set(each, filters)
    )


def stage_url(stage: str) -> str:
    """Return the present address narrowed to a stage."""
    return address_with(("stage", stage))


def _is_set(restriction: Restriction, filters: Filters) -> bool:
    if not restriction.filter:
        return False
    chosen = getattr(filters, restriction.field)
    return chosen if isinstance(chosen, bool) else set(restriction.codes) <= set(chosen)


def _address(restriction: Restriction) -> str:
    is_tick = isinstance(getattr(Filters(), restriction.field), bool)
    values = (TICKED,) if is_tick else restriction.codes
    return address_with(*((restriction.field, value) for value in values))
