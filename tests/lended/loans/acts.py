"""Every move a person can make, as one call with all that it wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from lended import clock
from lended.access import Actor
from lended.loans import service
from lended.loans.models import LoanLine
from lended.loans.policy import KEEP_TIME, PERMISSIONS
from lended.loans.rules.papers import DeletionWish, DispatchWish, Item
from lended.loans.rules.queue import Flexible
from lended.loans.rules.returns import IncidentWish, PartWish
from lended.work import Work
from tests.lended.loans.scene import ITEMS, PAPERS, a_wish

Act = Callable[[Work, Actor, int], Any]
WHY = "Because of this"
SENT = DispatchWish(items=ITEMS, condition="As new")
MISSED = IncidentWish("missing", WHY, (Item("Fraction tiles", 24, 23, "missing"),))
DELETED = DeletionWish(none_held=True)


def _with(act: Callable[..., Any], *given: Any) -> Act:
    return lambda work, actor, loan_id: act(work, actor, loan_id, *given)


def _submit(work: Work, actor: Actor, loan_id: int) -> None:
    service.submit(work, actor, loan_id, a_wish())


def _join_queue(work: Work, actor: Actor, loan_id: int) -> None:
    first = clock.today() + timedelta(days=21)
    wish = Flexible(first, first + timedelta(days=34), 4)
    service.join_queue(work, actor, loan_id, a_wish(), wish)


def _propose_dates(work: Work, actor: Actor, loan_id: int) -> None:
    service.propose_dates(work, actor, loan_id, a_wish().dates, WHY)


def _sign_off(work: Work, actor: Actor, loan_id: int) -> None:
    service.sign_off(work, actor, loan_id, actor.person_id or 0)


def _ask_extension(work: Work, actor: Actor, loan_id: int) -> None:
    due_on = work.session.scalar(
        select(func.max(LoanLine.due_on)).where(LoanLine.loan_id == loan_id)
    )
    until = (due_on or clock.today()) + timedelta(days=7)
    service.ask_extension(work, actor, loan_id, until, WHY)


ACTS: dict[str, Act] = {
    "submit": _submit,
    "submit_for_signoff": _submit,
    "join_queue": _join_queue,
    "sign_off": _sign_off,
    "refuse_signoff": _with(service.refuse_signoff, WHY),
    "approve": service.approve,
    "propose_dates": _propose_dates,
    "decline": _with(service.decline, "other", WHY),
    "accept_dates": service.accept_dates,
    "take_place": service.take_place,
    "take_place_for_signoff": service.take_place,
    "step_back": service.step_back,
    "let_lapse": service.step_back,
    "complete_paperwork": _with(service.complete_paperwork, PAPERS),
    "dispatch": _with(service.dispatch, SENT),
    "issue": _with(service.issue, "Code TILES-27"),
    "confirm_receipt": _with(service.confirm_receipt, ITEMS),
    "send_again": _with(service.send_again, WHY),
    "fail_delivery": _with(service.fail_delivery, WHY),
    "start": service.start,
    "cancel": _with(service.cancel, "stock_problem", WHY),
    "ask_extension": _ask_extension,
    "extend": service.extend,
    "decline_extension": _with(service.decline_extension, WHY),
    "book_return": _with(service.book_return, WHY),
    "take_back": service.take_back,
    "take_back_part": _with(service.take_back_part, PartWish(no_more=True)),
    "pass_inspection": _with(service.pass_inspection, ITEMS),
    "pass_inspection_for_deletion": _with(service.pass_inspection, ITEMS),
    "close_with_incident": _with(service.close_with_incident, MISSED),
    "find_incident_for_deletion": _with(service.close_with_incident, MISSED),
    "report_lost": _with(service.report_lost, WHY),
    "end_access_early": service.end_access_early,
    "confirm_deletion": _with(service.confirm_deletion, DELETED),
    "confirm_deletion_after_loss": _with(service.confirm_deletion_after_loss, DELETED),
    "ask_price": _with(service.ask_price, WHY),
    "answer_price": _with(service.answer_price, WHY),
    "give_outcome": service.give_outcome,
}
"""Keyed by the move; what time alone moves is not here, since no person's call leads to it."""

OF_TIME = frozenset(move for move, each in PERMISSIONS.items() if each.right is KEEP_TIME)
"""Moves that only the clock makes."""
