"""Reading text: from what was typed to the terms it is matched by."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from matching.abbreviations import IDEAS
from matching.spellings import fold_spelling
from matching.stopwords import FILLER_WORDS, LITTLE_WORDS, STOP_WORDS

LONGEST_WORD = 40
"""Letters of a word that are read; longer runs are not words, and cost memory."""

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f"
_LETTERS = rf"[^\W_]+(?:[\u0300-\u036f{_INVISIBLE}]+[^\W_]+)*[\u0300-\u036f]*"
_JOINT = r"['\u2019\u02bc\u2010\u2011-]"
WORD = re.compile(rf"\b[A-Za-z]&[A-Za-z]\b|{_LETTERS}(?:{_JOINT}{_LETTERS})*")
"""A word as typed: letters and digits, with hyphens, apostrophes and invisible marks inside."""

_SHORT_PREFIX = 2
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_JOINED_WORDS = {
    "crosscurricular", "email", "homework", "lifelong", "multilingual", "multisensory", "nonverbal",
    "online", "preschool", "timetable", "website", "wellbeing", "workload", "worksheet",
}  # fmt: skip
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()  # the stemmer keeps the word it is working on in itself
_CAPITALS = {short: idea.term for idea in IDEAS for short in idea.capitals}
_SHORT = {short: idea.term for idea in IDEAS for short in idea.short}
FULL_NAMES = {idea.term: idea.phrases[0] for idea in IDEAS}
"""What the term of an abbreviation is called in full."""


class Lexeme(NamedTuple):
    """A plain word, the term (its folded stem) it is matched by, and whether it says little.

    Parameters
    ----------
    is_filler
        Whether teachers say it around any need.
    is_little
        Whether it is said around any word.
    """

    word: str
    term: str
    is_filler: bool = False
    is_little: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it says what is needed."""
        return not (self.is_filler or self.is_little)


class Word:
    """A word as typed, and what was read in it: once, so that other things are known by it.

    Not to be changed; a plain class, since making one of every new word of every need is felt.
    """

    __slots__ = ("lexemes", "terms", "typed")

    def __init__(self, typed: str, lexemes: tuple[Lexeme, ...]) -> None:
        self.typed = typed
        self.lexemes = lexemes
        self.terms = tuple([lexeme.term for lexeme in lexemes])


Token = tuple[Word, re.Match[str]]
"""A word, and where it stands in a text."""


def tokens(text: str) -> list[Token]:
    """Read the words of a text that are matched, in order, as typed."""
    read = _read_shouted if is_shouted(text) else read_word
    return [(word, found) for found in WORD.finditer(text) if (word := read(found[0])).terms]


def is_shouted(text: str) -> bool:
    """Tell whether a whole text is in capitals, where capitals mark no abbreviation."""
    return text.isupper() and len(text.split(maxsplit=3)) > 3


@lru_cache(maxsize=1 << 16)
def read_word(typed: str) -> Word:
    """Read one word as typed; stop words and single letters hold nothing."""
    return Word(typed, _lexemes(_plain(typed)))


@lru_cache(maxsize=1 << 12)
def _read_shouted(typed: str) -> Word:
    return Word(typed, read_word(typed.lower()).lexemes)


def _lexemes(plain: str) -> tuple[Lexeme, ...]:
    folded = plain.casefold()
    idea = _CAPITALS.get(plain) or _SHORT.get(folded)
    if idea:
        return (Lexeme(folded, idea),)
    parts = (folded,) if folded.isascii() and folded.isalnum() else _parts(_without_accents(folded))
    return tuple([_lexeme(word[:LONGEST_WORD]) for word in parts if _counts(word)])


def _lexeme(word: str) -> Lexeme:
    return Lexeme(word, stem(fold_spelling(word)), word in FILLER_WORDS, word in LITTLE_WORDS)


def stem(word: str) -> str:
    """Give the stem of a casefolded word (Snowball English).

    References
    ----------
    M. F. Porter, Snowball: a language for stemming algorithms, 2001.
    """
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


def may_name_ideas(terms: Iterable[str]) -> bool:
    """Tell whether a term among these begins a name in full; mostly none does."""
    return not _names_by_first_term().keys().isdisjoint(terms)


def spot_ideas(terms: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Find names in full among terms: where each begins and ends, and the term of its idea.

    The longest name wins, and names do not overlap.
    """
    names = _names_by_first_term()
    free = 0
    for start, term in enumerate(terms):
        if start < free or term not in names:
            continue
        for name, idea in names[term]:
            if tuple(terms[start : start + len(name)]) == name:
                free = start + len(name)
                yield start, free, idea
                break


@cache
def _names_by_first_term() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for idea in IDEAS:
        for phrase in idea.phrases:
            name = tuple(term for word, _ in tokens(phrase) for term in word.terms)
            names.setdefault(name[0], []).append((name, idea.term))
    for each in names.values():
        each.sort(key=lambda named: (-len(named[0]), named))
    return names


def _plain(typed: str) -> str:
    if typed.isascii():
        return typed
    visible = _HIDDEN.sub("", unicodedata.normalize("NFKC", typed))
    return re.sub(r"[\u2019\u02bc]", "'", re.sub(r"[\u2010\u2011]", "-", visible))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if letter.isalnum() or letter in "'-")


def _parts(word: str) -> list[str]:
    """Split a compound at its hyphens, unless it is one word or a prefix has no life of its own."""
    if word.isalnum():
        return [word]
    parts = [_without_apostrophes(part) for part in word.split("-")]
    joined = "".join(parts)
    if joined in _JOINED_WORDS or (len(parts[0]) <= _SHORT_PREFIX and parts[0].isalpha()):
        return [joined]
    return parts


def _without_apostrophes(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


def _counts(word: str) -> bool:
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
