"""What may help with a need, narrowed, explained and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lended import vocabularies
from lended.catalogue.rules import Filters
from lended.catalogue.shelf import Mask, Shelf
from lended.needs.index.constraints import without_constraints
from lended.needs.index.topics import elsewhere
from matching import (
    WHAT_YOU_DESCRIBE,
    CodeProposer,
    Match,
    Ranker,
    Reason,
    read_stages,
)

MOST_PROPOSED = 5
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product that might help, how well it fits, and why (largest share first)."""

    product_id: int
    score: float
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to a need.

    Parameters
    ----------
    found
        The best that fit, best first.
    nearest
        When nothing fits: what comes nearest.
    fitting
        How many fit in all, before the best were taken.
    unnarrowed
        How many would fit without any filter.
    counts
        For each filter and code, how many of the fitting products it would leave.
    elsewhere
        The code of what the need is about instead of teaching and learning; nothing fits then.
    """

    found: tuple[Suggestion, ...]
    nearest: tuple[Suggestion, ...]
    fitting: int
    unnarrowed: int
    counts: dict[str, dict[str, int]]
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class ProposedCode:
    """A code the need may be about, and the words that say so."""

    code: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Index:
    """Everything needed to answer needs from one revision of the catalogue.

    Parameters
    ----------
    places
        For each of the matcher's documents its place on the shelf, shape (n,).
    place_of_key
        The place of every product by its slug, which is its document's key.
    """

    shelf: Shelf
    matcher: Ranker
    proposer: CodeProposer
    places: npt.NDArray[np.int64]
    place_of_key: dict[str, int]

    @property
    def revision(self) -> int:
        """The catalogue's revision it was built from."""
        return self.shelf.revision

    def suggest(
        self,
        need: str,
        filters: Filters,
        *,
        codes: Sequence[str] = (),
        aside: Collection[int] = (),
        among: Iterable[int] | None = None,
        limit: int = 20,
        start: int = 0,
    ) -> Suggestions:
        """Return what may help.

        Parameters
        ----------
        codes
            Need codes the teacher confirmed; their labels sharpen the match.
        aside
            Ids of products put aside for this need.
        among
            Ids that can be borrowed in the window asked for; None when none was asked for.
        start
            How many of the best to pass over, for a further page.
        """
        wanted = self._present(aside, among)
        search = self.matcher.search(_as_matched(need, codes))
        away = "" if codes else elsewhere(need)
        fitting = self._on_shelf((search.scores > 0) & (not away)) & wanted
        narrowed = self.shelf.mask(filters) & wanted
        left = int(np.count_nonzero(fitting & narrowed))
        found = search.rank(limit, narrowed[self.places], start=start) if left else ()
        near = search.rank if away else search.nearest
        nearest = () if left else near(MOST_NEAREST, wanted[self.places])
        return Suggestions(
            found=self._as_suggestions(found, need),
            nearest=self._as_suggestions(nearest, need),
            fitting=left,
            unnarrowed=int(np.count_nonzero(fitting)),
            counts=self.shelf.counts(filters, among=fitting),
            elsewhere=away,
        )

    def is_unmet(self, need: str, codes: Sequence[str] = ()) -> bool:
        """Tell whether a need that LendED is for has no product at all that fits."""
        if not codes and elsewhere(need):
            return False
        return not self.matcher.rank(_as_matched(need, codes), limit=1)

    def ids_of(self, slugs: Iterable[str]) -> list[int]:
        """Return the ids of products by their slugs; unknown ones do no harm."""
        places = [self.place_of_key[slug] for slug in slugs if slug in self.place_of_key]
        return [int(product_id) for product_id in self.shelf.ids[places]]

    def propose(self, need: str) -> tuple[ProposedCode, ...]:
        """Return the need codes a need may be about, for the teacher to confirm."""
        return tuple(
            ProposedCode(
                proposal.code,
                proposal.confidence,
                tuple(dict.fromkeys(reason.words for reason in proposal.because)),
            )
            for proposal in self.proposer.propose(need, limit=MOST_PROPOSED)
        )

    def _present(self, aside: Collection[int], among: Iterable[int] | None) -> Mask:
        present = ~self.shelf.mask_of_ids(aside)
        return present if among is None else present & self.shelf.mask_of_ids(among)

    def _on_shelf(self, mask: Mask) -> Mask:
        placed = np.zeros(len(self.shelf), dtype=np.bool_)
        placed[self.places] = mask
        return placed

    def _as_suggestions(self, matches: Sequence[Match], need: str) -> tuple[Suggestion, ...]:
        said = need.casefold()
        return tuple(
            Suggestion(
                product_id=int(self.shelf.ids[self.place_of_key[match.key]]),
                score=match.score,
                because=tuple(
                    reason
                    for reason in match.because
                    if reason.words.casefold() in said or reason.words == WHAT_YOU_DESCRIBE
                ),
            )
            for match in matches
        )


def index_of(stocked: Shelf, matcher: Ranker, proposer: CodeProposer) -> Index:
    """Put a matcher beside a shelf that has all its documents; it may have more."""
    place_of_key = {slug: place for place, slug in enumerate(stocked.slugs)}
    places = np.array([place_of_key[key] for key in matcher.keys_], dtype=np.int64)
    return Index(stocked, matcher, proposer, places, place_of_key)


def _as_matched(need: str, codes: Sequence[str]) -> str:
    """Return a need without its constraints, and with the labels of its confirmed codes."""
    return " ".join(
        [without_constraints(need), *(vocabularies.label("need", code) for code in codes)]
    )


def stages_in(need: str) -> tuple[str, ...]:
    """Return the stages a need speaks of: "Year 4" is key stage 2."""
    return read_stages(need).codes
