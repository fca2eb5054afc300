"""Checks of loans: their states, their histories, their papers and what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from lended import clock
from lended.catalogue.models import Product
from lended.loans.models import (
    DeletionDuty,
    Extension,
    Loan,
    LoanEvent,
    LoanLine,
    Paperwork,
    Plan,
    Pool,
)
from lended.loans.rules import HOLDING, MOVES, NOT_SENT_YET, OUT, State
from lended.loans.rules.availability import ALWAYS, Hold, most_held
from lended.loans.rules.calendar import DAY, Window
from lended.loans.rules.deletion import marks_due
from lended.loans.rules.terms import digest

ASKED = frozenset(State) - {State.DRAFT, State.CANCELLED, State.WAITLISTED}
AGREED = frozenset(
    {
        State.PREPARING,
        State.DISPATCHED,
        State.ISSUED,
        State.ACTIVE,
        State.OVERDUE,
        State.RETURNING,
        State.INSPECTION,
        State.ACCESS_ENDED,
        State.CLOSED,
    }
)
"""States no loan reaches before its paperwork."""


def nothing_is_promised_twice(session: Session) -> Iterator[str]:
    """On no day are more kits or seats out or promised than their pool has.

    What is late or lost may break a promise; whoever was told of it is promised nothing just now.
    What is only not ready again yet stands in the way of promises alone.
    """
    held = _held(session)
    pools = select(Pool.id, Pool.capacity).where(~Pool.unlimited).order_by(Pool.id)
    for pool_id, capacity in session.execute(pools):
        most = _most(held.get(pool_id, []), capacity)
        if most > capacity:
            yield f"pool {pool_id} has {capacity}, and {most} are promised for one day"


def lines_follow_their_loan(session: Session) -> Iterator[str]:
    """What a loan holds is in the same state as the loan."""
    query = (
        select(LoanLine.id, LoanLine.state, Loan.id.label("loan_id"), Loan.state.label("of_loan"))
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(LoanLine.state != Loan.state)
        .order_by(LoanLine.id)
    )
    for row in session.execute(query):
        yield f"line {row.id} is {row.state}, its loan {row.loan_id} is {row.of_loan}"


def asked_loans_hold_something(session: Session) -> Iterator[str]:
    """A loan that was asked for has dates and a plan."""
    for what, model in (("dates", LoanLine), ("plan", Plan)):
        query = (
            select(Loan.id, Loan.state)
            .outerjoin(model, model.loan_id == Loan.id)
            .where(model.loan_id.is_(None), Loan.state.in_(ASKED))
            .order_by(Loan.id)
        )
        for number, state in session.execute(query):
            yield f"loan {number} is {state} without {what}"


def holds_cover_the_loan(session: Session) -> Iterator[str]:
    """What is kept from others covers every day of a loan that is not over."""
    query = (
        select(LoanLine.id)
        .where(
            LoanLine.state.in_(HOLDING),
            or_(
                LoanLine.blocked_from > LoanLine.starts_on,
                LoanLine.blocked_until <= LoanLine.due_on,
            ),
        )
        .order_by(LoanLine.id)
    )
    yield from (f"line {number} is free on some of its days" for number in session.scalars(query))


def histories_lead_to_the_state(session: Session) -> Iterator[str]:
    """A loan's history is a chain of moves of the table that ends in its state."""
    query = (
        select(
            LoanEvent.loan_id, LoanEvent.kind, LoanEvent.from_state, LoanEvent.to_state, Loan.state
        )
        .join(Loan, Loan.id == LoanEvent.loan_id)
        .order_by(LoanEvent.loan_id, LoanEvent.id)
    )
    for loan_id, events in groupby(session.execute(query), key=attrgetter("loan_id")):
        here = str(State.DRAFT)
        for event in events:
            if not _may_follow(here, event.kind, event.from_state, event.to_state):
                yield f"loan {loan_id} was {here} and then made {event.kind} to {event.to_state}"
            here = event.to_state
        if here != event.state:
            yield f"loan {loan_id} is {event.state}, and its history ends at {here}"


def moved_loans_have_a_history(session: Session) -> Iterator[str]:
    """Every loan that is no longer a draft has a history."""
    query = (
        select(Loan.id, Loan.state)
        .where(Loan.state != State.DRAFT, ~Loan.events.any())
        .order_by(Loan.id)
    )
    for number, state in session.execute(query):
        yield f"loan {number} is {state} and nobody knows how"


def refusals_have_words(session: Session) -> Iterator[str]:
    """Every loan a supplier declined says why, by reason and in words."""
    query = select(Loan.id, Loan.decline_reason, Loan.decline_words).where(
        Loan.state == State.DECLINED
    )
    for number, reason, words in session.execute(query.order_by(Loan.id)):
        if not reason or not words.strip():
            yield f"loan {number} was declined without a word"


