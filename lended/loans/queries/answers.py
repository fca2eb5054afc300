"""Reading how reliably a supplier answers: counted from what happened, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.loans.models import Loan, LoanEvent
from lended.loans.rules import State

ANSWERS = ("approve", "propose_dates", "decline")
UNANSWERED = "expire"
COUNTED_FOR = timedelta(days=365)
FEWEST = 5
"""Fewer requests say nothing about a supplier."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How many requests of a year a supplier answered in time, of how many."""

    in_time: int
    of: int

    @property
    def is_telling(self) -> bool:
        """Whether there were enough to say anything."""
        return self.of >= FEWEST


def answered(session: Session, supplier_id: int) -> Answered:
    """Return how many requests of the last year a supplier answered before they ended."""
    in_time, of = session.execute(
        select(func.count(case((LoanEvent.kind.in_(ANSWERS), 1))), func.count())
        .join(Loan, Loan.id == LoanEvent.loan_id)
        .where(
            Loan.supplier_id == supplier_id,
            LoanEvent.from_state == State.REQUESTED,
            LoanEvent.kind.in_((*ANSWERS, UNANSWERED)),
            LoanEvent.at >= clock.now() - COUNTED_FOR,
        )
    ).one()
    return Answered(in_time, of)
