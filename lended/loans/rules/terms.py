"""The terms of a loan, as the responsible person reads and accepts them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from lended.loans.rules.calendar import Dates, in_words

FREE = (
    "The trial is free of charge. Nothing has to be bought afterwards, and nobody may be asked to."
)
KIT_CARE = (
    "The kit stays the supplier’s. It is used at the school only and is not passed on to another "
    "school. The school keeps it safe, checks it when it arrives and tells the supplier at once "
    "when something is missing, damaged or unsafe."
)
KIT_RISK = (
    "Insurance: the school asks its own insurer or risk protection scheme whether borrowed kit is "
    "covered. LendED does not know."
)
KIT_BATTERY = (
    "A swollen or damaged battery is never posted. The supplier is told and has it collected."
)
ACCESS_ENDS = "Access is for the people in the plan only and ends by itself after the last day."
ACCESS_DATA = (
    "Personal data is used for this trial only and is deleted within 30 days of its end; the "
    "supplier confirms this in LendED."
)
PHYSICAL = (KIT_CARE, KIT_RISK, KIT_BATTERY)
DIGITAL = (ACCESS_ENDS, ACCESS_DATA)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of one kind of thing.

    Parameters
    ----------
    kind
        ``physical`` or ``digital``.
    label
        What the supplier calls it; empty where there is only one kind of thing.
    """

    kind: str
    quantity: int
    label: str = ""

    @property
    def words(self) -> str:
        """The part as people say it: 6 kits, 30 × Tablets."""
        if self.label:
            return f"{self.quantity} × {self.label}"
        what = ("kit" if self.kind == "physical" else "seat") + ("" if self.quantity == 1 else "s")
        return f"{self.quantity} {what}"


def terms_text(product: str, supplier: str, parts: Sequence[Part], dates: Dates) -> str:
    """Return the terms of one loan as they stand when it is asked for."""
    what = ", ".join(part.words for part in parts)
    opening = (
        f"{supplier} lends {product} ({what}) from {in_words(dates.starts_on)} to "
        f"{in_words(dates.due_on)}, both days included."
    )
    kinds = {part.kind for part in parts}
    return "\n\n".join(
        (
            opening,
            FREE,
            *(PHYSICAL if "physical" in kinds else ()),
            *(DIGITAL if "digital" in kinds else ()),
        )
    )


def digest(text: str) -> str:
    """Return the fingerprint (SHA-256, hexadecimal) by which accepted terms are known again."""
    return hashlib.sha256(text.encode()).hexdigest()
