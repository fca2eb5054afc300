"""The small page of a move: a few questions, one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import flash, render_template
from werkzeug.wrappers import Response

from lended.access import Actor
from lended.errors import Invalid
from lended.loans import policy, queries
from lended.loans.rules import State, next_state
from lended.web.database import reader, transaction
from lended.web.forms import Form
from lended.web.people import actor
from lended.web.redirects import see
from lended.work import Work

if TYPE_CHECKING:
    from lended.loans.models import Loan

Answer = str | Response | tuple[str, int]


def _to_the_loan(loan_id: int) -> Response:
    return see("loans.loan", loan_id=loan_id)


@dataclass(frozen=True, slots=True)
class Step:
    """How a move is asked for.

    Parameters
    ----------
    form
        Makes the form for a loan.
    act
        Hands what was filled in to the service.
    hints
        What stands under a question, keyed by its field.
    hindrance
        Says why nothing can be filled in yet; empty when all can be.
    leads_to
        Where one goes once it is done.
    """

    move: str
    title: str
    opening: str
    label: str
    done: str
    form: Callable[[Loan], Form]
    act: Callable[[Work, Actor, int, Any], object]
    kind: str = "primary"
    hints: dict[str, str] = field(default_factory=dict)
    hindrance: Callable[[Loan], str] = lambda _loan: ""
    leads_to: Callable[[int], Response] = _to_the_loan


def take(step: Step, loan_id: int, page: str) -> Answer:
    """Show the page of a move, or make it.

    Parameters
    ----------
    page
        The name of the endpoint, and of its template.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When the move is not the actor's to make, or not now.
    """
    loan = movable(loan_id, step.move)
    form = step.form(loan)
    if form.accepted():
        try:
            with transaction() as work:
                step.act(work, actor(), loan_id, form)
        except Invalid as refused:
            form.show(refused)
            loan = queries.loan(reader(), actor(), loan_id)
        else:
            flash(step.done, "success")
            return step.leads_to(loan_id)
    shown = render_template(
        f"loans/{page}.html",
        step=step,
        loan=loan,
        form=form,
        action=f"loans.{page}",
        hindrance=step.hindrance(loan),
    )
    return (shown, 422) if form.errors else shown


def movable(loan_id: int, move: str) -> Loan:
    """Return a loan that the actor may move in this way, now.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When the move is not the actor's to make, or not now.
    """
    loan = queries.loan(reader(), actor(), loan_id)
    policy.demand_move(actor(), loan, move)
    next_state(move, State(loan.state))
    return loan


def press(loan_id: int, act: Callable[[Work, Actor, int], object], done: str) -> Response:
    """Make a move that asks nothing."""
    with transaction() as work:
        act(work, actor(), loan_id)
    flash(done, "success")
    return _to_the_loan(loan_id)
