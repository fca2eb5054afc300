"""Reading a need: the clues in it, each with the words as typed and the terms they stand for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt

from matching.analysis import Lexeme, Token, spot_ideas, tokens
from matching.documents import require_text
from matching.stages import read_stages
from matching.stopwords import FILLER_WORDS

LONGEST_NEED = 10_000
"""Characters of a need that are read."""

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
    times
        How often it was said.
    """

    words: str
    terms: tuple[tuple[str, float], ...]
    is_filler: bool = False
    times: int = 1

    @property
    def emphasis(self) -> float:
        """Say how much repeating the clue adds: less each time."""
        return sqrt(self.times)

    @property
    def names(self) -> tuple[str, ...]:
        """The terms without the parts of a name in full."""
        return tuple(term for term, weight in self.terms if weight == 1.0)


def read_need(
    need: str,
    nation: str | None,
    known: Callable[[str], bool],
    mend: Callable[[str], Lexeme | None],
) -> list[Clue]:
    """Read the clues of a need, in the order in which they are first said.

    Parameters
    ----------
    need
        As typed; only the first `LONGEST_NEED` characters are read.
    nation
        The nation whose words for stages are left out, or None to leave none out.
    known
        Tells whether a term is in the catalogue.
    mend
        Gives the lexeme an unknown word was meant to be, if any.

    Raises
    ------
    TypeError
        When the need is not text.
    """
    text = require_text(need)[:LONGEST_NEED]
    staged = read_stages(text, nation).spans if nation else ()
    said = [
        _mended(token, known, mend)
        for token in tokens(text)
        if not any(start < token.end and token.start < end for start, end in staged)
    ]
    return _merged(_clues(text, said, known))


def _mended(
    token: Token, known: Callable[[str], bool], mend: Callable[[str], Lexeme | None]
) -> Token:
    lexemes = tuple(each if known(each.term) else mend(each.word) or each for each in token.lexemes)
    return replace(token, lexemes=lexemes)


def _clues(text: str, said: list[Token], known: Callable[[str], bool]) -> list[Clue]:
    terms = [lexeme.term for token in said for lexeme in token.lexemes]
    owners = [token for token in said for _ in token.lexemes]
    names = {start: (end, idea) for start, end, idea in spot_ideas(terms) if known(idea)}
    clues: list[Clue] = []
    place = 0
    while place < len(owners):
        if place in names:
            end, idea = names[place]
            typed = text[owners[place].start : owners[end - 1].end]
            parts = tuple((term, _PART_OF_A_NAME) for term in dict.fromkeys(terms[place:end]))
            clues.append(Clue(typed, ((idea, 1.0), *parts)))
            place = end
        else:
            clues.append(_clue(owners[place]))
            place += len(owners[place].lexemes)
    return clues


def _clue(token: Token) -> Clue:
    terms = tuple((term, 1.0) for term in dict.fromkeys(each.term for each in token.lexemes))
    filler = all(lexeme.word in FILLER_WORDS for lexeme in token.lexemes)
    return Clue(token.typed, terms, filler)


def _merged(clues: list[Clue]) -> list[Clue]:
    merged: dict[tuple[tuple[str, float], ...], Clue] = {}
    for clue in clues:
        before = merged.get(clue.terms)
        merged[clue.terms] = replace(before, times=before.times + 1) if before else clue
    return list(merged.values())
