"""The list of loans, and a loan with its date slip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import make_response, render_template, url_for
from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.loans import policy, queries, service
from lended.loans.policy import Party
from lended.loans.queries import Papers
from lended.loans.rules import FINAL, MOVES, STATE_WORDS, State
from lended.loans.rules.calendar import in_words
from lended.loans.rules.papers import DATA_PROTECTION
from lended.loans.rules.plans import READINESS
from lended.loans.rules.queue import ordinal
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import items_of, serials_of, what_is_lent
from lended.loans.views.next_step import NextStep, is_physical, next_step
from lended.loans.views.slip import stamps_of
from lended.outcomes import queries as outcomes
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.theme import day

if TYPE_CHECKING:
    from lended.loans.models import Loan, LoanEvent, Plan

SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
SCHOOLS_AFFAIR = frozenset(
    {
        "submit_for_signoff",
        "access_shown",
        "join_queue",
        "offer_place",
        "step_back",
        "take_place_for_signoff",
    }
)

EVENT_WORDS: dict[str, str] = {
    "submit_for_signoff": "asked for this trial",
    "submit": "asked for this trial",
    "sign_off": "agreed for the school",
    "refuse_signoff": "did not agree",
    "approve": "said yes",
    "propose_dates": "offered other dates",
    "decline": "said no",
    "accept_dates": "took the dates offered",
    "join_queue": "joined the waiting list",
    "take_place": "took the dates offered and asked for this trial",
    "take_place_for_signoff": "took the dates offered and asked for this trial",
    "step_back": "let the next in line go first",
    "let_lapse": "let the dates go, and left the waiting list",
    "complete_paperwork": "accepted the terms",
    "dispatch": "sent it",
    "issue": "gave access",
    "confirm_receipt": "confirmed that it arrived",
    "start": "began",
    "cancel": "cancelled",
    "ask_extension": "asked to keep it longer",
    "extend": "agreed that it is kept longer",
    "decline_extension": "asked for it back on its day",
    "ask_price": "asked what it costs",
    "give_outcome": "said what happened",
    "answer_price": "answered what it costs",
    "book_return": "gave it back",
    "take_back": "took it back",
    "pass_inspection": "checked what came back",
    "end_access_early": "ended access early",
    "end_access": "ended access on its last day",
    "confirm_deletion": "confirmed the deletion",
    "access_shown": "looked at the access",
}
BY_ITSELF: dict[str, str] = {
    "offer_place": "Dates became free and were held for you",
    "step_back": "The dates were not taken in time and went to the next in line",
    "let_lapse": "The dates offered were not taken in time",
    "window_past": "It did not become free in time",
    "expire": "It was not answered in time",
    "confirm_receipt": "It was taken to have arrived, because nobody said otherwise",
    "start": "The trial began on its first day",
    "end_access": "Access ended after its last day",
    "extend": "It may be kept longer, because nobody waits for it",
}
"""What is said of moves that the clock made; of others, how the loan stood then."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place on the waiting list in words: 2nd, for any 3 weeks between two days."""

    place: str
    wish: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A loan in the list."""

    loan: Loan
    state: str
    step: NextStep | None

    @property
    def late(self) -> bool:
        """Whether it should have been back already."""
        return self.loan.state == State.OVERDUE

    @property
    def mine(self) -> bool:
        """Whether it waits for the one who looks."""
        return self.step is not None and self.step.primary is not None


@pages.get("/loans")
@audience(SIDES)
def loans() -> str:
    """List the actor's loans: what needs them, what is open, what is over."""
    rows = [
        Row(loan, STATE_WORDS[State(loan.state)], next_step(actor(), loan))
        for loan in queries.loans_in_sight(reader(), actor())
    ]
    return render_template(
        "loans/loans.html",
        tasks=[_task(row) for row in sorted(rows, key=_urgency) if row.mine],
        under_way=[row for row in rows if row.step and not row.mine],
        over=[row for row in rows if row.step is None],
        supplying=actor().has(Role.SUPPLIER),
        asking=actor().has(Role.TEACHER),
    )


def _urgency(row: Row) -> tuple[bool, date]:
    """Return what sorts what is late first, then what is due soonest."""
    late = row.step is not None and row.step.late
    return not late, (row.step and row.step.by) or date.max


def _task(row: Row) -> dict[str, object]:
    """Return what waits for the actor, as ``components/task.html`` draws it."""
    assert row.step is not None
    other = row.loan.school if actor().has(Role.SUPPLIER) else row.loan.teacher
    return {
        "words": row.step.words,
        "url": url_for("loans.loan", loan_id=row.loan.id),
        "about": f"{row.loan.product.name}, {other.name}",
        "by": f"By {in_words(row.step.by)}" if row.step.by else "",
        "late": row.step.late,
    }


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
        stamps=stamps_of(found, physical=is_physical(found), words_now=step.words if step else ""),
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
        enquiries=queries.enquiries(reader(), loan_id),
        may_ask_price=_may(found, "ask_price"),
        may_answer_price=_may(found, "answer_price"),
    )


def _waiting(loan: Loan) -> Waiting | None:
    """Return how a loan stands on the waiting list, while it does."""
    standing = queries.standing_in_line(reader(), loan)
    if standing is None:
        return None
    return Waiting(ordinal(standing.number), service.wish_of(standing.place).words, loan.act_by)


def _may(loan: Loan, move: str) -> bool:
    return State(loan.state) in MOVES[move].sources and policy.may(actor(), loan, move)


def _may_decide(outcome: outcomes.Standing, parties: frozenset[Party]) -> bool:
    return outcome.trial is not None and Party.LEAD in parties


def _has_access(loan: Loan, parties: frozenset[Party]) -> bool:
    open_now = loan.state in {State.ISSUED, State.ACTIVE} and bool(loan.access_words)
    return open_now and not parties.isdisjoint({Party.TEACHER, Party.RESPONSIBLE})


def history(
    events: Iterable[LoanEvent], *, supplying: bool
) -> Iterable[tuple[LoanEvent, str, str]]:
    """Yield each event with who did what and said what; the school's own affairs stay there."""
    for event in events:
        if supplying and event.kind in SCHOOLS_AFFAIR:
            continue
        yield event, _who_did_what(event, supplying=supplying), _said(event, supplying=supplying)


def _who_did_what(event: LoanEvent, *, supplying: bool) -> str:
    if event.person is None:
        return BY_ITSELF.get(event.kind, STATE_WORDS[State(event.to_state)]) + _until(event)
    did = "sent you this request" if _from_school(event, supplying) else EVENT_WORDS[event.kind]
    return f"{event.person.name} {did}{_until(event)}"


def _until(event: LoanEvent) -> str:
    """Name the last day that was asked for or agreed to, where one was."""
    until = event.after.get("until")
    return f", until {day(date.fromisoformat(until))}" if until else ""


def _said(event: LoanEvent, *, supplying: bool) -> str:
    return "" if _from_school(event, supplying) else event.words


def _from_school(event: LoanEvent, supplying: bool) -> bool:
    """Tell whether the supplier looks at what passed between a lead and a teacher."""
    return supplying and event.kind == "sign_off"


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
