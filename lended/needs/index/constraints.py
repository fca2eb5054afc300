"""What a need rules out or insists on, in the words of the vocabulary's restrictions."""

from __future__ import annotations

from functools import cache

from lended import vocabularies
from matching import Concept, Constraint, ConstraintReader


def constraints_in(need: str) -> tuple[Constraint, ...]:
    """Return what a need rules out or insists on, each named after its restriction."""
    return _reader().read(need).constraints


def without_constraints(need: str) -> str:
    """Return a need with blanks where it rules something out or insists on it."""
    return _reader().read(need).rest


@cache
def _reader() -> ConstraintReader:
    return ConstraintReader().fit(
        Concept(
            name=each.code,
            facet=each.filter,
            codes=each.codes,
            wants=each.wants,
            absent=each.absent,
            present=each.present,
            phrases=each.phrases,
            is_format=each.is_format,
        )
        for each in vocabularies.restrictions()
    )
