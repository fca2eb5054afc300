"""The matcher whose index lies in a store.

Reading a need, weighing it and explaining what was found are the same as in memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from matching.analysis import Lexeme, read_word, tokens
from matching.choosing import Allowed, bounded, require_count, require_keys, require_mask
from matching.documents import Match, require_text
from matching.explanation import Explainer, MadeOf
from matching.matcher import Matcher
from matching.needs import LONGEST_NEED, MOST_MENDED, Clue, read_need
from matching.rows import Learnt
from matching.scoring import Question, ask
from matching.stores import Found, Known, Sought, Store
from matching.twins import AMONG, Sketches
from matching.typing_errors import correct, slips


@dataclass(frozen=True, eq=False)
class StoredMatcher:
    """Rank documents of a store for needs in words, as `Matcher` does, and say why.

    It has words only: it does not use meaning beyond them.

    Parameters
    ----------
    like
        A matcher, fitted or not, whose parameters count.
    learnt
        What was learnt when the store was filled.
    """

    like: Matcher
    learnt: Learnt
    store: Store

    @property
    def keys_(self) -> tuple[str, ...]:
        """The keys of the documents there, in the order of masks and of scores."""
        return self.store.keys

    def rank(
        self,
        need: str,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first; see `Matcher.rank`.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        return self.search(need).rank(limit, allowed, prior)

    def search(self, need: str) -> "StoredSearch":
        """Read a need once, to ask it several things.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        vocabulary = _Vocabulary(self.learnt, self.store)
        vocabulary.look_up_words(need)
        clues = read_need(need, self.like.nation, vocabulary)
        vocabulary.look_up(term for clue in clues for term, _ in clue.terms)
        question = ask(clues, vocabulary, self.like.filler_weight)
        return StoredSearch(self, vocabulary, question)


@dataclass(frozen=True, eq=False)
class StoredSearch:
    """What a stored matcher makes of one need; each thing is asked of the store when wanted."""

    matcher: StoredMatcher
    vocabulary: "_Vocabulary"
    question: Question

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """Every document's score in the order of the matcher's keys; 0 below the floor."""
        return self.matcher.store.scores(self._sought)

    def rank(
        self,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
        start: int = 0,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first; see `matching.search.Search.rank`.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        require_count(min(limit, start))
        factors = bounded(prior or {}, self.matcher.like.prior_bound)
        allowed = self._checked(allowed)
        most = max(start + limit, AMONG)
        found = self.matcher.store.matches(self._sought, most, allowed, factors)
        return self._told([found[place] for place in _twins_last(found)][start : start + limit])

    def nearest(self, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        require_count(limit)
        return self._told(self.matcher.store.near(self._sought, limit, self._checked(allowed)))

    @cached_property
    def _sought(self) -> Sought:
        telling: dict[int, float] = {}
        filler: dict[int, float] = {}
        for clue, weight in zip(self.question.clues, self.question.weights, strict=True):
            into = filler if clue.is_filler else telling
            for term, part in clue.terms:
                known = self.vocabulary.find(term)
                if known:
                    worth = weight * part / self.question.scale
                    into[known.number] = into.get(known.number, 0.0) + worth
        least = float(np.float32(self.question.least(self.matcher.like.floor)))
        return Sought(telling, filler, least)

    def _checked(self, allowed: Allowed) -> Allowed:
        if allowed is None:
            return None
        if isinstance(allowed, np.ndarray):
            return require_mask(allowed, len(self.matcher.keys_))
        return require_keys(allowed)

    def _told(self, found: Sequence[Found]) -> tuple[Match, ...]:
        made_of = MadeOf(np.array([each.score for each in found]))
        shown = _Shown(self.vocabulary, found)
        explainer = Explainer(self.question, shown, np.arange(len(found)), made_of)
        return tuple(
            Match(each.key, each.score, partial(explainer.because, place))
            for place, each in enumerate(found)
        )


def _twins_last(found: Sequence[Found]) -> list[int]:
    """Give the places of what was found, near-duplicates after the others."""
    sources = np.array([each.source for each in found], dtype=np.int64)
    bits = np.frombuffer(b"".join(each.sketch for each in found), dtype=np.uint8)
    sketches = Sketches(sources, bits.reshape(len(found), -1) if found else bits.reshape(0, 16))
    places: list[int] = sketches.twins_last(np.arange(len(found))).tolist()
    return places


class _Vocabulary:
    """What a store says about the words of one need, each looked up once."""

    def __init__(self, learnt: Learnt, store: Store) -> None:
        self._learnt = learnt
        self._store = store
        self._found: dict[str, Known | None] = {}
        self._times: dict[str, int] = {}

    @property
    def title(self) -> float:
        return self._learnt.weights.title_cover * self._learnt.statistics.unseen

    def look_up_words(self, need: str) -> None:
        """Look all words of a need up at once, then what the strange ones may be slips of."""
        said = tokens(require_text(need)[:LONGEST_NEED])
        read = dict.fromkeys(lexeme for word, _ in said for lexeme in word.lexemes)
        self.look_up(lexeme.term for lexeme in read)
        strange = (lexeme.word for lexeme in read if not self.knows(lexeme.term))
        self._count(chain.from_iterable(map(slips, islice(strange, MOST_MENDED))))

    def look_up(self, terms: Iterable[str]) -> None:
        """Look several terms up at once."""
        strange = dict.fromkeys(term for term in terms if term not in self._found)
        if strange:
            known = self._store.known(strange)
            self._found |= {term: known.get(term) for term in strange}

    def find(self, term: str) -> Known | None:
        self.look_up([term])
        return self._found[term]

    def knows(self, term: str) -> bool:
        return self.find(term) is not None

    def mend(self, word: str) -> Lexeme | None:
        self._count(slips(word))
        meant = correct(word, self._times.__getitem__)
        return Lexeme(meant, read_word(meant).terms[0]) if meant else None

    def _count(self, words: Iterable[str]) -> None:
        """Count the words that have not been counted yet, at once."""
        strange = dict.fromkeys(word for word in words if word not in self._times)
        if strange:
            self._times |= dict.fromkeys(strange, 0) | dict(self._store.times(strange))

    def mass(self, clue: Clue) -> float:
        return clue.mass(self._rarity)

    def _rarity(self, term: str) -> float:
        known = self.find(term)
        return known.rarity if known else self._learnt.statistics.unseen

    def show(self, term: str) -> str:
        known = self.find(term)
        return known.shown if known else term


@dataclass(frozen=True, slots=True)
class _Shown:
    """The documents to explain; rows count through them."""

    vocabulary: _Vocabulary
    found: Sequence[Found]

    def show(self, term: str) -> str:
        return self.vocabulary.show(term)

    def impacts_at(self, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        known = self.vocabulary.find(term)
        number = known.number if known else 0
        return np.array([self.found[row].impacts.get(number, 0.0) for row in rows.tolist()])
