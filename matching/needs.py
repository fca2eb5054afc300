"""Reading a need: the clues in it, each with the words as typed and the terms they stand for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from math import sqrt
from typing import NamedTuple, Protocol

from matching.analysis import Lexeme, Token, Word, may_name_ideas, read_word, spot_ideas, tokens
from matching.documents import require_text
from matching.stages import may_tell_stage, read_stages

LONGEST_NEED = 5_000
"""Characters of a need that are read."""

MOST_MENDED = 12
"""Strange words of a need that are looked at for slips; each takes about a millisecond."""

_PART_OF_A_NAME = 0.25  # of "English as an additional language" a single "language" says little


class Clue(NamedTuple):
    """A word or name in a need.

    Parameters
    ----------
    words
        As typed.
    terms
        The terms it stands for, each with its weight.
    is_telling
        Whether it says what is needed, and is not said around any word or any need.
    is_filler
        Whether teachers say it around any need.
    emphasis
        How much repeating it adds: less each time.
    """

    words: str
    terms: tuple[tuple[str, float], ...]
    is_telling: bool = True
    is_filler: bool = False
    emphasis: float = 1.0

    def mass(self, rarity: Callable[[str], float]) -> float:
        """Add up how rare the terms are."""
        return sum([part * rarity(term) for term, part in self.terms])

    @property
    def names(self) -> tuple[str, ...]:
        """The terms without the parts of a name in full."""
        return tuple(term for term, weight in self.terms if weight == 1.0)


class Lexicon(Protocol):
    """What a catalogue, or a vocabulary, says about words."""

    def knows(self, term: str) -> bool:
        """Tell whether a term is in use."""
        ...

    def mend(self, word: str) -> Lexeme | None:
        """Give what a word that is not in use was meant to be, if one slip explains it."""
        ...


def read_need(need: str, nation: str | None, lexicon: Lexicon) -> list[Clue]:
    """Read the clues of a need, in the order in which they are first said.

    Parameters
    ----------
    need
        As typed; only the first `LONGEST_NEED` characters are read.
    nation
        The nation whose words for stages are left out, or None to leave none out.
    lexicon
        Decides which words are slips, and which names in full are in use.

    Raises
    ------
    TypeError
        When the need is not text.
    """
    text = require_text(need)[:LONGEST_NEED]
    said = _mended(_without_stages(text, nation), lexicon)
    return merged(_clues(text, said, lexicon))


def read_plain(typed: str, lexicon: Lexicon) -> Clue | None:
    """Read a word by itself, unless what is around it may say how it is meant.

    Returns
    -------
    None for a slip, and for what may be part of a stage or begin a name in full. A clue without
    terms for what is not matched.
    """
    word = read_word(typed)
    if may_tell_stage(typed) or may_name_ideas(word.terms):
        return None
    is_slip = any(lexicon.mend(each.word) for each in _strange(word, lexicon))
    return None if is_slip else _clue(word)


def _without_stages(text: str, nation: str | None) -> list[Token]:
    said = tokens(text)
    if nation is None or not any(_may_tell_stage(word) for word, _ in said):
        return said
    spans = read_stages(text, nation).spans
    return [(word, found) for word, found in said if not _overlaps(found, spans)]


@lru_cache(maxsize=1 << 14)
def _may_tell_stage(word: Word) -> bool:
    return may_tell_stage(word.typed)


def _overlaps(found: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < found.end() and found.start() < end for start, end in spans)


def _mended(said: list[Token], lexicon: Lexicon) -> list[Token]:
    """Put right the slips among the first words that are not in use."""
    strange = dict.fromkeys(lexeme for word, _ in said for lexeme in _strange(word, lexicon))
    looked_at = islice(strange, MOST_MENDED)
    meant = {lexeme: mended for lexeme in looked_at if (mended := lexicon.mend(lexeme.word))}
    return [(_mend(word, meant), found) for word, found in said] if meant else said


def _strange(word: Word, lexicon: Lexicon) -> list[Lexeme]:
    return [each for each in word.lexemes if each.is_telling and not lexicon.knows(each.term)]


def _mend(word: Word, meant: Mapping[Lexeme, Lexeme]) -> Word:
    if meant.keys().isdisjoint(word.lexemes):
        return word
    return Word(word.typed, tuple([meant.get(each, each) for each in word.lexemes]))


def _clues(text: str, said: list[Token], lexicon: Lexicon) -> list[Clue]:
    names = _names(said, lexicon)
    if not names:
        return [_clue(word) for word, _ in said]
    clues: list[Clue] = []
    place = 0
    while place < len(said):
        end, idea = names.get(place, (place + 1, None))
        clues.append(_name(text, said[place:end], idea) if idea else _clue(said[place][0]))
        place = end
    return clues


def _names(said: list[Token], lexicon: Lexicon) -> dict[int, tuple[int, str]]:
    """Find names in full that are in use: by the token each begins with, its end and its idea."""
    terms = [term for word, _ in said for term in word.terms]
    if not may_name_ideas(terms):
        return {}
    firsts = accumulate((len(word.terms) for word, _ in said), initial=0)
    token_at = {first: place for place, first in enumerate(firsts)}
    return {
        token_at[start]: (token_at[end], idea)
        for start, end, idea in spot_ideas(terms)
        if lexicon.knows(idea) and start in token_at and end in token_at
    }


def _name(text: str, said: list[Token], idea: str) -> Clue:
    terms = dict.fromkeys(term for word, _ in said for term in word.terms)
    parts = tuple((term, _PART_OF_A_NAME) for term in terms)
    return Clue(text[said[0][1].start() : said[-1][1].end()], ((idea, 1.0), *parts))


@lru_cache(maxsize=1 << 14)
def _clue(word: Word) -> Clue:
    is_filler = all(lexeme.is_filler for lexeme in word.lexemes)
    is_little = all(lexeme.is_little for lexeme in word.lexemes)
    terms = tuple([(term, 1.0) for term in dict.fromkeys(word.terms)])
    return Clue(word.typed, terms, not (is_filler or is_little), is_filler)


def merged(clues: Sequence[Clue]) -> list[Clue]:
    """Make one clue of those that stand for the same terms, the first; several say it louder."""
    firsts = {clue.terms: clue for clue in reversed(clues)}
    if len(firsts) == len(clues):
        return list(clues)
    return [
        firsts[terms]._replace(emphasis=sqrt(times)) if times > 1 else firsts[terms]
        for terms, times in Counter([clue.terms for clue in clues]).items()
    ]
