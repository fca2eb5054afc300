"""What is to be settled after a loan, for both sides, and what was set aside for it."""

from __future__ import annotations

from flask import Response, flash, render_template

from lended.access import Role
from lended.errors import Conflict, Invalid
from lended.loans import queries, service
from lended.loans.forms.returns import READY, AsideForm, SayForm
from lended.loans.rules.incidents import KINDS, STANCES, STATES, demand_stance, stances
from lended.loans.service.kits import NOTHING_ASIDE, lines_set_aside
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import kit_words
from lended.loans.views.returning import PICTURES_HINT
from lended.loans.views.steps import Answer
from lended.web import pictures
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

BOTH_SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER, Role.STAFF)
SIDES = {"school": "The school", "supplier": "The supplier", "staff": "LendED"}


@pages.route("/incidents/<int:incident_id>", methods=["GET", "POST"])
@audience(BOTH_SIDES)
@pictures.takes_pictures
def incident(incident_id: int) -> Answer:
    """Show what is to be settled and what both sides say, and let one of them speak."""
    form = _say_form(incident_id)
    if form.accepted():
        try:
            with transaction() as work:
                names = pictures.keep(form.photos.pictures)
                service.speak(work, actor(), incident_id, form.wish(names))
        except Invalid as refused:
            form.show(refused)
        else:
            flash("The other side has been told.", "success")
            return see("loans.incident", incident_id=incident_id)
    page = _page(incident_id, form)
    return (page, 422) if form.errors else page


@pages.get("/incidents/<int:incident_id>/photos/<int:photo_id>")
@audience(BOTH_SIDES)
def photo(incident_id: int, photo_id: int) -> Response:
    """Show a picture to those who have a part in the incident."""
    return pictures.answer(queries.photo_name(reader(), actor(), incident_id, photo_id))


@pages.route("/loans/<int:loan_id>/aside", methods=["GET", "POST"])
@audience(only(Role.SUPPLIER))
def aside(loan_id: int) -> Answer:
    """Say what became of what was set aside after a loan."""
    loan = queries.loan(reader(), actor(), loan_id)
    units = queries.kits_set_aside(reader(), loan_id)
    if not units and not lines_set_aside(loan):
        raise Conflict(NOTHING_ASIDE)
    form = AsideForm.of_request()
    if form.accepted():
        act = service.release if form.verdict.data == READY else service.write_off
        with transaction() as work:
            act(work, actor(), loan_id, form.words.text)
        flash("Kept in the history of this loan.", "success")
        return see("loans.loan", loan_id=loan_id)
    kits = [kit_words(unit) for unit in units]
    page = render_template("loans/aside.html", loan=loan, form=form, kits=kits)
    return (page, 422) if form.errors else page


def _say_form(incident_id: int) -> SayForm:
    found = queries.incident(reader(), actor(), incident_id)
    in_time = queries.may_still_answer(found)
    side = queries.side_of(actor())
    form = SayForm.of_request()
    if form.stance.data in STANCES:
        demand_stance(side, found.state, form.stance.data, in_time=in_time)
    return form.offering(stances(side, found.state, in_time=in_time))


def _page(incident_id: int, form: SayForm) -> str:
    found = queries.incident(reader(), actor(), incident_id)
    return render_template(
        "loans/incident.html",
        incident=found,
        loan=found.loan,
        kind=KINDS[found.kind],
        state=STATES[found.state],
        states=STATES,
        sides=SIDES,
        answer_by=queries.answer_by(found, found.loan.school),
        in_time=queries.may_still_answer(found),
        on_a_side=not actor().has(Role.STAFF),
        form=form,
        may_speak=bool(form.stance.choices),
        pictures_hint=PICTURES_HINT,
    )
