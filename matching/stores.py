"""What a place must offer in which an index can lie, such as a database that many machines share.

A store only looks words up, adds up and sorts; `matching.stored` reads needs and explains.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.choosing import Allowed


@dataclass(frozen=True, slots=True)
class Known:
    """A term that a store knows: its number there, how rare it is, the word people know it by."""

    number: int
    rarity: float
    shown: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What a store adds up for each document.

    Parameters
    ----------
    telling, filler
        What the impacts of terms, by their numbers, are multiplied by.
    least
        The sum over the telling terms from which a document is a match. A document's score is the
        sum over both; one that stays below with the telling terms is at best near.
    """

    telling: Mapping[int, float]
    filler: Mapping[int, float]
    least: float


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a store found.

    Parameters
    ----------
    score
        Multiplied by the factor already.
    impacts
        What each of its terms, by their numbers, adds.
    source, sketch
        What near-duplicates are seen by; see `matching.twins.Sketches`.
    """

    key: str
    score: float
    factor: float
    impacts: Mapping[int, float]
    source: int
    sketch: bytes


class Store(Protocol):
    """Where an index lies."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the documents there, in the order of masks."""
        ...

    def known(self, terms: Collection[str]) -> Mapping[str, Known]:
        """Look terms up; those that no document holds are left out."""
        ...

    def times(self, words: Collection[str]) -> Mapping[str, int]:
        """Count how often plain words are used; those that are not may be left out."""
        ...

    def scores(self, sought: Sought) -> NDArray[np.float64]:
        """Give every document's score in the order of `keys`; 0 below the floor."""
        ...

    def matches(
        self,
        sought: Sought,
        limit: int,
        allowed: Allowed,
        factors: Mapping[str, float],
    ) -> Sequence[Found]:
        """Give the best allowed matches, best first; ties go by key.

        Parameters
        ----------
        factors
            What the scores of some keys are multiplied by.
        """
        ...

    def near(self, sought: Sought, limit: int, allowed: Allowed) -> Sequence[Found]:
        """Give the best allowed documents that are no match but share a term; ties go by key."""
        ...
