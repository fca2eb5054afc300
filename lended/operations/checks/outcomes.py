"""Checks of outcomes, stories and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.accounts.models import Organisation
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.outcomes.models import Decision, Outcome
from lended.outcomes.rules.reports import EXPLAINED

TRIED = frozenset(
    {
        State.ACTIVE,
        State.OVERDUE,
        State.RETURNING,
        State.INSPECTION,
        State.ACCESS_ENDED,
        State.CLOSED,
        State.LOST,
    }
)


def told_trials_took_place(session: Session) -> Iterator[str]:
    """An outcome or a decision is told only of a trial that took place."""
    for what, model in (("outcome", Outcome), ("decision", Decision)):
        query = (
            select(Loan.id, Loan.state)
            .join(model, model.loan_id == Loan.id)
            .where(Loan.state.not_in(TRIED))
            .order_by(Loan.id)
        )
        for number, state in session.execute(query):
            yield f"loan {number} is {state} and has been given: {what}"


def what_did_not_work_says_why(session: Session) -> Iterator[str]:
    """An outcome that did not meet its goal in full says why."""
    query = (
        select(Outcome.id)
        .where(Outcome.verdict.in_(EXPLAINED), ~Outcome.reasons.any())
        .order_by(Outcome.id)
    )
    yield from (f"outcome {number} gives no reason" for number in session.scalars(query))


def stories_do_not_name_their_school(session: Session) -> Iterator[str]:
    """A public story describes its school and does not name it."""
    query = (
        select(Outcome.id, Outcome.school_described_as, Organisation.name)
        .join(Loan, Loan.id == Outcome.loan_id)
        .join(Organisation, Organisation.id == Loan.school_id)
        .where(Outcome.published_at.is_not(None))
        .order_by(Outcome.id)
    )
    for number, description, name in session.execute(query):
        if not description.strip():
            yield f"story {number} describes no school"
        elif name.casefold() in description.casefold():
            yield f"story {number} names its school"


CHECKS = (
    told_trials_took_place,
    what_did_not_work_says_why,
    stories_do_not_name_their_school,
)
