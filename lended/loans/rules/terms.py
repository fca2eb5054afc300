"""The terms of a loan, as the responsible person reads and accepts them."""

from __future__ import annotations

import hashlib
from datetime import date

from lended.loans.rules.calendar import in_words

FREE = "The trial is free of charge. Nothing has to be bought afterwards, and nobody may be asked to."
PHYSICAL = (
    "The kit stays the supplier’s. It is used at the school only and is not passed on to another "
    "school. The school keeps it safe, checks it when it arrives and tells the supplier at once "
    "when something is missing, damaged or unsafe.",
    "Insurance: the school asks its own insurer or risk protection scheme whether borrowed kit is "
    "covered. LendED does not know.",
    "A swollen or damaged battery is never posted. The supplier is told and has it collected.",
)
DIGITAL = (
    "Access is for the people in the plan only and ends by itself after the last day.",
    "Personal data is used for this trial only and is deleted within 30 days of the last day; the "
    "supplier confirms this in LendED.",
)


def terms_text(
    product: str, supplier: str, kind: str, quantity: int, starts_on: date, due_on: date
) -> str:
    """Return the terms of one loan as they stand when it is asked for.

    Parameters
    ----------
    kind
        ``physical`` or ``digital``.
    """
    what = ("kit" if kind == "physical" else "seat") + ("" if quantity == 1 else "s")
    opening = (
        f"{supplier} lends {product} ({quantity} {what}) from {in_words(starts_on)} to "
        f"{in_words(due_on)}, both days included."
    )
    return "\n\n".join((opening, FREE, *(PHYSICAL if kind == "physical" else DIGITAL)))


def digest(text: str) -> str:
    """Return the fingerprint (SHA-256, hexadecimal) by which accepted terms are known again."""
    return hashlib.sha256(text.encode()).hexdigest()
