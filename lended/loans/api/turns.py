"""What each side may do with a loan, for programs: one row for each move.

A move is judged by the form of its page and made by the same service. To give programs a further
one, add a row: `_by_form` for a page with questions, `_by_button` for a button.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response

from lended.access import Actor, Scope
from lended.loans import policy, service
from lended.loans.api.blueprint import api
from lended.loans.api.following import told
from lended.loans.api.telling import LoanWhole, spoken
from lended.loans.forms.answers import (
    CancelForm,
    DeclineForm,
    LongerForm,
    NoForm,
    OtherDatesForm,
    SignOffForm,
    WhyForm,
)
from lended.loans.views import keeping, schooling, supplying
from lended.loans.views.steps import Step, movable
from lended.web.audience import audience, programs
from lended.web.forms import Form
from lended.web.people import actor
from lended.web.programs.keys import Answer, once
from lended.web.programs.operations import Operation, operation
from lended.web.programs.requests import filled_by_body
from lended.work import Work

if TYPE_CHECKING:
    from lended.loans.models import Loan


@dataclass(frozen=True, slots=True)
class Turn:
    """A move as programs make it.

    Parameters
    ----------
    form
        What is asked; `form_for` makes it for one loan, with the choices there are.
    act
        Hands what was sent to the service.
    """

    move: str
    summary: str
    form: type[Form]
    form_for: Callable[[Loan], Form]
    act: Callable[[Work, Actor, int, Any], object]


def _by_form(form: type[Form], step: Step) -> Turn:
    return Turn(step.move, f"{step.title}.", form, step.form, step.act)


def _by_button(move: str, summary: str, act: Callable[[Work, Actor, int], object]) -> Turn:
    return Turn(
        move,
        summary,
        NoForm,
        lambda _loan: NoForm(),
        lambda work, who, loan_id, _form: act(work, who, loan_id),
    )


TURNS: tuple[Turn, ...] = (
    _by_form(SignOffForm, schooling.SIGN_OFF),
    _by_form(WhyForm, schooling.REFUSE),
    _by_button("approve", "Say yes to a request.", service.approve),
    _by_form(DeclineForm, supplying.DECLINE),
    _by_form(OtherDatesForm, supplying.PROPOSE),
    _by_button("accept_dates", "Take the dates offered.", service.accept_dates),
    _by_form(LongerForm, keeping.ASK_LONGER),
    _by_form(CancelForm, schooling.CANCEL),
)


def _open(turn: Turn) -> None:
    """Open the address of a move to those who hold its right.

    What was sent is looked at only once its key is claimed: a move sent again gets the answer of
    the first, which has moved the loan on.
    """

    @operation(Operation(LoanWhole, body=turn.form, summary=turn.summary))
    @audience(programs([Scope.ANSWER], policy.PERMISSIONS[turn.move].right.roles & policy.SIDES))
    def make_move(loan_id: int) -> Response:
        def act(work: Work) -> Answer:
            form = filled_by_body(turn.form_for(movable(loan_id, turn.move)))
            turn.act(work, actor(), loan_id, form)
            work.session.expire_all()
            return Answer(told(work.session, loan_id))

        return once(act)

    make_move.__name__ = turn.move
    api.add_url_rule(
        f"/loans/<int:loan_id>/{spoken(turn.move)}", view_func=make_move, methods=["POST"]
    )


for each in TURNS:
    _open(each)
