"""Every move a person can make, as one call with all that it wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lended import clock
from lended.access import Actor
from lended.loans import service
from lended.loans.policy import KEEP_TIME, PERMISSIONS
from lended.loans.rules.papers import DeletionWish, DispatchWish
from lended.loans.rules.queue import Flexible
from lended.loans.rules.returns import IncidentWish, PartWish
from lended.work import Work
from tests.lended.loans.scene import ITEMS, PAPERS, a_wish

Act = Callable[[Work, Actor, int], Any]
WHY = "Because of this"
SENT = DispatchWish(items=ITEMS, condition="As new")
MISSED = IncidentWish("missing", WHY, ITEMS)
DELETED = DeletionWish(none_held=True)


def _flexible() -> Flexible:
    today = clock.today()
    return Flexible(today + timedelta(days=21), today + timedelta(days=55), 4)


def _in_words(act: Callable[..., Any]) -> Act:
    return lambda work, actor, loan_id: act(work, actor, loan_id, WHY)


def _submit(work: Work, actor: Actor, loan_id: int) -> None:
    service.submit(work, actor, loan_id, a_wish())


def _sign_off(work: Work, actor: Actor, loan_id: int) -> None:
    service.sign_off(work, actor, loan_id, actor.person_id or 0)


def _ask_extension(work: Work, actor: Actor, loan_id: int) -> None:
    service.ask_extension(work, actor, loan_id, clock.today() + timedelta(days=60), WHY)


ACTS: dict[str, Act] = {
    "submit": _submit,
    "submit_for_signoff": _submit,
    "join_queue": lambda *who: service.join_queue(*who, a_wish(), _flexible()),
    "sign_off": _sign_off,
    "refuse_signoff": _in_words(service.refuse_signoff),
    "approve": service.approve,
    "propose_dates": lambda *who: service.propose_dates(*who, a_wish().dates, WHY),
    "decline": lambda *who: service.decline(*who, "other", WHY),
    "accept_dates": service.accept_dates,
    "take_place": service.take_place,
    "take_place_for_signoff": service.take_place,
    "step_back": service.step_back,
    "let_lapse": service.step_back,
    "complete_paperwork": lambda *who: service.complete_paperwork(*who, PAPERS),
    "dispatch": lambda *who: service.dispatch(*who, SENT),
    "issue": lambda *who: service.issue(*who, "Code TILES-27"),
    "confirm_receipt": lambda *who: service.confirm_receipt(*who, ITEMS),
    "send_again": _in_words(service.send_again),
    "fail_delivery": _in_words(service.fail_delivery),
    "start": service.start,
    "cancel": lambda *who: service.cancel(*who, "stock_problem", WHY),
    "ask_extension": _ask_extension,
    "extend": service.extend,
    "decline_extension": _in_words(service.decline_extension),
    "book_return": _in_words(service.book_return),
    "take_back": service.take_back,
    "take_back_part": lambda *who: service.take_back_part(*who, PartWish(no_more=True)),
    "pass_inspection": lambda *who: service.pass_inspection(*who, ITEMS),
    "close_with_incident": lambda *who: service.close_with_incident(*who, MISSED),
    "report_lost": _in_words(service.report_lost),
    "end_access_early": service.end_access_early,
    "confirm_deletion": lambda *who: service.confirm_deletion(*who, DELETED),
    "ask_price": _in_words(service.ask_price),
    "answer_price": _in_words(service.answer_price),
    "give_outcome": service.give_outcome,
}
"""Keyed by the move; what time alone moves is not here, since no person's call leads to it."""

OF_TIME = frozenset(move for move, each in PERMISSIONS.items() if each.right is KEEP_TIME)
"""Moves that only the clock makes."""
