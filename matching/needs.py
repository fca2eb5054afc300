"""Reading a need: the clues in it, each with the words as typed and the terms they stand for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, islice
from math import sqrt
from typing import Protocol

from matching.analysis import Lexeme, Token, may_name_ideas, spot_ideas, tokens
from matching.documents import require_text
from matching.stages import read_stages

LONGEST_NEED = 5_000
"""Characters of a need that are read."""

MOST_MENDED = 12
"""Strange words of a need that are looked at for slips; each takes about a millisecond."""

_PART_OF_A_NAME = 0.25  # of "English as an additional language" a single "language" says little


@dataclass(frozen=True, slots=True)
class Clue:
    """A word or name in a need.

    Parameters
    ----------
    words
        As typed.
    terms
        The terms it stands for, each with its weight.
    is_filler
        Whether teachers say it around any need.
    is_little
        Whether it is said around any word.
    times
        How often it was said.
    """

    words: str
    terms: tuple[tuple[str, float], ...]
    is_filler: bool = False
    is_little: bool = False
    times: int = 1

    @property
    def is_telling(self) -> bool:
        """Whether it says what is needed."""
        return not (self.is_filler or self.is_little)

    @property
    def emphasis(self) -> float:
        """Say how much repeating the clue adds: less each time."""
        return sqrt(self.times)

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
    staged = read_stages(text, nation).spans if nation else ()
    said = [token for token in tokens(text) if not (staged and _overlaps(token, staged))]
    return _merged(_clues(text, _mended(said, lexicon), lexicon))


def _overlaps(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _mended(said: list[Token], lexicon: Lexicon) -> list[Token]:
    """Put right the slips among the first words that are not in use."""
    strange = dict.fromkeys(
        lexeme
        for token in said
        for lexeme in token.lexemes
        if lexeme.is_telling and not lexicon.knows(lexeme.term)
    )
    meant = {lexeme: lexicon.mend(lexeme.word) for lexeme in islice(strange, MOST_MENDED)}
    if not any(meant.values()):
        return said
    return [
        token._replace(lexemes=tuple(meant.get(each) or each for each in token.lexemes))
        for token in said
    ]


def _clues(text: str, said: list[Token], lexicon: Lexicon) -> list[Clue]:
    names = _names(said, lexicon)
    if not names:
        return [_clue(token.typed, token.lexemes) for token in said]
    clues: list[Clue] = []
    place = 0
    while place < len(said):
        end, idea = names.get(place, (place + 1, None))
        spoken = said[place:end]
        clue = _name(text, spoken, idea) if idea else _clue(spoken[0].typed, spoken[0].lexemes)
        clues.append(clue)
        place = end
    return clues


def _names(said: list[Token], lexicon: Lexicon) -> dict[int, tuple[int, str]]:
    """Find names in full that are in use: by the token each begins with, its end and its idea."""
    terms = [each.term for token in said for each in token.lexemes]
    if not may_name_ideas(terms):
        return {}
    firsts = accumulate((len(token.lexemes) for token in said), initial=0)
    token_at = {first: place for place, first in enumerate(firsts)}
    return {
        token_at[start]: (token_at[end], idea)
        for start, end, idea in spot_ideas(terms)
        if lexicon.knows(idea) and start in token_at and end in token_at
    }


def _name(text: str, said: list[Token], idea: str) -> Clue:
    terms = dict.fromkeys(lexeme.term for token in said for lexeme in token.lexemes)
    parts = tuple((term, _PART_OF_A_NAME) for term in terms)
    return Clue(text[said[0].start : said[-1].end], ((idea, 1.0), *parts))


@lru_cache(maxsize=1 << 14)
def _clue(typed: str, said: tuple[Lexeme, ...]) -> Clue:
    return Clue(
        typed,
        tuple((term, 1.0) for term in dict.fromkeys(each.term for each in said)),
        is_filler=all(lexeme.is_filler for lexeme in said),
        is_little=all(lexeme.is_little for lexeme in said),
    )


def _merged(clues: list[Clue]) -> list[Clue]:
    if len({clue.terms for clue in clues}) == len(clues):
        return clues
    merged: dict[tuple[tuple[str, float], ...], Clue] = {}
    for clue in clues:
        before = merged.get(clue.terms)
        merged[clue.terms] = replace(before, times=before.times + 1) if before else clue
    return list(merged.values())
