"""Proposing codes of a vocabulary for a need, by the phrases teachers use for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log1p
from typing import Self

from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.analysis import Lexeme, read_word, tokens
from matching.documents import Code, Proposal, Reason
from matching.needs import Clue, read_need
from matching.strings import Remembered
from matching.typing_errors import correct


@dataclass(frozen=True)
class Phrase:
    """A label or a teacher's phrase for a code, and its terms with how much each says."""

    code: str
    words: str
    weights: dict[str, float]

    @cached_property
    def whole(self) -> float:
        """What saying all of it comes to."""
        return sum(self.weights.values())


Weighed = tuple[dict[str, Clue], dict[str, tuple[float, Phrase]]]
"""The clues of a need by term, and each code's likeliest phrase with its confidence."""


class CodeProposer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Propose codes for needs, by how much of a code's label or of one of its phrases is said.

    The evidence for a phrase is the rarity of its words that were said, times the square of the
    share of the phrase that they make up; a code is as likely as its best phrase.

    Parameters
    ----------
    floor
        The confidence, from 0 to 1, below which a code is not proposed.
    doubt
        The evidence, in rarest words said, at which confidence is one half; above 0.
    filler_weight
        What words teachers say around any need count, from 0 to 1.

    Attributes
    ----------
    phrases_
        The phrases of all codes.

    Examples
    --------
    >>> proposer = CodeProposer().fit([
    ...     Code("marking_workload", "Time spent marking", ["marking", "pile of books"]),
    ...     Code("phonics", "Phonics", ["blending sounds"]),
    ... ])
    >>> [proposal.code for proposal in proposer.propose("Marking takes my Sunday")]
    ['marking_workload']
    """

    phrases_: tuple[Phrase, ...]

    def __init__(
        self, *, floor: float = 0.3, doubt: float = 0.5, filler_weight: float = 0.3
    ) -> None:
        self.floor = floor
        self.doubt = doubt
        self.filler_weight = filler_weight

    def fit(self, codes: Iterable[Code], y: None = None) -> Self:
        """Learn the codes with their phrases.

        Parameters
        ----------
        codes
            In any order.
        y
            Ignored; there so that pipelines can pass it.

        Raises
        ------
        TypeError
            When one of them is not a `Code`.
        ValueError
            When a code comes twice, or a parameter is out of its range.
        """
        self._check_parameters()
        read = [(code, _read_phrases(code)) for code in _in_order(codes)]
        rarity = _rarity([said for _, said in read])
        self.phrases_ = tuple(
            Phrase(code.code, words, self._weigh(clues, rarity))
            for code, said in read
            for words, clues in said
        )
        self._words: Counter[str] = Counter(
            lexeme.word
            for phrase in self.phrases_
            for word, _ in tokens(phrase.words)
            for lexeme in word.lexemes
        )
        self._last: tuple[tuple[str, float] | None, Weighed] = (None, ({}, {}))
        self._mended = Remembered[str, Lexeme | None]()
        self._places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, phrase in enumerate(self.phrases_):
            for term, weight in phrase.weights.items():
                self._places[term].append((place, weight))
        return self

    def propose(self, need: str, limit: int = 5) -> tuple[Proposal, ...]:
        """Give the codes a need may be about, the likeliest first; ties go by code.

        Raises
        ------
        TypeError
            When the need is not text.
        ValueError
            When the limit is negative.
        """
        check_is_fitted(self, "phrases_")
        if limit < 0:
            raise ValueError(f"The limit must not be negative, but is {limit}.")
        said, likeliest = self._weighed(need)
        likely = [code for code, (confidence, _) in likeliest.items() if confidence >= self.floor]
        likely.sort(key=lambda code: (-likeliest[code][0], code))
        return tuple(self._proposal(*likeliest[code], said) for code in likely[:limit])

    def likeliest(self, need: str) -> tuple[str, float]:
        """Give the likeliest code and the confidence in it, below the floor too.

        Returns
        -------
        An empty code and 0 when no phrase is touched.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        check_is_fitted(self, "phrases_")
        _, likeliest = self._weighed(need)
        confidences = ((code, confidence) for code, (confidence, _) in likeliest.items())
        return max(confidences, key=lambda pair: (pair[1], pair[0]), default=("", 0.0))

    def _weighed(self, need: str) -> "Weighed":
        """Read and weigh a need, or remember it: one page asks about one need several times."""
        asked, weighed = self._last
        if asked != (need, self.doubt):
            clues = read_need(need, None, self)
            said = {term: clue for clue in reversed(clues) for term, _ in clue.terms}
            weighed = (said, self._likeliest(said))
            self._last = ((need, self.doubt), weighed)
        return weighed

    def _likeliest(self, said: dict[str, Clue]) -> dict[str, tuple[float, Phrase]]:
        """Give for each code touched its likeliest phrase, and how likely that makes it."""
        touched: dict[int, float] = defaultdict(float)
        for term in said:
            for place, weight in self._places.get(term, ()):
                touched[place] += weight
        found: dict[str, tuple[float, Phrase]] = {}
        for place, met in sorted(touched.items()):
            phrase = self.phrases_[place]
            evidence = met * (met / phrase.whole) ** 2
            confidence = evidence / (evidence + self.doubt)
            if phrase.code not in found or found[phrase.code][0] < confidence:
                found[phrase.code] = (confidence, phrase)
        return found

    def _proposal(self, confidence: float, phrase: Phrase, said: dict[str, Clue]) -> Proposal:
        owed: dict[str, float] = {}
        for term, weight in phrase.weights.items():
            if term in said:
                owed[said[term].words] = owed.get(said[term].words, 0.0) + weight
        met = sum(owed.values())
        because = [
            Reason(words, phrase.words, confidence * part / met) for words, part in owed.items()
        ]
        because.sort(key=lambda reason: -reason.share)
        return Proposal(phrase.code, confidence, tuple(because))

    def _weigh(self, clues: list[Clue], rarity: dict[str, float]) -> dict[str, float]:
        return {
            term: rarity[term] * (1.0 if clue.is_telling else self.filler_weight)
            for clue in clues
            for term in clue.names
        }

    def knows(self, term: str) -> bool:
        """Tell whether a term is in a phrase."""
        return term in self._places

    def mend(self, word: str) -> Lexeme | None:
        """Give the word of a phrase that a strange one was meant to be, if one slip explains it."""
        return self._mended.of(word, self._mend)

    def _mend(self, word: str) -> Lexeme | None:
        meant = correct(word, self._words.__getitem__)
        return Lexeme(meant, read_word(meant).terms[0]) if meant else None

    def _check_parameters(self) -> None:
        for name in ("floor", "filler_weight"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} must lie between 0 and 1, not {getattr(self, name)!r}.")
        if not self.doubt > 0:
            raise ValueError(f"doubt must be above 0, not {self.doubt!r}.")