def lent_things_were_agreed_to(session: Session) -> Iterator[str]:
    """Nothing was lent before somebody accepted exactly the terms that the loan carries."""
    query = (
        select(Loan.id, Loan.terms, Paperwork.terms_digest)
        .outerjoin(Paperwork, Paperwork.loan_id == Loan.id)
        .where(Loan.state.in_(AGREED))
        .order_by(Loan.id)
    )
    for number, terms, accepted in session.execute(query):
        if accepted is None:
            yield f"loan {number} has no paperwork"
        elif accepted != digest(terms):
            yield f"loan {number} carries other terms than were accepted"


def loans_are_of_one_supplier(session: Session) -> Iterator[str]:
    """A loan's product, its supplier and what it holds belong together."""
    query = (
        select(Loan.id)
        .join(Product, Product.id == Loan.product_id)
        .outerjoin(LoanLine, LoanLine.loan_id == Loan.id)
        .outerjoin(Pool, Pool.id == LoanLine.pool_id)
        .where(or_(Product.supplier_id != Loan.supplier_id, Pool.product_id != Loan.product_id))
        .order_by(Loan.id)
        .distinct()
    )
    yield from (f"loan {number} mixes two" for number in session.scalars(query))


def deletions_are_confirmed_by_somebody(session: Session) -> Iterator[str]:
    """A deletion that is confirmed names who confirmed it, and what or that nothing was held."""
    duties = select(DeletionDuty).where(DeletionDuty.confirmed_at.is_not(None))
    for duty in session.scalars(duties.order_by(DeletionDuty.loan_id)):
        if duty.confirmed_by_id is None or not (duty.none_held or duty.deleted_on):
            yield f"the deletion after loan {duty.loan_id} is confirmed by nobody or of nothing"


def extensions_are_what_was_agreed(session: Session) -> Iterator[str]:
    """The last day of a loan that was made longer is the day that was approved last."""
    last = (
        select(Extension.loan_id, func.max(Extension.until_on).label("until_on"))
        .where(Extension.state == "approved")
        .group_by(Extension.loan_id)
        .subquery()
    )
    query = (
        select(LoanLine.id, LoanLine.due_on, last.c.until_on)
        .join(last, last.c.loan_id == LoanLine.loan_id)
        .where(LoanLine.due_on != last.c.until_on)
        .order_by(LoanLine.id)
    )
    for number, due_on, until_on in session.execute(query):
        yield f"line {number} is due on {due_on}, and {until_on} was agreed"


def late_deletions_are_marked(session: Session) -> Iterator[str]:
    """Data that should have been deleted the day before yesterday is marked as late."""
    duties = (
        select(DeletionDuty)
        .join(Loan, Loan.id == DeletionDuty.loan_id)
        .where(Loan.state == State.ACCESS_ENDED, DeletionDuty.confirmed_at.is_(None))
        .order_by(DeletionDuty.loan_id)
    )
    for duty in session.scalars(duties):
        if marks_due(duty.due_on, clock.today() - DAY) > duty.late_marks:
            yield f"the deletion after loan {duty.loan_id} is late and not marked"


def _held(session: Session) -> dict[int, list[tuple[str, Hold]]]:
    """Return the holds of each pool with their states, without those of who was warned."""
    warned = and_(Loan.at_risk_at.is_not(None), Loan.state.in_(NOT_SENT_YET))
    query = (
        select(
            LoanLine.pool_id,
            LoanLine.state,
            LoanLine.quantity,
            LoanLine.blocked_from,
            LoanLine.blocked_until,
        )
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(LoanLine.holds, ~warned)
    )
    found: dict[int, list[tuple[str, Hold]]] = defaultdict(list)
    for pool_id, state, quantity, start, end in session.execute(query):
        found[pool_id].append((state, Hold(quantity, start, end)))
    return found


def _most(held: list[tuple[str, Hold]], capacity: int) -> int:
    """Return how many are out at most, or held while something is promised."""
    holds = [hold for _, hold in held]
    most = most_held(holds, ALWAYS)
    if most <= capacity:
        return most
    promised = [hold for state, hold in held if state in NOT_SENT_YET]
    out = most_held([hold for state, hold in held if state in OUT], ALWAYS)
    return max([out, *(most_held(holds, Window(hold.start, hold.end)) for hold in promised)])


def _may_follow(here: str, kind: str, source: str, target: str) -> bool:
    """Tell whether an event may come next: a move of the table, or a note."""
    if source != here:
        return False
    if kind in MOVES:
        return source in MOVES[kind].sources and target == (MOVES[kind].target or source)
    return source == target


CHECKS = (
    nothing_is_promised_twice,
    lines_follow_their_loan,
    asked_loans_hold_something,
    holds_cover_the_loan,
    histories_lead_to_the_state,
    moved_loans_have_a_history,
    refusals_have_words,
    lent_things_were_agreed_to,
    loans_are_of_one_supplier,
    deletions_are_confirmed_by_somebody,
    extensions_are_what_was_agreed,
    late_deletions_are_marked,
)
