"""A loan as programs read it: what its page says, in the same words, with codes beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from flask import current_app, url_for

from config import Settings
from lended import vocabularies
from lended.access import Actor
from lended.loans import policy
from lended.loans.policy import Party
from lended.loans.rules import STATE_WORDS, State
from lended.loans.views.boxes import what_is_lent
from lended.loans.views.history import history
from lended.loans.views.next_step import NextStep, is_physical, next_step

if TYPE_CHECKING:
    from lended.accounts.models import Person
    from lended.loans.models import Loan


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, and what people call it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at the school."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class LoanProduct:
    """What is lent."""

    slug: str
    name: str
    kind: Annotated[str, "“physical” for kits, “digital” for seats; empty until it is asked for"]


@dataclass(frozen=True, slots=True)
class NextMove:
    """What comes next, as the one behind the token sees it."""

    words: str
    by: date | None
    late: bool
    moves: Annotated[list[str], "what the one behind the token can do now, as addresses end, where "
                     "programs can do it"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoanInList:
    """A loan as it stands."""

    id: int
    reference: Annotated[str, "its name on the telephone"]
    page: Annotated[str, "the address of its page, for people"]
    state: Coded
    product: LoanProduct
    supplier: str
    school: str
    teacher: Who
    responsible: Annotated[Who | None, "who answers for it at the school"]
    what: Annotated[str, "what is lent, in words; empty until it is asked for"]
    quantity: Annotated[int | None, "how many were asked for"]
    starts_on: date | None
    due_on: date | None
    asked_at: Annotated[datetime | None, "when the supplier was asked"]
    changed_at: datetime
    next: Annotated[NextMove | None, "null when it is over"]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a loan."""

    at: datetime
    move: str
    words: str
    said: str
    state: Coded


@dataclass(frozen=True, slots=True)
class LoanWhole(LoanInList):
    """A loan as it stands, and what happened to it."""

    problem: Annotated[str, "what gets in the way, in the teacher's words"]
    decline_reason: Annotated[Coded | None, "why the supplier said no"]
    decline_words: str
    history: Annotated[list[Happened], "the oldest first"]


def in_list(actor: Actor, loan: Loan) -> LoanInList:
    """Return a loan as it stands in a list."""
    return LoanInList(**_standing(loan, next_step(actor, loan)))


def whole(actor: Actor, loan: Loan) -> LoanWhole:
    """Return a loan with its history."""
    supplying = Party.SUPPLIER in policy.parties(actor, loan)
    declined = loan.decline_reason
    return LoanWhole(
        **_standing(loan, next_step(actor, loan)),
        problem=loan.need_text,
        decline_reason=_coded("decline_reason", declined) if declined else None,
        decline_words=loan.decline_words,
        history=list(_happened(loan, supplying=supplying)),
    )


def spoken(move: str) -> str:
    """Return a move as addresses and answers write it: ``propose-dates``."""
    return move.replace("_", "-")


def _standing(loan: Loan, step: NextStep | None) -> dict[str, Any]:
    settings: Settings = current_app.extensions["lended.settings"]
    line = loan.lines[0] if loan.lines else None
    kind = ("physical" if is_physical(loan) else "digital") if line else ""
    return {
        "id": loan.id,
        "reference": loan.reference,
        "page": settings.base_url + url_for("loans.loan", loan_id=loan.id),
        "state": _state(loan.state),
        "product": LoanProduct(loan.product.slug, loan.product.name, kind),
        "supplier": loan.supplier.name,
        "school": loan.school.name,
        "teacher": _who(loan.teacher),
        "responsible": _who(loan.responsible) if loan.responsible else None,
        "what": what_is_lent(loan),
        "quantity": line.sets if line else None,
        "starts_on": line.starts_on if line else None,
        "due_on": line.due_on if line else None,
        "asked_at": loan.asked_at,
        "changed_at": loan.changed_at,
        "next": _next(step) if step else None,
    }


def _next(step: NextStep) -> NextMove:
    actions = [action for action in (step.primary, *step.others) if action]
    return NextMove(step.words, step.by, step.late, [spoken(action.move) for action in actions])


def _happened(loan: Loan, *, supplying: bool) -> Iterable[Happened]:
    for event, words, said in history(loan.events, supplying=supplying):
        yield Happened(event.at, spoken(event.kind), words, said, _state(event.to_state))


def _state(code: str) -> Coded:
    return Coded(code, STATE_WORDS[State(code)])


def _coded(vocabulary: str, code: str) -> Coded:
    return Coded(code, vocabularies.label(vocabulary, code))


def _who(person: Person) -> Who:
    return Who(person.id, person.name)
