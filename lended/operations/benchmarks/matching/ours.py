"""Our matcher as it is measured: whole, above its floor, and without each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from lended.operations.benchmarks.matching.peers import Ranker
from matching import Document, Matcher

WHOLE = "LendED"
WAYS: dict[str, dict[str, Any]] = {
    WHOLE: {"floor": 0.0},
    "LendED, above its floor": {},
    "LendED, meaning by the table": {"floor": 0.0, "semantic": "table", "meaning_floor": 0.0},
    "LendED, meaning by MiniLM and the table": {
        "floor": 0.0,
        "semantic": "mixed",
        "meaning_floor": 0.0,
    },
    "LendED, meaning by MiniLM": {"floor": 0.0, "semantic": "model", "meaning_floor": 0.0},
}
"""The ways in which our matcher is compared with peers. Peers leave nothing out, so neither does
the first."""

WITHOUT: dict[str, dict[str, Any]] = {
    "title coverage": {"title_cover": 0.0},
    "the title's weight": {"title_weight": 1.0},
    "saturation": {"saturation": 1000.0},
    "length": {"length": 0.0},
    "lighter filler": {"filler_weight": 1.0},
}
"""For each part of the matcher the parameters that leave it out."""


class OursRanker:
    """Our matcher with parameters of its own.

    Documents get their places as keys, so that ties, which go by key, go by place.
    """

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        self._matcher = Matcher(**self._parameters).fit(
            Document(f"{place:07}", each.title, each.text) for place, each in enumerate(documents)
        )

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of documents that match it, best first."""
        for query in queries:
            yield [int(match.key) for match in self._matcher.rank(query, limit)]


def ways() -> dict[str, Callable[[], Ranker]]:
    """Give our matcher in each way it is compared with peers."""
    return {name: partial(OursRanker, parameters) for name, parameters in WAYS.items()}


def without_each_part() -> dict[str, Callable[[], Ranker]]:
    """Give our matcher without each of its parts, by the part's name."""
    return {
        f"without {part}": partial(OursRanker, WAYS[WHOLE] | parameters)
        for part, parameters in WITHOUT.items()
    }
