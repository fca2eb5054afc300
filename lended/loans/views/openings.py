"""When a school is open, or a supplier works: what every date of a loan is reckoned from."""

from __future__ import annotations

from datetime import date

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.accounts import queries as accounts
from lended.errors import Invalid
from lended.loans import service
from lended.loans.forms.openings import ClosureForm, WeekdaysForm, days_as_typed
from lended.loans.rules.calendar import NATIONS, Closure, WorkingDays
from lended.loans.rules.openings import read_working_days
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

THOSE_WHO_KNOW = only(Role.SUPPLIER, Role.SCHOOL_LEAD)


@pages.route("/working-days", methods=["GET", "POST"])
@audience(THOSE_WHO_KNOW)
def working_days() -> Answer:
    """Show on which days somebody is there, and change nation and weekdays."""
    form = WeekdaysForm.of_request(days_as_typed(_days()))
    if form.accepted():
        try:
            with transaction() as work:
                service.keep_weekdays(work, actor(), form.nation.data, form.numbers)
        except Invalid as refused:
            form.show(refused)
        else:
            return _kept("Your days are kept.")
    return _page(form, ClosureForm(), wrong=bool(form.errors))


@pages.post("/working-days/closures")
@audience(THOSE_WHO_KNOW)
def add_closure() -> Answer:
    """Add days on which nobody is there."""
    form = ClosureForm.of_request()
    if form.accepted():
        try:
            with transaction() as work:
                service.add_closure(work, actor(), form.closure())
        except Invalid as refused:
            form.show(refused)
        else:
            return _kept("These days are in your list.")
    return _page(WeekdaysForm(data=days_as_typed(_days())), form, wrong=True)


@pages.post("/working-days/closures/remove")
@audience(THOSE_WHO_KNOW)
def remove_closure() -> Response:
    """Take days out of the list."""
    try:
        closed = Closure(_day_sent("first_on"), _day_sent("last_on"))
    except ValueError:
        return _kept("These days are not in your list.")
    with transaction() as work:
        service.remove_closure(work, actor(), closed)
    return _kept("These days are out of your list.")


def _day_sent(name: str) -> date:
    return date.fromisoformat(request.form.get(name, ""))


def _days() -> WorkingDays:
    here = accounts.organisation(reader(), actor().organisation_id or 0)
    return read_working_days(here.working_days)


def _kept(words: str) -> Response:
    flash(words, "success")
    return see("loans.working_days")


def _page(form: WeekdaysForm, closure_form: ClosureForm, *, wrong: bool) -> Answer:
    days, today = _days(), clock.today()
    page = render_template(
        "loans/working_days.html",
        form=form,
        closure_form=closure_form,
        coming=[closed for closed in days.closures if closed.last_on >= today],
        past=[closed for closed in days.closures if closed.last_on < today],
        nation=NATIONS[days.nation],
        at_school=actor().has(Role.SCHOOL_LEAD),
    )
    return (page, 422) if wrong else page
