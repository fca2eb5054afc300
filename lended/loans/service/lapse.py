"""What ends because nobody acted in time: requests, offers, and waiting itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, select

from lended import clock
from lended.access import CLOCK
from lended.loans import queries
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.queue import can_be_offered
from lended.loans.service.change import change
from lended.loans.service.promotion import wish_of
from lended.loans.service.queue import let_go
from lended.work import Work

UNANSWERED = (State.SCHOOL_SIGNOFF, State.REQUESTED)


def due_unanswered(today: date) -> Select[Loan]:
    """Find requests whose answer was promised by a day that is past."""
    return select(Loan).where(Loan.state.in_(UNANSWERED), Loan.act_by < today)


def expire(work: Work, loan: Loan) -> bool:
    """End a request that nobody answered; what it held is free for others."""
    change(work, CLOCK, loan, "expire")
    return True


def due_offers(today: date) -> Select[Loan]:
    """Find offers whose last day is past."""
    return select(Loan).where(Loan.state == State.OFFERED, Loan.act_by < today)


def lapse(work: Work, loan: Loan) -> bool:
    """End an offer that nobody took."""
    let_go(work, CLOCK, loan)
    return True


def due_windows(today: date) -> Select[Loan]:
    """Find those who wait and for whom it may be too late."""
    return select(Loan).where(Loan.state == State.WAITLISTED, Loan.act_by < today)


def end_waiting(work: Work, loan: Loan) -> bool:
    """End waiting when no dates inside the wish are possible any more."""
    place = queries.place_of(work.session, loan.id)
    pauses = [queries.pauses_of(line.pool, loan.supplier, loan.school) for line in loan.lines]
    school = read_working_days(loan.school.working_days)
    if place and can_be_offered(wish_of(place), pauses, clock.today(), school):
        return False
    change(work, CLOCK, loan, "window_past")
    return True
