"""What each side writes down when a loan moves: values, their words and their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lended.errors import Invalid

DATA_PROTECTION: dict[str, str] = {
    "assessed": "We made an assessment and may go ahead",
    "by_trust": "Our trust has assessed this product",
    "not_needed": "Our data protection lead says that none is needed",
}
"""What came of the school's data-protection check."""

NO_PERSONAL_DATA = "none"
CONDITIONS = ("ok", "consumed", "missing", "damaged")
DATA_PROTECTION_WANTED = "Say what came of your data-protection check."


@dataclass(frozen=True, slots=True)
class PaperworkWish:
    """What the responsible person agrees to.

    Parameters
    ----------
    terms_accepted
        Must be true.
    deputy
        Who answers when the responsible person is away.
    address, delivery_window
        Wanted for physical kits only.
    data_protection
        A code of `DATA_PROTECTION`; wanted unless the product states that
        it holds no personal data.
    """

    terms_accepted: bool
    deputy: str
    address: str = ""
    delivery_window: str = ""
    data_protection: str = ""
    data_protection_words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a contents check.

    Parameters
    ----------
    condition
        ``ok``, ``consumed``, ``missing`` or ``damaged``.
    """

    name: str
    expected: int
    found: int
    condition: str = "ok"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DispatchWish:
    """What a supplier says when a kit leaves.

    Parameters
    ----------
    unit_ids
        Which kits; none only where kits have no serials.
    safety_words
        What was checked, where a kit has no electrical check of the last year.
    """

    items: Sequence[Item]
    condition: str
    tracking: str = ""
    unit_ids: Sequence[int] = ()
    safety_words: str = ""

    @property
    def words(self) -> str:
        """In what condition it leaves, and what was checked, as both sides read it."""
        if not self.safety_words.strip():
            return self.condition
        return f"{self.condition.rstrip('. ')}. {self.safety_words}"


@dataclass(frozen=True, slots=True)
class DeletionWish:
    """What a supplier says it deleted, or that there was nothing to delete."""

    none_held: bool
    scope: str = ""
    deleted_on: date | None = None
    backups_until: date | None = None


def holds_personal_data(facts: Mapping[str, Any]) -> bool:
    """Tell whether a product may hold personal data; one that does not say may."""
    return facts.get("personal_data") != NO_PERSONAL_DATA


def demand_paperwork(wish: PaperworkWish, kind: str, facts: Mapping[str, Any]) -> None:
    """Go on only when the school has agreed to all that this loan needs.

    Raises
    ------
    Invalid
        With a sentence for each field that is missing.
    """
    problems = {}
    if not wish.terms_accepted:
        problems["terms_accepted"] = "Accept the terms to go on."
    if not wish.deputy.strip():
        problems["deputy"] = "Name somebody who answers when you are away."
    if kind == "physical" and not wish.address.strip():
        problems["address"] = "Give the address to which it is sent."
    if kind == "physical" and not wish.delivery_window.strip():
        problems["delivery_window"] = "Say when somebody is there to take it in."
    if holds_personal_data(facts) and wish.data_protection not in DATA_PROTECTION:
        problems["data_protection"] = DATA_PROTECTION_WANTED
    if problems:
        raise Invalid(problems=problems)


def expected_items(contents: Sequence[Mapping[str, Any]], quantity: int) -> tuple[Item, ...]:
    """Return what should be in the box, or the boxes, when everything is there."""
    return tuple(
        Item(line["name"], line["quantity"] * quantity, line["quantity"] * quantity)
        for line in contents
    )


def demand_items(items: Sequence[Item]) -> None:
    """Go on only when every item has a condition of the list and a count that can be.

    Raises
    ------
    Invalid
        Otherwise.
    """
    for item in items:
        if item.condition not in CONDITIONS:
            raise Invalid(f"Say how you found “{item.name}”.")
        if item.found < 0:
            raise Invalid(f"Say how many of “{item.name}” you found.")


def demand_deletion(
    wish: DeletionWish, facts: Mapping[str, Any], ended_on: date, today: date
) -> None:
    """Go on only when the supplier's word holds together.

    Raises
    ------
    Invalid
        When something is missing, lies in the future, or contradicts the product's own facts.
    """
    if wish.none_held:
        _demand_none_held(facts)
        return
    problems = {}
    if not wish.scope.strip():
        problems["scope"] = "Say what was deleted."
    if wish.deleted_on is None:
        problems["deleted_on"] = "Give the day on which it was deleted."
    elif wish.deleted_on > today:
        problems["deleted_on"] = "This day lies in the future. Come back when it is done."
    elif wish.deleted_on < ended_on:
        problems["deleted_on"] = "This lies before the end of the trial."
    if wish.backups_until is not None and wish.deleted_on and wish.backups_until < wish.deleted_on:
        problems["backups_until"] = "Backups cannot end before the deletion."
    if problems:
        raise Invalid(problems=problems)


def _demand_none_held(facts: Mapping[str, Any]) -> None:
    stated = facts.get("personal_data")
    if stated is not None and stated != NO_PERSONAL_DATA:
        raise Invalid(
            problems={
                "none_held": "The product’s facts say that it holds personal data. Say what was "
                "deleted and when."
            }
        )
