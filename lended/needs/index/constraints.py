"""What a need rules out or insists on, in the words of the vocabulary's restrictions."""

from __future__ import annotations

from functools import cache, lru_cache

from lended import vocabularies
from matching import Concept, Constraint, ConstraintReader, ConstraintReading


def constraints_in(need: str) -> tuple[Constraint, ...]:
    """Return what a need rules out or insists on, each named after its restriction."""
    return _read(need).constraints


def without_constraints(need: str) -> str:
    """Return a need with blanks where it rules something out or insists on it."""
    return _read(need).rest


@lru_cache(maxsize=8)
def _read(need: str) -> ConstraintReading:
    """Read a need once, though a page asks twice."""
    return _reader().read(need)


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
