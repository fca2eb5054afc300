"""What a teacher may rule out or insist on, and where a need says so."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a teacher may rule out or insist on, and what it asks of a product.

    Parameters
    ----------
    name
        What it is known by.
    facet, codes
        What a product must carry one of; no facet where products say nothing about it.
    wants
        False when the codes are what must be avoided.
    absent
        Names of means that say so where they are ruled out: "tablets" in "no tablets".
    present
        Names of means that say so where something runs on them: "iPads" in "works on iPads".
    phrases
        What says so by itself: "free of charge". A single word counts only as a whole clause; "#"
        stands for a number.
    is_format
        Whether the means are formats of material. Who has no videos may be looking for some, so
        these must be refused, not missed.

    Raises
    ------
    TypeError
        When codes or names are one text instead of a collection of texts.
    """

    name: str
    facet: str = ""
    codes: Collection[str] = ()
    wants: bool = True
    absent: Collection[str] = ()
    present: Collection[str] = ()
    phrases: Collection[str] = ()
    is_format: bool = False

    def __post_init__(self) -> None:
        for field in ("codes", "absent", "present", "phrases"):
            if isinstance(getattr(self, field), str):
                raise TypeError(f"The {field} of concept {self.name!r} must be a collection.")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint as typed, where it stands, and what it asks for.

    Parameters
    ----------
    name
        Which concept it is.
    facet, codes, wants
        As the concept has them.
    """

    words: str
    start: int
    end: int
    name: str
    facet: str
    codes: tuple[str, ...]
    wants: bool


@dataclass(frozen=True, slots=True)
class ConstraintReading:
    """The constraints in a need.

    Parameters
    ----------
    constraints
        In the order in which they are said; a concept said twice is there once.
    spans
        Where the words that say so begin and end, in order.
    rest
        The need with these words blanked out, every other character in its place: what to match.
    """

    constraints: tuple[Constraint, ...]
    spans: tuple[tuple[int, int], ...]
    rest: str
