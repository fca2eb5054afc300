"""Asking for a trial, for programs."""

from __future__ import annotations

from flask import Response, url_for

from lended.access import Scope
from lended.loans import policy, service
from lended.loans.api.blueprint import api
from lended.loans.api.following import told
from lended.loans.api.telling import LoanWhole
from lended.loans.forms.programs import RequestForm
from lended.web.audience import audience, programs
from lended.web.people import actor
from lended.web.programs.keys import Answer, once
from lended.web.programs.operations import Operation, operation
from lended.web.programs.requests import filled_by_body
from lended.work import Work


@api.post("/loans")
@operation(Operation(LoanWhole, body=RequestForm, status=201))
@audience(programs([Scope.REQUEST], policy.ASK.roles))
def request_loan() -> Response:
    """Ask for a trial with its whole plan."""
    form = filled_by_body(RequestForm())

    def ask(work: Work) -> Answer:
        need_id, problem = form.need_id.value, form.problem.text
        loan_id = service.start_draft(work, actor(), form.product.text, need_id, problem)
        service.submit(work, actor(), loan_id, form.wish())
        work.session.expire_all()
        here = url_for("loans_api.loan", loan_id=loan_id)
        return Answer(told(work.session, loan_id), 201, here)

    return once(ask)
