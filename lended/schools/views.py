"""Pages of schools: finding one's own, asking to join it, and what the register says of it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from lended.accounts import service as accounts
from lended.errors import NotFound
from lended.schools import queries, service
from lended.schools.forms import JoinForm, SearchForm
from lended.schools.policy import MEMBERS
from lended.web.audience import SIGNED_IN, audience, only
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor, places
from lended.web.redirects import see

pages = Blueprint("schools", __name__)
MOST_SHOWN = 20
MOST_REQUESTS = "20 per hour"
"""Each opens a school and writes to whoever leads it."""


@pages.get("/join")
@audience(SIGNED_IN)
def find_school() -> str | tuple[str, int]:
    """Look for a school, and show what the person has asked of schools."""
    form = SearchForm.of_query()
    makes_sense = form.makes_sense()
    found = queries.search_schools(reader(), form.words.text if makes_sense else "", MOST_SHOWN)
    page = render_template(
        "schools/find_school.html",
        form=form,
        found=found,
        asked=queries.own_requests(reader(), actor()),
    )
    return page, 200 if makes_sense else 422


@pages.route("/join/<int:school_id>", methods=["GET", "POST"])
@limiter.limit(MOST_REQUESTS, deduct_when=lambda answer: answer.status_code == HTTPStatus.SEE_OTHER)
@audience(SIGNED_IN)
def ask_to_join(school_id: int) -> str | Response | tuple[str, int]:
    """Ask to join a school."""
    form = JoinForm.opened()
    if form.accepted():
        with transaction() as work:
            place = service.open_school(work, school_id)
            accounts.ask_to_join(work, actor(), place, form.role.data, form.words.text)
        flash("Your request is on its way. You will be told when it is answered.", "success")
        return see("schools.find_school")
    school = queries.school_to_join(reader(), school_id)
    page = render_template(
        "schools/ask_to_join.html",
        form=form,
        school=school,
        belongs=school.organisation_id in {place.organisation_id for place in places()},
        waiting=queries.waits_for(reader(), actor(), school),
    )
    return page, 200 if request.method == "GET" else 422


@pages.get("/school")
@audience(only(*MEMBERS))
def school() -> str:
    """Show what the register says of the school the person acts for."""
    found = queries.school_of(reader(), actor().organisation_id)
    if found is None:
        raise NotFound
    return render_template("schools/school.html", school=found)
