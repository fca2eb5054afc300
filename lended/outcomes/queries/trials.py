"""Reading trials: the loans about which an outcome may be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import State
from lended.outcomes.models import Outcome
from lended.outcomes.rules.windows import CLOSES_AFTER, OCCASIONS, Trial

UNDER_WAY = (State.ACTIVE, State.OVERDUE)
OVER = (State.RETURNING, State.INSPECTION, State.ACCESS_ENDED, State.CLOSED, State.LOST)
TRIED = UNDER_WAY + OVER
"""States of a loan in which something was tried."""

AT_ONCE = 200
SOONEST = max(-after for _name, after in OCCASIONS)


@dataclass(frozen=True, slots=True)
class DueTrial:
    """A trial whose teacher has not said what happened; ``due_on`` is the last day agreed."""

    loan_id: int
    due_on: date
    trial: Trial


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something was tried, whether its outcome was given, and whether it can be now."""

    trial: Trial | None
    given: bool

    def is_open(self, today: date) -> bool:
        """Tell whether the outcome can be given or changed."""
        return self.trial is not None and self.trial.is_open(today)


def trial_of(session: Session, loan: Loan) -> Trial | None:
    """Return the days of a loan's trial; None while nothing was tried."""
    if loan.state not in TRIED:
        return None
    row = session.execute(_days().where(Loan.id == loan.id)).one()
    return _trial(row)


def standing(session: Session, loan: Loan) -> Standing:
    """Return how things stand with a loan's outcome."""
    if loan.state not in TRIED:
        return Standing(None, given=False)
    row = session.execute(
        _days().add_columns(_given().label("given")).where(Loan.id == loan.id)
    ).one()
    return Standing(_trial(row), given=row.given)


def due_trials(session: Session, today: date, after: int) -> list[DueTrial]:
    """Return the next trials after a loan's id without an outcome that end soon or ended lately."""
    ends_soon = Loan.lines.any(LoanLine.due_on <= today + SOONEST)
    lately = datetime.combine(today - CLOSES_AFTER - SOONEST, time(), clock.LONDON)
    due = or_(
        and_(Loan.state.in_(UNDER_WAY), ends_soon),
        and_(Loan.state.in_(OVER), Loan.changed_at >= lately),
    )
    return _due(session, _not_told().where(Loan.id > after, due).limit(AT_ONCE))


def due_trials_of(session: Session, actor: Actor) -> list[DueTrial]:
    """Return the actor's own trials at this school without an outcome, by loan."""
    theirs = and_(Loan.teacher_id == actor.person_id, Loan.school_id == actor.organisation_id)
    return _due(session, _not_told().where(theirs))


def _due(session: Session, not_told: Select[Any]) -> list[DueTrial]:
    return [DueTrial(row.id, row.due_on, _trial(row)) for row in session.execute(not_told)]


def _not_told() -> Select[Any]:
    return _days().where(Loan.state.in_(TRIED), ~_given()).order_by(Loan.id)


def _given() -> ColumnElement[bool]:
    return exists().where(Outcome.loan_id == Loan.id)


def _days() -> Select[Any]:
    """Select what is agreed and what happened, so that early and late ends count as they were."""
    return (
        select(
            Loan.id,
            Loan.state,
            func.min(LoanLine.starts_on).label("starts_on"),
            func.max(LoanLine.due_on).label("due_on"),
            _moment(_began(), "began_at"),
            _moment(LoanEvent.from_state.in_(UNDER_WAY) & LoanEvent.to_state.in_(OVER), "ended_at"),
        )
        .join(Loan.lines)
        .group_by(Loan.id, Loan.state)
    )


def _began() -> ColumnElement[bool]:
    """Return what begins a trial: coming into use, not what happens while it is."""
    return and_(LoanEvent.to_state == State.ACTIVE, LoanEvent.from_state.not_in(UNDER_WAY))


def _moment(condition: ColumnElement[bool], name: str) -> Any:
    return (
        select(func.min(LoanEvent.at))
        .where(LoanEvent.loan_id == Loan.id, condition)
        .correlate(Loan)
        .scalar_subquery()
        .label(name)
    )


def _trial(row: Row[*tuple[Any, ...]]) -> Trial:
    began_on = clock.day_of(row.began_at) if row.began_at else row.starts_on
    ended = row.state in OVER
    ended_on = clock.day_of(row.ended_at) if row.ended_at else row.due_on
    ends_on = ended_on if ended else row.due_on
    return Trial(began_on, max(began_on, ends_on), ended)
