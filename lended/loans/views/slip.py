"""The date slip of a loan: what happened is stamped, what comes is an empty box."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lended import clock
from lended.loans.rules import FINAL, STATE_WORDS, State
from lended.loans.service.give_back import may_leave_data
from lended.loans.service.guard import is_physical

if TYPE_CHECKING:
    from lended.loans.models import Loan, LoanEvent

Stage = tuple[State, str]

SCHOOL: tuple[Stage, ...] = (
    (State.REQUESTED, "The supplier is asked"),
    (State.APPROVED, "The supplier says yes"),
    (State.PREPARING, "Terms accepted"),
)
LATE: Stage = (State.OVERDUE, "Late")
KIT: tuple[Stage, ...] = (
    (State.DISPATCHED, "Sent"),
    (State.ACTIVE, "Arrived"),
    LATE,
    (State.RETURNING, "Sent back"),
    (State.INSPECTION, "Back at the supplier"),
    (State.CLOSED, "Checked and closed"),
)
TO_DELETE: tuple[Stage, ...] = (
    (State.ACCESS_ENDED, "Checked"),
    (State.CLOSED, "Data deleted and closed"),
)
"""How a set of kits and seats ends instead, where data may be left behind its seats."""

ACCESS: tuple[Stage, ...] = (
    (State.ISSUED, "Access given"),
    (State.ACTIVE, "Begun"),
    (State.ACCESS_ENDED, "Access ended"),
    (State.CLOSED, "Data deleted and closed"),
)
SIGN_OFF: Stage = (State.SCHOOL_SIGNOFF, "Asked at school")
IN_LINE: tuple[Stage, ...] = (
    (State.WAITLISTED, "On the waiting list"),
    (State.OFFERED, "Dates offered"),
)
OTHERWISE = {
    "accept_dates": "Other dates agreed",
    "close_with_incident": "Closed, with something to settle",
    "find_incident_for_deletion": "Checked, with something to settle",
}
"""What is stamped instead when a state was reached by another move than the usual one."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One box of the slip, as ``components/slip.html`` draws it."""

    label: str
    on: date | None
    words: str
    state: str


def stamps_of(loan: Loan, *, words_now: str) -> list[Stamp]:
    """Return the boxes of a loan's slip, from the first to the last.

    Parameters
    ----------
    words_now
        What is to be done next; written beside the first empty box.
    """
    reached = _reached(loan.events)
    if loan.state == State.WAITLISTED:
        reached.pop(State.OFFERED, None)
    stages = _stages(loan, reached)
    stamps = [_done(label, reached[state]) for state, label in stages if state in reached]
    state = State(loan.state)
    if state in FINAL:
        return stamps if state is State.CLOSED else [*stamps, _end(loan, reached)]
    to_come = [stage for stage in stages if stage[0] not in reached and stage is not LATE]
    return stamps + [
        _to_come(loan, stage, words_now if not number else "", first=not number)
        for number, stage in enumerate(to_come)
    ]


def _stages(loan: Loan, reached: Container[State]) -> Sequence[Stage]:
    went_by_lead = any(event.to_state == State.SCHOOL_SIGNOFF for event in loan.events)
    waited = any(event.to_state == State.WAITLISTED for event in loan.events)
    first = (SIGN_OFF,) if went_by_lead or loan.asked_at is None else ()
    return (*(IN_LINE if waited else ()), *first, *SCHOOL, *_lent(loan, reached))


def _lent(loan: Loan, reached: Container[State]) -> Sequence[Stage]:
    """Return the boxes from when something leaves until it is over."""
    if not is_physical(loan):
        return ACCESS
    to_delete = State(loan.state) not in FINAL and may_leave_data(loan)
    return (*KIT[:-1], *TO_DELETE) if to_delete or State.ACCESS_ENDED in reached else KIT


def _reached(events: Sequence[LoanEvent]) -> dict[State, LoanEvent]:
    """Return for each state the event that first led there."""
    led = [event for event in reversed(events) if event.from_state != event.to_state]
    return {State(event.to_state): event for event in led}


def _done(label: str, event: LoanEvent) -> Stamp:
    words = f"By {event.person.name}" if event.person else "By itself"
    if event.after.get("assumed"):
        words = "Assumed, because nobody said otherwise"
    return Stamp(OTHERWISE.get(event.kind, label), clock.day_of(event.at), words, "done")


def _end(loan: Loan, reached: dict[State, LoanEvent]) -> Stamp:
    state = State(loan.state)
    event = reached.get(state)
    on = clock.day_of(event.at if event else loan.changed_at)
    by = f"By {event.person.name}" if event and event.person else ""
    return Stamp(STATE_WORDS[state], on, by, "done")


def _to_come(loan: Loan, stage: Stage, words: str, *, first: bool) -> Stamp:
    state, label = stage
    if first:
        return Stamp(label, _expected(loan, state) or _promised(loan), words, "now")
    return Stamp(label, _expected(loan, state), words, "to_come")


def _promised(loan: Loan) -> date | None:
    """Return the day by which the next box is to be stamped; in a line none is known."""
    return None if loan.state == State.WAITLISTED else loan.act_by


def _expected(loan: Loan, state: State) -> date | None:
    if not loan.lines or loan.state == State.WAITLISTED:
        return None
    line = loan.lines[0]
    return {
        State.DISPATCHED: line.blocked_from,
        State.ISSUED: line.starts_on,
        State.ACTIVE: line.starts_on,
        State.RETURNING: line.due_on,
        State.ACCESS_ENDED: None if is_physical(loan) else line.due_on,
    }.get(state)
