"""Reading a text as words, and finding phrases of a few words in it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")
ANY_NUMBER = "#"
"""Stands in a phrase for a number in digits or words."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
_STOP = re.compile(r"[.;:!?()\[\]/\u2013\u2014\n\"\u201c\u201d]|\s-\s")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")
_NUMBERS = set(
    "one two three four five six seven eight nine ten twelve fifteen twenty thirty sixty".split()
)
_NEW_CLAUSE = {"but", "so", "because", "although", "though", "however", "as", "since", "while"}


class Gap(Enum):
    """What lies between a word and the one before it."""

    NONE = auto()
    COMMA = auto()
    CLAUSE = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A word folded to be held against phrases, where it stands, and what lies before it."""

    plain: str
    start: int
    end: int
    gap: Gap

    @property
    def is_plural(self) -> bool:
        """Whether folding took away the end of a plural."""
        return len(self.plain) < self.end - self.start


def read_words(text: str) -> list[Word]:
    """Read every word of a text, compounds in parts: "log-ins" is two words, "don't" is "dont"."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        before = text[words[-1].end if words else 0 : found.start()]
        words.append(Word(_plain(found[0]), *found.span(), _gap(before, words)))
    return words


def _gap(before: str, words: Sequence[Word]) -> Gap:
    if not words or _STOP.search(before) or words[-1].plain in _NEW_CLAUSE:
        return Gap.CLAUSE
    return Gap.COMMA if "," in before else Gap.NONE


def _plain(typed: str) -> str:
    """Fold case, apostrophes and the plural."""
    word = unicodedata.normalize("NFKC", typed).casefold().translate(_APOSTROPHES)
    if word.endswith("zzes"):
        return word.removesuffix("zes")
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


class Phrases(Generic[Meaning]):
    """Phrases with a meaning each, found where they stand in a text; the longest wins.

    Raises
    ------
    ValueError
        When a phrase holds no word.
    """

    def __init__(self, meanings: Iterable[tuple[str, Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in meanings:
            parts = tuple(_parts(phrase))
            if not parts:
                raise ValueError(f"The phrase {phrase!r} holds no word.")
            self._by_first.setdefault(parts[0], []).append((parts, meaning))
        for known in self._by_first.values():
            known.sort(key=lambda each: -len(each[0]))

    def _that_begin(self, plain: str) -> Sequence[tuple[tuple[str, ...], Meaning]]:
        first = ANY_NUMBER if _meets(plain, ANY_NUMBER) else plain
        return self._by_first.get(first, ())

    def at(self, words: Sequence[Word], place: int) -> tuple[int, Meaning] | None:
        """Give where the phrase that begins at a place ends, and what it means."""
        for parts, meaning in self._that_begin(words[place].plain) if place < len(words) else ():
            end = place + len(parts)
            if end <= len(words) and _reads(words[place:end], parts):
                return end, meaning
        return None


def _parts(phrase: str) -> list[str]:
    return [
        part if part == ANY_NUMBER else word.plain
        for part in phrase.split()
        for word in read_words(part) or [Word(part, 0, 0, Gap.NONE)]
    ]


def _reads(words: Sequence[Word], parts: Sequence[str]) -> bool:
    if any(word.gap is not Gap.NONE for word in words[1:]):
        return False
    return all(_meets(word.plain, part) for word, part in zip(words, parts, strict=True))


def _meets(plain: str, part: str) -> bool:
    if part == ANY_NUMBER:
        return plain.isdecimal() or plain in _NUMBERS
    return plain == part


def folded(words: str) -> frozenset[str]:
    """Fold words, written one after the other, as `read_words` does."""
    return frozenset(_plain(word) for word in words.split())


def clause_before(words: Sequence[Word], place: int) -> list[str]:
    """Give the folded words of a clause before a place."""
    start = place
    while start > 0 and words[start].gap is Gap.NONE:
        start -= 1
    return [word.plain for word in words[start:place]]


def ends(words: Sequence[Word], place: int) -> bool:
    """Tell whether nothing follows at a place without a comma or the end of a clause between."""
    return place >= len(words) or words[place].gap is not Gap.NONE


def clause_around(words: Sequence[Word], place: int) -> list[str]:
    """Give the folded words of the clause that a place is in."""
    end = place + 1
    while not ends(words, end):
        end += 1
    return [*clause_before(words, place), *(word.plain for word in words[place:end])]
