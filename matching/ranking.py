"""What every engine can be asked: the one that lies in memory, and one that lies in a store."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.choosing import Allowed
from matching.documents import Match


class Asked(Protocol):
    """A need, read once and asked for several things; see `matching.search.Search`."""

    @property
    def scores(self) -> NDArray[np.float64]:
        """Every document's score in the order of the ranker's keys; 0 below the floor."""
        ...

    def rank(
        self,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
        start: int = 0,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first."""
        ...

    def nearest(self, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor."""
        ...


class Ranker(Protocol):
    """Ranks documents for needs; see `matching.Matcher`."""

    @property
    def keys_(self) -> tuple[str, ...]:
        """The keys of the documents there, in the order of masks and of scores."""
        ...

    def search(self, need: str) -> Asked:
        """Read a need once, to ask it several things."""
        ...

    def rank(
        self,
        need: str,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first."""
        ...
