"""Checks of kits and codes: who has them, and what is set aside."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lended.loans.models import (
    ActivationCode,
    Binding,
    Incident,
    Loan,
    LoanLine,
    Pool,
    Unit,
    UnitEvent,
)
from lended.loans.rules import FINAL, State
from lended.loans.rules.availability import NEVER

WITH_CODES = frozenset({State.DISPATCHED, State.ISSUED, State.ACTIVE})
"""States in which a loan may have codes: those of a set go with its box."""

HAS_IT = (
    State.DISPATCHED,
    State.ACTIVE,
    State.OVERDUE,
    State.RETURNING,
    State.INSPECTION,
)


def codes_are_spent_with_their_access(session: Session) -> Iterator[str]:
    """A code that a loan still has belongs to access to come or open, and is kept as given."""
    query = (
        select(Binding.code_id, Loan.id, Loan.state, ActivationCode.state.label("code_state"))
        .join(ActivationCode, ActivationCode.id == Binding.code_id)
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(Binding.ended_at.is_(None))
        .where(or_(Loan.state.not_in(WITH_CODES), ActivationCode.state != "given"))
        .order_by(Binding.id)
    )
    for code_id, loan_id, state, code_state in session.execute(query):
        yield f"code {code_id} is {code_state} and still open for loan {loan_id}, which is {state}"


def codes_go_to_one_loan(session: Session) -> Iterator[str]:
    """No code was ever given twice."""
    query = (
        select(Binding.code_id)
        .where(Binding.code_id.is_not(None))
        .group_by(Binding.code_id)
        .having(func.count() > 1)
        .order_by(Binding.code_id)
    )
    yield from (f"code {number} was given twice" for number in session.scalars(query))


def what_is_late_is_promised_to_nobody(session: Session) -> Iterator[str]:
    """A kit that is late is held without an end, because nobody knows when it comes back."""
    query = (
        select(LoanLine.id)
        .join(Pool, Pool.id == LoanLine.pool_id)
        .where(
            LoanLine.state == State.OVERDUE,
            Pool.kind == "physical",
            or_(~LoanLine.holds, LoanLine.blocked_until != NEVER),
        )
        .order_by(LoanLine.id)
    )
    yield from (f"line {number} is late and looks free" for number in session.scalars(query))


def only_what_is_out_is_bound(session: Session) -> Iterator[str]:
    """A kit is bound to a loan of its own pool, and only while the loan has it."""
    query = (
        select(Loan.id, Loan.state, Unit.serial)
        .select_from(Binding)
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Unit, Unit.id == Binding.unit_id)
        .where(
            Binding.ended_at.is_(None),
            or_(Loan.state.not_in(HAS_IT), Unit.pool_id != LoanLine.pool_id),
        )
        .order_by(Binding.id)
    )
    for loan_id, state, serial in session.execute(query):
        yield f"kit {serial} is bound to loan {loan_id}, which is {state}"


def finished_loans_bind_nothing(session: Session) -> Iterator[str]:
    """A loan that is over has no kit and no code any more."""
    query = (
        select(Binding.id, Loan.id.label("loan_id"))
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(Binding.ended_at.is_(None), Loan.state.in_(FINAL))
        .order_by(Binding.id)
    )
    for number, loan_id in session.execute(query):
        yield f"binding {number} of loan {loan_id} never ended"


def what_is_to_be_settled_is_set_aside(session: Session) -> Iterator[str]:
    """What an incident is about is lent to nobody until it is ready again, or gone for good."""
    asides = select(UnitEvent.id).where(UnitEvent.loan_id == Loan.id)
    aside_now = asides.join(Unit, Unit.id == UnitEvent.unit_id).where(
        UnitEvent.kind == "set_aside", Unit.state != "in_service"
    )
    held = select(LoanLine.id).where(
        LoanLine.loan_id == Loan.id, LoanLine.holds, LoanLine.blocked_until == NEVER
    )
    query = (
        select(Incident.id, Loan.id.label("loan_id"))
        .join(Loan, Loan.id == Incident.loan_id)
        .where(
            Incident.kind != "lost",
            Incident.released_at.is_(None),
            ~aside_now.exists(),
            ~held.exists(),
        )
        .order_by(Incident.id)
    )
    for number, loan_id in session.execute(query):
        yield f"incident {number} of loan {loan_id} holds nothing back"


CHECKS = (
    codes_are_spent_with_their_access,
    codes_go_to_one_loan,
    what_is_late_is_promised_to_nobody,
    only_what_is_out_is_bound,
    finished_loans_bind_nothing,
    what_is_to_be_settled_is_set_aside,
)
