"""A loan with its date slip, and everything around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import make_response, render_template
from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.loans import policy, queries, service
from lended.loans.policy import Party
from lended.loans.queries import Papers
from lended.loans.rules import FINAL, MOVES, NOT_SENT_YET, STATE_WORDS, State
from lended.loans.rules.codes import masked
from lended.loans.rules.incidents import KINDS, OPEN, STATES
from lended.loans.rules.papers import DATA_PROTECTION
from lended.loans.rules.plans import READINESS
from lended.loans.rules.queue import ordinal
from lended.loans.service.holding import still_out
from lended.loans.service.kits import lines_set_aside
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import items_of, serials_of, what_is_lent
from lended.loans.views.history import history
from lended.loans.views.next_step import next_step
from lended.loans.views.papers import papers_of
from lended.loans.views.slip import stamps_of
from lended.outcomes import queries as outcomes
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor

if TYPE_CHECKING:
    from lended.loans.models import Incident, Loan, Plan

SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
GIVEN_BACK = FINAL | {State.ACCESS_ENDED}
"""States in which a school has nothing any more, and something may be left to settle."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place on the waiting list in words: 2nd, for any 3 weeks between two days."""

    place: str
    wish: str
    until: date | None


@pages.get("/loans/<int:loan_id>")
@audience(SIDES)
def loan(loan_id: int) -> str:
    """Show a loan: its date slip, what comes next, its plan, contents, people and papers."""
    return _page(loan_id, access="")


@pages.post("/loans/<int:loan_id>/access")
@audience(SIDES)
def show_access(loan_id: int) -> Response:
    """Show how to get in, once, to those who need it."""
    with transaction() as work:
        words = service.show_access(work, actor(), loan_id)
    response = make_response(_page(loan_id, access=words))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(loan_id: int, access: str) -> str:
    found = queries.loan(reader(), actor(), loan_id)
    papers = queries.papers(reader(), loan_id)
    parties = policy.parties(actor(), found)
    step = next_step(actor(), found)
    supplying = Party.SUPPLIER in parties
    outcome = outcomes.standing(reader(), found)
    return render_template(
        "loans/loan.html",
        loan=found,
        line=found.lines[0] if found.lines else None,
        state_words=STATE_WORDS[State(found.state)],
        over=found.state in FINAL,
        came_to_nothing=found.state in FINAL - {State.CLOSED},
        step=step,
        waiting=_waiting(found),
        stamps=stamps_of(found, words_now=step.words if step else ""),
        what=what_is_lent(found),
        items=items_of(found),
        serials=serials_of(found),
        papers=papers,
        plan=None if supplying else papers.plan,
        readiness=_readiness(papers.plan),
        people=_people(found, papers, supplying=supplying),
        supplying=supplying,
        may_see_access=_has_access(found, parties),
        access=access,
        may_give_outcome=Party.TEACHER in parties
        and not outcome.given
        and outcome.is_open(clock.today()),
        may_read_outcome=not supplying and (outcome.given or _may_decide(outcome, parties)),
        history=list(history(found.events, supplying=supplying)),
        condition_rows=_conditions(papers),
        **_amiss(found, supplying=supplying),
        **_seats(found, parties),
        deletion_late=_deletion_late(papers),
        kept_papers=papers_of(found, papers),
        **_price(found),
    )


def _amiss(loan: Loan, *, supplying: bool) -> dict[str, object]:
    """Return what does not go as it should: what is to settle, set aside, at risk, or missing."""
    missing = loan.state == State.RETURNING and _came(loan)
    return {
        "incidents": _incidents(loan),
        "set_aside": supplying and _is_aside(loan),
        "at_risk": loan.at_risk_at is not None and State(loan.state) in NOT_SENT_YET,
        "missing": still_out(loan) if missing else "",
    }


def _waiting(loan: Loan) -> Waiting | None:
    """Return how a loan stands on the waiting list, while it does."""
    in_line = loan.state in {State.WAITLISTED, State.OFFERED}
    standing = queries.standing_in_line(reader(), loan) if in_line else None
    if standing is None:
        return None
    return Waiting(ordinal(standing.number), service.wish_of(standing.place).words, loan.act_by)


