"""How a person wants to hear of things."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.notices import queries, service
from lended.notices.forms import ChoicesForm
from lended.notices.rules import topics_of
from lended.notices.views.blueprint import pages
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.people import actor, places
from lended.web.redirects import see


@pages.route("/account/notices", methods=["GET", "POST"])
@audience(SIGNED_IN)
def choices() -> str | Response | tuple[str, int]:
    """Show how the person hears of what, and change it."""
    topics = topics_of({role for place in places() for role in place.roles})
    form = ChoicesForm.about(topics, queries.ways(reader(), actor().person_id))
    if form.accepted():
        with transaction() as work:
            service.choose(work, actor(), form.chosen(topics))
        flash("Your choices are kept.", "success")
        return see("notices.choices")
    page = render_template("notices/choices.html", form=form)
    return page, 200 if request.method == "GET" else 422
