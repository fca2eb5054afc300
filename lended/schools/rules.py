"""How a school is found by what people type: names without accents, capitals and points."""

from __future__ import annotations

import re
import unicodedata

MOST_SEARCH_TEXT = 400
MOST_WORDS = 8
APOSTROPHES = re.compile("['’‘`\u00b4]")
SEPARATORS = re.compile(r"[^a-z0-9]+")
SAME = {"saint": "st", "and": ""}
"""Words written in two ways, or left out as often as not; “&” goes with the separators."""


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: without accents, capitals and points.

    >>> plain_words("St Mary’s & Saint Brónach's CofE Primary")
    ('st', 'marys', 'st', 'bronachs', 'cofe', 'primary')
    """
    letters = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = (SAME.get(word, word) for word in SEPARATORS.split(bare))
    return tuple(word for word in words if word)


def search_text(name: str, town: str = "", postcode: str = "") -> str:
    """Return what a school is found by: its name, town and postcode, with and without its space.

    The text is what ``School.search_name`` holds, of at most `MOST_SEARCH_TEXT` characters.
    """
    joined = "".join(plain_words(postcode))
    words = (*plain_words(name), *plain_words(town), *plain_words(postcode), joined)
    return " ".join(word for word in words if word)[:MOST_SEARCH_TEXT]


def search_words(typed: str) -> tuple[str, ...]:
    """Return what to look for, each once: the first `MOST_WORDS` words of what was typed."""
    return tuple(dict.fromkeys(plain_words(typed)))[:MOST_WORDS]
