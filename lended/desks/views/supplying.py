"""The desk of a supplier: requests first, then what is to be sent and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from lended.access import Actor
from lended.catalogue import queries as catalogue
from lended.desks import queries
from lended.desks.rules import demand
from lended.desks.views import groups, tasks
from lended.loans import queries as loans
from lended.loans.rules import State
from lended.outcomes import queries as outcomes
from lended.web.database import reader

if TYPE_CHECKING:
    from lended.loans.models import Loan


def supplier(actor: Actor) -> str:
    """Show a supplier's desk."""
    all_loans = loans.loans_of_supplier(reader(), actor)
    waiting = tasks.of_loans(actor, all_loans, _product_and_school)
    own = catalogue.supplier_of(reader(), actor)
    requested = {loan.id for loan in all_loans if loan.state == State.REQUESTED}
    return render_template(
        "desks/desk_supplier.html",
        supplier=own,
        answered=loans.answered(reader(), own.id),
        tasks=[*_requests_first(waiting, requested), *tasks.of_unfinished_forms(actor)],
        groups=groups.of_supplier(all_loans),
        requests=len(requested),
        timeline=queries.timeline(reader(), actor),
        stories=outcomes.stories_of_supplier(reader(), actor),
        demand=demand(queries.unmet_needs(reader())),
    )


def _requests_first(waiting: list[tasks.Task], requested: set[int]) -> list[tasks.Task]:
    """Put what a school waits to hear above what is to be packed, each by date."""
    ordered = tasks.in_order(waiting)
    return sorted(ordered, key=lambda task: task.loan_id not in requested)


def _product_and_school(loan: Loan) -> str:
    return f"{loan.product.name}, {loan.school.name}"