def _seats(loan: Loan, parties: frozenset[Party]) -> dict[str, object]:
    """Return the seats of a loan that have codes, each by its last letters, and who took them."""
    found = queries.seats(reader(), loan.id) if _has_seats(loan) else []
    seats = [
        {"code": masked(code.code), "by": name, "taken_at": binding.shown_at}
        for binding, code, name in found
    ]
    taken = sum(seat["taken_at"] is not None for seat in seats)
    users = not parties.isdisjoint({Party.TEACHER, Party.RESPONSIBLE})
    in_time = loan.state in {State.ISSUED, State.ACTIVE}
    return {
        "seats": seats,
        "seats_taken": taken,
        "may_take_seat": users and in_time and taken < len(seats),
    }


def _has_seats(loan: Loan) -> bool:
    return any(binding.code_id for line in loan.lines for binding in line.bindings)


def _incidents(loan: Loan) -> list[tuple[Incident, str, date | None]]:
    """Return what is or was to be settled after a loan, each with its words.

    A day follows while the school has not said whether it agrees: the last one on which it may.
    """
    if State(loan.state) not in GIVEN_BACK:
        return []
    return [
        (
            incident,
            f"{KINDS[incident.kind]}: {STATES[incident.state].lower()}",
            _answer_by(incident, loan),
        )
        for incident in queries.incidents_of(reader(), loan.id)
    ]


def _answer_by(incident: Incident, loan: Loan) -> date | None:
    until = queries.answer_by(incident, loan.school)
    return until if incident.state == OPEN and clock.today() <= until else None


def _price(loan: Loan) -> dict[str, object]:
    """Return what was asked and answered about the price, and who may go on."""
    asked = any(event.kind == "ask_price" for event in loan.events)
    return {
        "enquiries": queries.enquiries(reader(), loan.id) if asked else [],
        "may_ask_price": _may(loan, "ask_price"),
        "may_answer_price": _may(loan, "answer_price"),
    }


def _deletion_late(papers: Papers) -> bool:
    duty = papers.duty
    return duty is not None and duty.confirmed_at is None and duty.due_on < clock.today()


def _may(loan: Loan, move: str) -> bool:
    return State(loan.state) in MOVES[move].sources and policy.may(actor(), loan, move)


def _is_aside(loan: Loan) -> bool:
    """Tell whether something of a loan that was given back waits to be ready again."""
    if State(loan.state) not in GIVEN_BACK:
        return False
    maybe = any(
        binding.unit is not None and binding.unit.state == "quarantined"
        for line in loan.lines
        for binding in line.bindings
    )
    return bool(lines_set_aside(loan) or (maybe and queries.kits_set_aside(reader(), loan.id)))


def _came(loan: Loan) -> bool:
    return any(line.back for line in loan.lines)


def _may_decide(outcome: outcomes.Standing, parties: frozenset[Party]) -> bool:
    return outcome.trial is not None and Party.LEAD in parties


def _has_access(loan: Loan, parties: frozenset[Party]) -> bool:
    open_now = loan.state in {State.ISSUED, State.ACTIVE} and bool(loan.access_words)
    return open_now and not parties.isdisjoint({Party.TEACHER, Party.RESPONSIBLE})


def _conditions(papers: Papers) -> list[tuple[str, list[dict[str, object]]]]:
    """Return what the checks of contents found, the last one of each kind."""
    moments = {"dispatch": "When it was sent", "receipt": "When it arrived"}
    moments["inspection"] = "When it came back"
    found = [(words, papers.check(moment)) for moment, words in moments.items()]
    return [(words, check.lines) for words, check in found if check is not None]


def _readiness(plan: Plan | None) -> list[dict[str, object]]:
    answers = plan.readiness if plan else {}
    return [{"label": words, "value": answers.get(code)} for code, words in READINESS.items()]


def _people(loan: Loan, papers: Papers, *, supplying: bool) -> list[tuple[str, str]]:
    """Return who is who; the address is known once the school has accepted the terms."""
    people = [("Teacher", loan.teacher.name), ("School", loan.school.name)]
    if loan.responsible:
        people.append(("Answers for it", loan.responsible.name))
    people.append(("Supplier", loan.supplier.name))
    paperwork = papers.paperwork
    if paperwork:
        people.append(("Deputy", paperwork.deputy))
        people.append(("Address", paperwork.address))
        people.append(("There to take it in", paperwork.delivery_window))
    if paperwork and paperwork.data_protection and not supplying:
        people.append(("Data protection", DATA_PROTECTION[paperwork.data_protection]))
    return [(label, words) for label, words in people if words]
