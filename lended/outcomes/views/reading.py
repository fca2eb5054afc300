"""What a school found out: the teachers' verdict and, beside it, the school's decision."""

from __future__ import annotations

from flask import flash, render_template
from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.errors import Invalid
from lended.outcomes import policy, queries, service
from lended.outcomes.forms import DecisionForm
from lended.outcomes.queries import Findings
from lended.outcomes.rules.claims import said, withheld
from lended.outcomes.rules.pictures import picture
from lended.outcomes.views.blueprint import pages
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

SCHOOL = only(Role.TEACHER, Role.SCHOOL_LEAD)


@pages.get("/loans/<int:loan_id>/outcome/read")
@audience(SCHOOL)
def outcome(loan_id: int) -> str:
    """Show what happened in a trial of one's own school."""
    found = queries.findings(reader(), actor(), loan_id)
    decision = found.decision
    start = {"code": decision.code, "words": decision.words} if decision else {}
    return _page(found, DecisionForm(data=start))


@pages.post("/loans/<int:loan_id>/decision")
@audience(only(Role.SCHOOL_LEAD))
def decide(loan_id: int) -> Response | tuple[str, int]:
    """Record what the school will do."""
    form = DecisionForm.of_request()
    if form.accepted():
        try:
            with transaction() as work:
                service.decide(work, actor(), loan_id, form.code.data, form.words.text)
        except Invalid as refused:
            form.show(refused)
        else:
            flash("The school’s decision is recorded beside the teachers’ verdict.", "success")
            return see("outcomes.outcome", loan_id=loan_id)
    return _page(queries.findings(reader(), actor(), loan_id), form), 422


def _page(found: Findings, form: DecisionForm) -> str:
    figures = found.figures
    title = found.plan.measure if found.plan else "Before and after"
    others = queries.has_other_leads(reader(), found.loan)
    open_now = found.trial is not None and found.trial.is_open(clock.today())
    return render_template(
        "outcomes/outcome.html",
        loan=found.loan,
        plan=found.plan,
        outcome=found.outcome,
        decision=found.decision,
        claims=said(figures) if figures else (),
        withheld=withheld(figures) if figures and figures.measured else "",
        chart=picture(figures, title) if figures else None,
        mine=policy.may_give(actor(), found.loan),
        open_now=open_now,
        tried=found.trial is not None,
        may_decide=policy.may_decide(actor(), found.loan, other_leads=others),
        form=form,
    )
