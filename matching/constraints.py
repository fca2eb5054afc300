"""Reading constraints: means a teacher rules out or insists on, so that they become filters.

"No tablets" asks for nothing about tablets, and matched as a word it would bring up what the
teacher cannot use. What the means are, and which codes of which facet say so, comes from outside.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.concepts import Concept, Constraint, ConstraintReading
from matching.cues import (
    AFTER_FORMATS,
    AFTER_MEANS,
    AT_HOME,
    BANS,
    CUES,
    JOINTS,
    MODIFIERS,
    NEGATORS,
    NEVER_MODIFIERS,
    REFUSERS,
    Cue,
    counts,
)
from matching.documents import require_text
from matching.phrases import Gap, Phrases, Word, clause_before, ends, read_words

LONGEST_READ = 5_000
"""Characters of a need in which constraints are read, as many as are matched."""

_LOOK_BACK = 3
_ASKING = {Cue.OWNS, Cue.RUNS_ON, Cue.ON}


@dataclass(frozen=True, slots=True)
class _Said:
    """Concepts said by the words from one place to another, all but those kept for matching."""

    first: int
    last: int
    concepts: tuple[Concept, ...]
    kept: tuple[int, ...] = ()


class ConstraintReader(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Read the constraints in needs.

    Means ruled out are read in closed phrases ("no", "without", "not another", "we cannot use" …)
    up to the means named by a concept, so that "no confidence with tablets" stays a need.

    Attributes
    ----------
    absent_, present_, phrases_
        The names and phrases of the concepts, each leading to its concept.

    Examples
    --------
    >>> reader = ConstraintReader().fit([
    ...     Concept("tablets", "device", ["ipados"], wants=False, absent=["tablets", "iPads"]),
    ... ])
    >>> reading = reader.read("Phonics for Year 2, but no tablets please")
    >>> reading.constraints[0].words, reading.constraints[0].codes, reading.constraints[0].wants
    ('no tablets', ('ipados',), False)
    >>> reading.rest
    'Phonics for Year 2, but            please'
    >>> reader.read("They have no confidence with tablets").constraints
    ()
    """

    absent_: Phrases[Concept]
    present_: Phrases[Concept]
    phrases_: Phrases[Concept]

    def fit(self, concepts: Iterable[Concept], y: None = None) -> Self:
        """Learn concepts, forgetting any before.

        Raises
        ------
        TypeError
            When one of them is not a concept.
        ValueError
            When two have the same name.
        """
        listed = _unlike(concepts)
        self.absent_ = _phrases(listed, lambda concept: concept.absent)
        self.present_ = _phrases(listed, lambda concept: concept.present)
        self.phrases_ = _phrases(listed, lambda concept: concept.phrases)
        return self

    def read(self, need: str) -> ConstraintReading:
        """Read the constraints in a need; only its first `LONGEST_READ` characters are read.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        check_is_fitted(self, "phrases_")
        text = require_text(need)
        words = read_words(text[:LONGEST_READ])
        said = list(self._said(words))
        spans = tuple(span for each in said for span in _spans(words, each))
        found: dict[str, Constraint] = {}
        for each in said:
            start, end = words[each.first].start, words[each.last - 1].end
            for concept in each.concepts:
                found.setdefault(concept.name, _constraint(text, start, end, concept))
        return ConstraintReading(tuple(found.values()), spans, _blanked(text, spans))

    def _said(self, words: Sequence[Word]) -> Iterator[_Said]:
        place = 0
        while place < len(words):
            said = self._stated(words, place) or self._cued(words, place)
            said = said or self._banned(words, place)
            if said:
                yield said
            place = said.last if said else place + 1

    def _stated(self, words: Sequence[Word], place: int) -> _Said | None:
        """Read a phrase that says so by itself, unless it is denied."""
        found = self.phrases_.at(words, place)
        if not found:
            return None
        end, concept = found
        is_clause = words[place].gap is not Gap.NONE and ends(words, end)
        if not is_clause and end - place == 1:
            return None
        denied = not NEGATORS.isdisjoint(clause_before(words, place)[-_LOOK_BACK:])
        return None if denied else _Said(place, end, (concept,))

    def _cued(self, words: Sequence[Word], place: int) -> _Said | None:
        """Read a cue and the means it leads to."""
        cued = CUES.at(words, place)
        if not cued:
            return None
        end, cue = cued
        if not counts(cue, words, place):
            return None
        if cue in _ASKING:
            return self._asked(words, place, end, cue)
        return self._ruled_out(words, place, end, cue)

    def _asked(self, words: Sequence[Word], place: int, start: int, cue: Cue) -> _Said | None:
        found = self.present_.at(words, _after_modifiers(words, start))
        if not found or (cue is Cue.ON and not ends(words, found[0])):
            return None
        denied = not NEGATORS.isdisjoint(clause_before(words, place)[-_LOOK_BACK:])
        return None if denied else _Said(place, found[0], (found[1],))

    def _ruled_out(self, words: Sequence[Word], place: int, start: int, cue: Cue) -> _Said | None:
        """Read the means a cue rules out, and those named with them: "no tablets or accounts"."""
        concepts: list[Concept] = []
        kept: list[int] = []
        end, following = start, None if ends(words, start) else start
        while following is not None and (found := self._means(words, following)):
            after, concept, passed = found
            is_listed = words[following].gap is Gap.COMMA
            if not _refuses(cue, concept, words, place):
                break
            if not _may_end(words, after, concept, JOINTS if is_listed else None):
                break
            concepts.append(concept)
            kept += passed
            end, following = after, _next_in_list(words, after)
        return _Said(place, end, tuple(concepts), tuple(kept)) if concepts else None

    def _means(self, words: Sequence[Word], start: int) -> tuple[int, Concept, list[int]] | None:
        """Read the means at a place: where it ends, what it is, and which words stay matched.

        Before a format one word more may stand, which says what it is about: "no phonics quiz".
        """
        place = _after_modifiers(words, start, lambda at: self.absent_.at(words, at) is not None)
        if place >= len(words) or (place > start and words[place].gap is not Gap.NONE):
            return None
        if found := self.absent_.at(words, place):
            return *found, []
        about = self.absent_.at(words, place + 1)
        if not about or not about[1].is_format or ends(words, place + 1):
            return None
        return None if words[place].plain in NEVER_MODIFIERS else (*about, [place])

    def _banned(self, words: Sequence[Word], place: int) -> _Said | None:
        """Read means that are ruled out behind them: "tablets are not allowed"."""
        found = self.absent_.at(words, place)
        if not found:
            return None
        end, concept = found
        ban = BANS.at(words, end)
        return _Said(place, ban[0], (concept,)) if ban and words[end].gap is Gap.NONE else None


def _unlike(concepts: Iterable[Concept]) -> list[Concept]:
    listed = list(concepts)
    names: set[str] = set()
    for each in listed:
        if not isinstance(each, Concept):
            raise TypeError(f"Only concepts can be read, not {type(each).__name__}.")
        if each.name in names:
            raise ValueError(f"The concept {each.name!r} comes twice.")
        names.add(each.name)
    return listed


def _phrases(
    concepts: Sequence[Concept], of: Callable[[Concept], Collection[str]]
) -> Phrases[Concept]:
    return Phrases((phrase, concept) for concept in concepts for phrase in of(concept))


def _after_modifiers(
    words: Sequence[Word], place: int, is_means: Callable[[int], bool] = lambda _place: False
) -> int:
    """Pass over words that change nothing, unless they begin the name of a means."""
    while (
        place < len(words)
        and words[place].gap is Gap.NONE
        and words[place].plain in MODIFIERS
        and not is_means(place)
    ):
        place += 1
    return place


def _next_in_list(words: Sequence[Word], place: int) -> int | None:
    """Give where the next means of a list would begin: after "or", or behind a comma."""
    if place >= len(words) or words[place].gap is Gap.CLAUSE:
        return None
    if words[place].gap is Gap.COMMA:
        return place
    is_joint = words[place].plain in JOINTS and not ends(words, place + 1)
    return place + 1 if is_joint else None


def _refuses(cue: Cue, concept: Concept, words: Sequence[Word], place: int) -> bool:
    """Tell whether a cue rules a means out, or only says that there is none."""
    if not concept.is_format:
        return True
    before = clause_before(words, place)
    if cue is Cue.NO:
        return not before or before[-1] in REFUSERS
    return cue is not Cue.LACKS


def _may_end(
    words: Sequence[Word], end: int, concept: Concept, only: Collection[str] | None
) -> bool:
    """Tell whether a means ends where it seems to: not in "no tablet training".

    Parameters
    ----------
    only
        The words that may follow where fewer may: "no tablets, computers are fine".
    """
    if ends(words, end):
        return True
    if AT_HOME.at(words, end):
        return False
    following = words[end].plain
    if only is not None or concept.is_format:
        return following in (AFTER_FORMATS if only is None else only)
    return following in AFTER_MEANS or (words[end - 1].is_plural and following != "of")


def _spans(words: Sequence[Word], said: _Said) -> Iterator[tuple[int, int]]:
    """Give where the words run that are not matched."""
    first = said.first
    for place in (*said.kept, said.last):
        if first < place:
            yield words[first].start, words[place - 1].end
        first = place + 1


def _constraint(text: str, start: int, end: int, concept: Concept) -> Constraint:
    return Constraint(
        text[start:end], start, end, concept.name, concept.facet, tuple(concept.codes),
        concept.wants,
    )  # fmt: skip


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
