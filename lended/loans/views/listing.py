"""The list of loans: what needs somebody, what is under way, what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import render_template, url_for

from lended.access import Role
from lended.loans import queries
from lended.loans.rules import STATE_WORDS, State
from lended.loans.views.blueprint import pages
from lended.loans.views.next_step import NextStep, next_step
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.people import actor

if TYPE_CHECKING:
    from lended.loans.models import Loan

SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)


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
        "by": row.step.by_words,
        "late": row.step.late,
    }
