"""The supplier's answer to a request: yes, no, or other dates."""

from __future__ import annotations

from lended import clock, vocabularies
from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans.models import Loan
from lended.loans.rules import MOVED_ON
from lended.loans.rules.calendar import Dates
from lended.loans.rules.plans import dates_wrong
from lended.loans.service.change import SAY_WHY, change, loan_to_move
from lended.loans.service.deletion import demand_nothing_kept
from lended.loans.service.guard import demand_free, demand_held, demand_stock_of, sets_of
from lended.loans.service.promises import dates_of, demand_in_time
from lended.loans.service.promotion import pass_over
from lended.loans.service.queue import from_queue
from lended.loans.service.terms import terms_of
from lended.work import Work

TOO_LATE = "The first day has come already; other dates are needed."


def approve(work: Work, actor: Actor, loan_id: int, words: str = "") -> None:
    """Say yes to a request, when what it holds is still there.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Conflict
        When it was answered before, the time for that or its first day has come, or there is not
        enough left.
    """
    loan = loan_to_move(work, actor, loan_id, "approve")
    demand_in_time(loan)
    _demand_ahead(loan)
    demand_nothing_kept(work, loan)
    demand_held(work, loan)
    change(work, actor, loan, "approve", words=words)


def decline(work: Work, actor: Actor, loan_id: int, reason: str, words: str) -> None:
    """Say no to a request, with a code of ``decline_reason`` and in words.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to answer, or was answered before.
    Invalid
        When the reason or the words are missing.
    """
    loan = loan_to_move(work, actor, loan_id, "decline")
    problems = {}
    if reason not in vocabularies.codes("decline_reason"):
        problems["reason"] = "Choose a reason."
    if not words.strip():
        problems["words"] = SAY_WHY
    if problems:
        raise Invalid(problems=problems)
    change(
        work,
        actor,
        loan,
        "decline",
        reason=reason,
        words=words,
        decline_reason=reason,
        decline_words=words,
    )


def propose_dates(work: Work, actor: Actor, loan_id: int, dates: Dates, words: str) -> None:
    """Offer other dates; they are held for the teacher until the answer.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Invalid
        When the dates cannot be, or no words say why.
    Conflict
        When it was answered before, it is too late for an answer, or none is free then.
    """
    loan = loan_to_move(work, actor, loan_id, "propose_dates")
    demand_in_time(loan)
    wrong = dates_wrong(dates, clock.today(), loan.product.loan_weeks_most)
    if wrong:
        raise Invalid(problems=wrong)
    pools = demand_stock_of(work, loan)
    sets = sets_of(loan)
    held = demand_free(work, loan, pools, dates, sets)
    pass_over(work, loan, held)
    change(
        work,
        actor,
        loan,
        "propose_dates",
        words=words,
        before=_written(dates_of(loan)),
        after=_written(dates),
        held=held,
        terms=terms_of(loan, pools, sets, dates),
    )


def accept_dates(work: Work, actor: Actor, loan_id: int) -> None:
    """Take the dates the supplier offered.

    Raises
    ------
    NotFound, NotAllowed
        When they were not offered to the actor.
    Conflict
        When the offer has gone or came from the waiting list, or its first day has come.
    """
    loan = loan_to_move(work, actor, loan_id, "accept_dates")
    if from_queue(loan):
        raise Conflict(MOVED_ON)
    demand_in_time(loan)
    _demand_ahead(loan)
    demand_held(work, loan)
    change(work, actor, loan, "accept_dates")


def _demand_ahead(loan: Loan) -> None:
    if any(line.starts_on <= clock.today() for line in loan.lines):
        raise Conflict(TOO_LATE)


def _written(dates: Dates) -> dict[str, str]:
    return {"starts_on": dates.starts_on.isoformat(), "due_on": dates.due_on.isoformat()}
