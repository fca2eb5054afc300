"""The name of a loan on the telephone: LN-2042."""

from __future__ import annotations

import re

FIRST = 2000
"""Added to a loan's id, so that nobody is read "LN-1"."""

MOST_DIGITS = 12
TYPED = re.compile(rf"(?:ln)?[\s-]*([0-9]{{1,{MOST_DIGITS}}})", re.IGNORECASE)


def reference_of(loan_id: int) -> str:
    """Return the reference of a loan with some id."""
    return f"LN-{FIRST + loan_id}"


def loan_of_reference(typed: str) -> int | None:
    """Return the id of the loan that somebody means, or None where it names none.

    Capitals, the hyphen and the letters may be left out.
    """
    found = TYPED.fullmatch(typed.strip())
    number = int(found[1]) - FIRST if found else 0
    return number if number > 0 else None
