"""What a supplier says it has to lend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from lended.errors import Invalid

KINDS: dict[str, str] = {
    "physical": "Kits that are sent and come back",
    "digital": "Seats or access that ends by itself",
}
UNIT_STATES: dict[str, str] = {
    "in_service": "In service",
    "quarantined": "Set aside for repair",
    "retired": "Retired",
}
SWOLLEN = "swollen"
BATTERIES: dict[str, str] = {
    "none": "It has none",
    "fine": "Fine",
    "watch": "Keep an eye on it",
    SWOLLEN: "Swollen: it must not be sent",
}
KIT_EVENTS: dict[str, str] = {
    "added": "Added",
    "changed": "Looked after",
    "dispatch": "Sent to a school",
    "receipt": "Arrived at the school",
    "return": "Came back",
    "check": "Checked",
    "set_aside": "Set aside",
    "release": "Ready to lend again",
    "retire": "Retired",
}
"""What becomes of a kit, as its history says it."""

CHECK_LASTS = timedelta(days=365)
"""After so long a kit's electrical check is asked about. A yearly test is not law in Great Britain:
equipment must be kept safe, and the supplier says how it was.

References
----------
Electricity at Work Regulations 1989, regulation 4(2); HSE guidance HSG107.
"""

MOST_VALUE_PENCE = 100_000_000
MOST_CAPACITY = 100_000
MOST_CONTENTS = 40
MOST_OF_ONE = 10_000


class InASet(Protocol):
    """A part of a set: what it is called, and how many of it go with each."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def in_a_set(self) -> int:
        """How many go with each set."""


@dataclass(frozen=True, slots=True)
class Content:
    """One thing in a kit, and how many of it."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class StockWish:
    """How many can be lent, of what kind, and what is in a kit.

    Parameters
    ----------
    capacity
        Kits or seats in service; ignored where ``unlimited``, which only digital stock can be.
    label, in_a_set
        What a part of several is called, and how many of it go with each set a school asks for.
    """

    kind: str
    capacity: int = 0
    unlimited: bool = False
    contents: Sequence[Content] = ()
    label: str = ""
    in_a_set: int = 1


@dataclass(frozen=True, slots=True)
class UnitWish:
    """One kit, as its supplier knows it."""

    serial: str
    condition: str = ""
    electrical_check_on: date | None = None
    state: str = "in_service"
    battery: str = "none"
    value_pence: int | None = None


def demand_stock(wish: StockWish) -> None:
    """Go on only with stock that can exist.

    Raises
    ------
    Invalid
        Beside the field that is wrong.
    """
    problems = {}
    if wish.kind not in KINDS:
        problems["kind"] = "Choose what kind of thing you lend."
    if wish.unlimited and wish.kind != "digital":
        problems["unlimited"] = "Kits have to be counted."
    if not wish.unlimited and not 0 <= wish.capacity <= MOST_CAPACITY:
        problems["capacity"] = f"Enter a whole number, 0 to {MOST_CAPACITY:,}."
    if not 1 <= wish.in_a_set <= MOST_OF_ONE:
        problems["in_a_set"] = f"Enter a whole number, 1 to {MOST_OF_ONE:,}."
    problems |= _contents_wrong(wish.contents)
    if problems:
        raise Invalid(problems=problems)


def _contents_wrong(contents: Sequence[Content]) -> dict[str, str]:
    if len(contents) > MOST_CONTENTS:
        return {"contents": f"List {MOST_CONTENTS} things at most."}
    if any(not 1 <= content.quantity <= MOST_OF_ONE for content in contents):
        return {"contents": "Give each thing with how many of it, for example: 24 Fraction tiles."}
    return {}


def set_in_words(parts: Sequence[InASet]) -> str:
    """Say what a set is: 6 × Robots, 6 × Tablets and 30 × Seats; empty for a thing of one part."""
    if len(parts) < 2:
        return ""
    *most, last = [f"{part.in_a_set} × {part.label}" for part in parts]
    return f"{', '.join(most)} and {last}"


def demand_unit(wish: UnitWish, today: date) -> None:
    """Go on only with a kit that has a serial and a possible electrical check.

    Raises
    ------
    Invalid
        Beside the field that is wrong.
    """
    problems = {}
    if not wish.serial.strip():
        problems["serial"] = "Give the kit a serial, as it is written on the box."
    if wish.state not in UNIT_STATES:
        problems["state"] = "Choose how things stand with this kit."
    if wish.electrical_check_on and wish.electrical_check_on > today:
        problems["electrical_check_on"] = "This day lies in the future."
    if wish.battery not in BATTERIES:
        problems["battery"] = "Say how the battery is."
    elif wish.battery == SWOLLEN and wish.state == "in_service":
        problems["battery"] = "A kit with a swollen battery is set aside or retired, never lent."
    if wish.value_pence is not None and not 0 <= wish.value_pence <= MOST_VALUE_PENCE:
        problems["value"] = "Give a sum from 0 to 1,000,000 pounds."
    if problems:
        raise Invalid(problems=problems)


def check_is_old(checked_on: date | None, today: date) -> bool:
    """Tell whether to ask what was checked before a kit leaves: no check, or one long ago."""
    return checked_on is None or today - checked_on > CHECK_LASTS
