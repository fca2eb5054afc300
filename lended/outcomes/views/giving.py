"""The ten minutes in which a teacher says what happened."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries as accounts
from lended.errors import Invalid
from lended.outcomes import policy, queries, service
from lended.outcomes.forms import OutcomeForm
from lended.outcomes.queries import Findings
from lended.outcomes.rules.claims import Figures, said
from lended.outcomes.rules.pictures import picture
from lended.outcomes.service.give import FORM, demand_open
from lended.outcomes.views.blueprint import pages
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.forms import NumberField
from lended.web.people import actor
from lended.web.redirects import see

Answer = str | Response | tuple[str, int]
TEACHER = only(Role.TEACHER)


@pages.route("/loans/<int:loan_id>/outcome", methods=["GET", "POST"])
@audience(TEACHER)
def give(loan_id: int) -> Answer:
    """Say what happened, or change what was said."""
    found = _own(loan_id)
    form = _form(found)
    if "look" in request.form:
        form.validate()
        return _page(found, form)
    if form.accepted():
        try:
            with transaction() as work:
                service.give_outcome(work, actor(), loan_id, form.wish())
        except Invalid as refused:
            form.show(refused)
        else:
            flash("Thank you. Your outcome is kept, and you can change it.", "success")
            return see("outcomes.outcome", loan_id=loan_id)
    return _page(found, form), 422 if request.method == "POST" else 200


@pages.post("/loans/<int:loan_id>/outcome/said")
@audience(TEACHER)
def may_be_said(loan_id: int) -> str:
    """Answer with what may be said of the numbers typed so far; nothing is kept."""
    found = _own(loan_id)
    form = OutcomeForm.of_request()
    form.validate()
    return render_template("outcomes/may_be_said.html", **_claims(found, form))


def _own(loan_id: int) -> Findings:
    found = queries.findings(reader(), actor(), loan_id)
    policy.demand_teller(actor(), found.loan)
    demand_open(found)
    return found


def _page(found: Findings, form: OutcomeForm) -> str:
    return render_template(
        "outcomes/give.html",
        loan=found.loan,
        plan=found.plan,
        trial=found.trial,
        outcome=found.outcome,
        form=form,
        unfinished=FORM,
        **_claims(found, form),
    )


def _form(found: Findings) -> OutcomeForm:
    """Return the form as sent, as it was left unfinished, as given before, or new."""
    if request.method == "POST":
        return OutcomeForm.of_request()
    kept = accounts.unfinished(reader(), actor(), FORM, str(found.loan.id))
    return OutcomeForm.of_saved(kept) if kept else OutcomeForm(data=_beginning(found))


def _beginning(found: Findings) -> dict[str, Any]:
    if found.outcome is None:
        return _as_planned(found)
    reasons: dict[str, Any] = {}
    for number, reason in enumerate(found.outcome.reasons, start=1):
        values = (reason.code, reason.weight, reason.hands, reason.would_have_worked)
        names = [f"{part}_{number}" for part in OutcomeForm.PARTS]
        reasons |= dict(zip(names, values, strict=True))
    return {name: getattr(found.outcome, name) for name in GIVEN} | reasons


GIVEN = (
    "verdict",
    "what_happened",
    "pupils",
    "teachers",
    "weeks",
    "design",
    "unit",
    "baseline_value",
    "result_value",
    "would_use_again",
    "teachers_again",
)


def _as_planned(found: Findings) -> dict[str, Any]:
    plan = found.plan
    start: dict[str, Any] = {"weeks": found.trial.weeks if found.trial else 1}
    if plan is None:
        return start
    measured = plan.baseline_value is not None
    return start | {
        "pupils": plan.pupils,
        "unit": plan.unit,
        "baseline_value": plan.baseline_value,
        "design": "before_after" if measured else "",
    }


def _claims(found: Findings, form: OutcomeForm) -> dict[str, Any]:
    """Return what may be said of the numbers in the form, as far as they make sense."""
    plan = found.plan
    figures = Figures(
        design=form.design.data or "",
        weeks=_number(form.weeks) or 1,
        pupils=_number(form.pupils),
        teachers=_number(form.teachers),
        again=_number(form.teachers_again),
        would_use_again=form.would_use_again.value,
        baseline=_number(form.baseline_value),
        result=_number(form.result_value),
        unit=form.unit.text,
        threshold=plan.threshold_value if plan else None,
        direction=plan.direction if plan else "up",
        about=plan.criterion_about if plan else "",
    )
    return {"claims": _claims_of(figures), "chart": picture(figures, "Before and after")}


def _claims_of(figures: Figures) -> dict[str, tuple[str, ...]]:
    return {"inside": said(figures), "outside": said(figures, outside=True)}


def _number(field: NumberField) -> Any:
    """Return the number in a field, None while it makes no sense."""
    try:
        value = field.value
    except ValueError:
        return None
    return value if value is None or field.minimum <= value <= field.maximum else None
