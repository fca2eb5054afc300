"""What a need may be, and how to ask for a better one. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LONGEST_NEED = 2000
SHORT_NEED_WORDS = 3
SUGGESTIONS_ON_A_PAGE = 20
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


def is_short(text: str) -> bool:
    """Tell whether a need says too little to be answered well."""
    return len(text.split()) < SHORT_NEED_WORDS
