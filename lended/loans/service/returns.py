"""A kit's way back: booked, received whole or in parts, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans.models import Loan, LoanLine, Unit
from lended.loans.rules.papers import Item, demand_items
from lended.loans.rules.returns import PartWish, amiss
from lended.loans.rules.terms import Part
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.contents import keep_check
from lended.loans.service.give_back import may_leave_data, owe_deletion, unbind
from lended.loans.service.guard import is_physical
from lended.loans.service.holding import kit_lines, still_out, until_ready
from lended.loans.service.kits import keep_history, kits_of
from lended.work import Work

NOTHING_CAME = "Say what came back."
NOT_BACK = (
    "{missing} did not come back. Say that this is to be settled, so that it is promised to nobody."
)


def book_return(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say when and where a kit can be collected, or that it is on its way; also early.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to give back, not with the school, or access instead of a kit.
    Invalid
        When no words say when.
    """
    loan = loan_to_move(work, actor, loan_id, "book_return")
    if not is_physical(loan):
        raise Conflict("There is nothing to send back: this is access. End it instead.")
    if not words.strip():
        raise Invalid(problems={"words": "Say when and where it can be collected."})
    change(work, actor, loan, "book_return", words=words)


def take_back(work: Work, actor: Actor, loan_id: int) -> None:
    """Say that everything is back at the supplier, not yet checked.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's kit, or not on its way back.
    """
    loan = loan_to_move(work, actor, loan_id, "take_back", with_history=True)
    for line in kit_lines(loan):
        line.back = line.quantity
    came = [unit for unit in kits_of(loan) if unit.id not in back_before(loan)]
    _receive(work, actor, loan, came, {})


def take_back_part(work: Work, actor: Actor, loan_id: int, wish: PartWish) -> None:
    """Say which part is back; with the last of it, or when no more comes, the check begins.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's kit, or not on its way back.
    Invalid
        When nothing came, or more than was sent.
    """
    loan = loan_to_move(work, actor, loan_id, "take_back_part", with_history=True)
    before = back_before(loan)
    came = [unit for unit in kits_of(loan) if unit.id in wish.unit_ids and unit.id not in before]
    parts = [part for line in kit_lines(loan) if (part := _count(line, wish, came))]
    if not parts and not wish.no_more:
        raise Invalid(problems={"unit_ids": NOTHING_CAME})
    after: dict[str, Any] = {
        "back": ", ".join(parts),
        "unit_ids": sorted(before | {unit.id for unit in came}),
    }
    if wish.no_more or all(line.back == line.quantity for line in kit_lines(loan)):
        _receive(work, actor, loan, came, after)
    else:
        change(work, actor, loan, "take_back_part", after=after)
        keep_history(work, actor, came, "return", loan_id=loan.id)


def pass_inspection(
    work: Work, actor: Actor, loan_id: int, items: Sequence[Item], words: str = ""
) -> None:
    """Check what came back, item by item, and close the loan.

    Where seats went with it, the loan waits until the data behind them is deleted.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to check, or not there to be checked.
    Invalid
        When an item has no condition, or kits are missing: that is to be settled.
    """
    loan = loan_to_move(work, actor, loan_id, "pass_inspection")
    demand_items(items)
    _demand_all_back(loan)
    move = "pass_inspection_for_deletion" if may_leave_data(loan) else "pass_inspection"
    change(work, actor, loan, move, words=words, held=until_ready(loan), closed_as="returned")
    checked(work, actor, loan, items, words)


def checked(work: Work, actor: Actor, loan: Loan, items: Sequence[Item], words: str) -> list[Unit]:
    """Keep what a check found, let go of the kits, and return them; data is deleted next."""
    keep_check(work, actor, loan, "inspection", items, words=words)
    units, condition = kits_of(loan), _condition(items, words)
    for unit in units:
        unit.condition = condition
    unbind(work, loan)
    keep_history(work, actor, units, "check", words=condition, loan_id=loan.id)
    owe_deletion(work, loan)
    return units


def _receive(
    work: Work, actor: Actor, loan: Loan, came: Sequence[Unit], after: dict[str, Any]
) -> None:
    change(work, actor, loan, "take_back", after=after)
    keep_history(work, actor, came, "return", loan_id=loan.id)


def back_before(loan: Loan) -> frozenset[int]:
    """Return the ids of the kits of a loan that came back in parts already."""
    parts = [event.after["unit_ids"] for event in loan.events if event.after.get("unit_ids")]
    return frozenset(parts[-1]) if parts else frozenset()


def not_back(loan: Loan) -> list[Unit]:
    """Return the kits of a loan that did not come back, though the rest of it did."""
    whole = {line.pool_id for line in kit_lines(loan) if line.back == line.quantity}
    before = back_before(loan)
    return [unit for unit in kits_of(loan) if unit.pool_id not in whole and unit.id not in before]


def _demand_all_back(loan: Loan) -> None:
    missing = still_out(loan)
    if missing:
        raise Invalid(problems={"settle": NOT_BACK.format(missing=missing)})


def _count(line: LoanLine, wish: PartWish, came: Sequence[Unit]) -> str:
    """Add what came of a line, and return it as people say it; empty for nothing."""
    told = sum(unit.pool_id == line.pool_id for unit in came)
    count = told + wish.counts.get(line.id, 0)
    if count < 0 or line.back + count > line.quantity:
        left = line.quantity - line.back
        raise Invalid(problems={f"count_{line.id}": f"Only {left} of these have yet to come."})
    line.back += count
    return Part(line.pool.kind, count, line.pool.label).words if count else ""


def _condition(items: Sequence[Item], words: str) -> str:
    wrong = amiss(items)
    said = f"Missing or damaged: {', '.join(item.name for item in wrong)}" if wrong else words
    return (said or "Complete")[:200]
