"""The matcher: a need in a teacher's words in, ranked and explained documents out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching import persistence
from matching.choosing import Allowed, Mask, allow, require_keys
from matching.documents import Document, Match
from matching.index import Index
from matching.meaning.comparing import Comparing
from matching.needs import LONGEST_NEED
from matching.parameters import check
from matching.scoring import ask
from matching.search import Search
from matching.weights import Weights


class Matcher(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Rank documents for needs in words, by words they share and by meaning, and say why.

    Results are deterministic: ties go by key, and the order of the documents does not matter.
    `add` and `remove` put a new index in place at once, so that other threads can go on ranking.

    Parameters
    ----------
    floor
        The share, from 0 to 1, of the need's (four weightiest) words that a match must meet, by
        rarity; filler such as "my class" never counts. What meets less is left out by `rank`
        and found by `nearest`.
    title_weight, saturation, length, title_cover
        See `matching.weights.Weights`.
    filler_weight
        What words teachers say around any need count, from 0 to 1.
    prior_bound
        How far outside evidence can move a score: by this share up or down at most.
    nation
        Whose words for stages are left out of the matching (see `matching.read_stages`).
    semantic
        By what documents and needs are encoded, so that they can be compared in meaning too: "off",
        "table", "mixed" or "model" (see `matching.meaning.encoders.Semantic`). The last two need
        MiniLM's package and make do with the table without it.
    meaning_weight
        What the cosine of need and document adds to a score; None takes what was measured best.
    meaning_floor
        The cosine from which a document that shares no telling word with the need is a match; None
        takes what was calibrated.

    Attributes
    ----------
    index_
        What was learnt; unchanging.
    keys_
        The keys of the documents there, in the order of masks and of `scores`.
    meaning_
        By what meanings are in fact compared, in the words of `semantic`.

    Examples
    --------
    >>> matcher = Matcher().fit([
    ...     Document("d1", "Fraction Bars", "Misconceptions about fractions, made visible."),
    ...     Document("d2", "Choir Box", "Singing together."),
    ... ])
    >>> match, = matcher.rank("Y5 still have misconceptions with fractions")
    >>> match.key, [reason.words for reason in match.because]
    ('d1', ['fractions', 'misconceptions'])
    """

    index_: Index

    def __init__(  # noqa: PLR0913 – an estimator names each of its parameters
        self,
        *,
        floor: float = 0.05,
        title_weight: float = 3.0,
        saturation: float = 2.0,
        length: float = 0.6,
        title_cover: float = 0.3,
        filler_weight: float = 0.5,
        prior_bound: float = 0.1,
        nation: str = "england",
        semantic: str = "off",
        meaning_weight: float | None = None,
        meaning_floor: float | None = None,
    ) -> None:
        self.floor = floor
        self.title_weight = title_weight
        self.saturation = saturation
        self.length = length
        self.title_cover = title_cover
        self.filler_weight = filler_weight
        self.prior_bound = prior_bound
        self.nation = nation
        self.semantic = semantic
        self.meaning_weight = meaning_weight
        self.meaning_floor = meaning_floor

    def fit(self, documents: Iterable[Document], y: None = None) -> Self:
        """Learn a catalogue, forgetting any before.

        Parameters
        ----------
        documents
            In any order; none at all is a catalogue too.
        y
            Ignored; there so that pipelines can pass it.

        Raises
        ------
        TypeError
            When one of them is not a document.
        ValueError
            When two have the same key, or a parameter is out of its range.
        """
        self.index_ = Index.fit(documents, self.weights, self._comparing.document_encoder)
        return self

    def add(self, documents: Iterable[Document]) -> Self:
        """Add documents without learning anew: how rare words are stays as it was fitted.

        The scores of the documents already there stay as they are. Fit again when thousands have
        been added.

        Raises
        ------
        TypeError
            When one of them is not a document.
        ValueError
            When a key is there already; remove it first.
        """
        self.index_ = self._index.add(documents, self._comparing.document_encoder)
        return self

    def remove(self, keys: Collection[str]) -> Self:
        """Remove documents without learning anew.

        Raises
        ------
        KeyError
            When a key is not there; nothing is removed then.
        TypeError
            When given one text instead of a collection of keys.
        """
        self.index_ = self._index.remove(require_keys(keys))
        return self

    def rank(
        self,
        need: str,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first.

        Parameters
        ----------
        need
            In words; anything may be in it.
        limit
            How many at most.
        allowed
            Which documents may be given: a boolean mask in the order of `keys_`, or their keys
            (unknown ones do no harm). Applied before the best are taken.
        prior
            Evidence from outside by key, from −1 to 1 (clipped); 0 for a key not in it. A score is
            multiplied by ``1 + prior_bound * evidence``; the floor does not see it.

        Raises
        ------
        TypeError
            When the need is not text.
        ValueError
            When the limit is negative, a mask is of another length, or evidence is not a number.
        """
        return self.search(need).rank(limit, allowed, prior)

    def nearest(self, need: str, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor.

        Parameters and errors are those of `rank`.
        """
        return self.search(need).nearest(limit, allowed)

    def scores(self, need: str) -> NDArray[np.float64]:
        """Give every document's score in the order of `keys_`; 0 for those below the floor."""
        return self.search(need).scores

    def search(self, need: str) -> Search:
        """Read and score a need once, to ask it several things.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        index = self._index
        clues = index.vocabulary.read(need, self.nation)
        question = ask(clues, index.vocabulary, self.filler_weight)
        meant = need[:LONGEST_NEED] if question.ground else ""
        nearness = self._comparing.nearness(meant, index.meanings) if index.meanings else None
        return Search(index, question, question.least(self.floor), self.prior_bound, nearness)

    def having(self, facets: Mapping[str, Collection[str]]) -> Mask:
        """Mark the documents that carry, of every facet named, at least one of its codes.

        Returns
        -------
        A mask in the order of `keys_`, fit for `allowed`. A facet without codes excludes nothing.
        """
        index = self._index
        return index.having(facets)[index.rows]

    def count_facets(self, among: Mask | None = None) -> dict[str, dict[str, int]]:
        """Count the documents carrying each code of each facet.

        Parameters
        ----------
        among
            A mask in the order of `keys_`; None counts all documents.

        Raises
        ------
        ValueError
            When the mask is of another length.
        """
        index = self._index
        return index.count_facets(allow(among, index))

    def save(self, folder: Path | str) -> None:
        """Save the matcher; a crash leaves what was saved before whole.

        Raises
        ------
        OSError
            When the folder cannot be written.
        """
        persistence.save(self._index, self.get_params(), Path(folder))

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """Open a saved matcher; its arrays are mapped into memory and shared by processes.

        Raises
        ------
        FileNotFoundError
            When nothing was saved there.
        IndexDamaged
            When what is there is not a whole index of this version.
        """
        index, parameters = persistence.load(Path(folder))
        matcher = cls(**parameters)
        familiar = matcher._comparing.familiar(index.meanings)
        matcher.index_ = replace(index, meanings=familiar)
        matcher.index_.vocabulary.read_ahead()
        return matcher

    @property
    def weights(self) -> Weights:
        """How fields are weighed.

        Raises
        ------
        ValueError
            When a parameter is out of its range.
        """
        check(self.get_params())
        return Weights(self.title_weight, self.saturation, self.length, self.title_cover)

    @property
    def keys_(self) -> tuple[str, ...]:
        """The keys of the documents there: fitted ones sorted, then added ones sorted."""
        return self._index.keys

    @property
    def document_encoder(self) -> str:
        """The name of the encoder by which documents are encoded here; empty when by none."""
        encoder = self._comparing.document_encoder
        return encoder.name if encoder else ""

    @property
    def meaning_(self) -> str:
        """By what meanings are in fact compared, in the words of `semantic`."""
        return self._comparing.in_use(self._index.meanings)

    @property
    def _comparing(self) -> Comparing:
        return Comparing(self.semantic, self.meaning_weight, self.meaning_floor)

    @property
    def _index(self) -> Index:
        if "index_" not in vars(self):  # a look that takes less time than scikit-learn's
            check_is_fitted(self, "index_")
        return self.index_
