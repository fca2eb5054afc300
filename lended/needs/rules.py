"""What a need may be, and how to ask for a better one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

LONGEST_NEED = 2000
SHORT_NEED_WORDS = 3
SUGGESTIONS_ON_A_PAGE = 10
MOST_SUGGESTIONS = 50
MOST_ASIDE = 200


@dataclass(frozen=True, slots=True)
class NeedWish:
    """A need as its teacher puts it.

    Parameters
    ----------
    codes
        Need codes the teacher confirmed.
    filters
        The narrowing chosen with it, as the page's query string names it.
    """

    text: str
    stages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    filters: dict[str, Any] = field(default_factory=dict)


def together(need: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return words in the order of the need, those that stand side by side as one.

    Words that stand for the whole of it, and are not in it, come last.

    >>> together("They forget times tables by Monday", ["tables", "Monday", "times"])
    ('times tables', 'Monday')
    """
    lowered = need.casefold()
    beyond = len(lowered) + len(" ") * 2
    found = ((lowered.find(word.casefold()), word) for word in words)
    placed = sorted((start if start >= 0 else beyond, word) for start, word in found)
    phrases: list[tuple[int, str]] = []
    for start, word in placed:
        before, phrase = phrases[-1] if phrases else (0, "")
        if phrase and start == before + len(phrase) + 1:
            phrases[-1] = (before, f"{phrase} {word}")
        else:
            phrases.append((start, word))
    return tuple(phrase for _start, phrase in phrases)


def is_short(text: str) -> bool:
    """Tell whether a need says too little to be answered well."""
    return len(text.split()) < SHORT_NEED_WORDS
