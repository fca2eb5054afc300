"""Listing and reading loans, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from flask import Response

from lended.access import Role, Scope
from lended.loans import queries
from lended.loans.api import telling
from lended.loans.api.blueprint import api
from lended.loans.api.telling import LoanInList, LoanWhole
from lended.loans.forms.programs import LoansForm
from lended.web.audience import audience, programs
from lended.web.database import reader
from lended.web.people import actor
from lended.web.programs.answers import answered
from lended.web.programs.operations import Operation, operation
from lended.web.programs.requests import filled_by_query

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SIDES = (Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)


@dataclass(frozen=True, slots=True)
class LoansPage:
    """Loans, the newest first."""

    loans: list[LoanInList]
    next_cursor: Annotated[int | None, "give it as cursor to read on; null when this is all"]


@api.get("/loans")
@operation(Operation(LoansPage, query=LoansForm))
@audience(programs([Scope.READ], SIDES))
def loans() -> Response:
    """List the loans that the one behind the token has a part in, the newest first."""
    form = filled_by_query(LoansForm())
    state, before = form.state.data or "", form.cursor.value
    found = queries.page_of_loans(reader(), actor(), state, before, form.most + 1)
    page = found[: form.most]
    return answered(
        LoansPage(
            loans=[telling.in_list(actor(), loan) for loan in page],
            next_cursor=page[-1].id if len(found) > len(page) else None,
        )
    )


@api.get("/loans/<int:loan_id>")
@operation(Operation(LoanWhole))
@audience(programs([Scope.READ], SIDES))
def loan(loan_id: int) -> Response:
    """Read a loan: how it stands, its dates, what comes next, what happened."""
    return answered(told(reader(), loan_id))


def told(session: Session, loan_id: int) -> LoanWhole:
    """Return a loan as the one behind the token may read it.

    Raises
    ------
    NotFound
        When it does not exist for them.
    """
    return telling.whole(actor(), queries.loan(session, actor(), loan_id))
