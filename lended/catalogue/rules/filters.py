"""What may narrow the catalogue, as values. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

PAGE_SIZE = 20
MOST_COMPARED = 4
LEFT_OUT = {"not_type": "type", "not_device": "device"}
"""Filters that leave codes out, and the field whose codes they are."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person narrowed the catalogue to.

    Inside one field any of the codes will do; every field that is not empty must be met. A product
    that does not state a fact never meets a filter on it.

    Parameters
    ----------
    not_type, not_device
        Keeps products that state some other code than these: what runs on tablets and on laptops
        does without tablets.
    no_technician
        True keeps products that state they need no technician.
    borrow_from, borrow_until
        Both or neither, inclusive: keeps what can be borrowed on these dates.
    """

    stage: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    device: tuple[str, ...] = ()
    devices_needed: tuple[str, ...] = ()
    offline: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    no_technician: bool = False
    personal_data: tuple[str, ...] = ()
    sign_in: tuple[str, ...] = ()
    price_model: tuple[str, ...] = ()
    not_type: tuple[str, ...] = ()
    not_device: tuple[str, ...] = ()
    borrow_from: date | None = None
    borrow_until: date | None = None

    @property
    def set_count(self) -> int:
        """How many fields narrow anything; a window of dates counts once."""
        chosen = sum(bool(getattr(self, field.name)) for field in fields(self))
        return chosen - 1 if self.window else chosen

    @property
    def window(self) -> tuple[date, date] | None:
        """The dates to borrow on, inclusive, when both are given."""
        if self.borrow_from and self.borrow_until:
            return self.borrow_from, self.borrow_until
        return None