class _AnyWord:
    """The lexicon phrases are read by: every word in them is meant."""

    def knows(self, term: str) -> bool:
        return True

    def mend(self, word: str) -> Lexeme | None:
        return None


def _in_order(codes: Iterable[Code]) -> list[Code]:
    listed = list(codes)
    for each in listed:
        if not isinstance(each, Code):
            raise TypeError(f"Only codes can be proposed, not {type(each).__name__}.")
    listed.sort(key=lambda code: code.code)
    for before, after in pairwise(listed):
        if before.code == after.code:
            raise ValueError(f"The code {before.code!r} comes twice.")
    return listed


def _read_phrases(code: Code) -> list[tuple[str, list[Clue]]]:
    """Read a code's label and phrases, leaving out those that say nothing."""
    read = ((words, read_need(words, None, _AnyWord())) for words in (code.label, *code.phrases))
    return [(words, clues) for words, clues in read if clues]


def _rarity(codes: list[list[tuple[str, list[Clue]]]]) -> dict[str, float]:
    """Say how rare each term is among codes; 1 for one that a single code would hold."""
    held = Counter[str]()
    for phrases in codes:
        held.update({term for _, clues in phrases for clue in clues for term in clue.names})
    rarest = _surprise(1, len(codes))
    return {term: _surprise(times, len(codes)) / rarest for term, times in held.items()}


def _surprise(times: int, among: int) -> float:
    return log1p((among - times + 0.5) / (times + 0.5))
