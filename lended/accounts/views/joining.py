"""Answering who asks to belong, and taking back what one asked."""

from __future__ import annotations

from flask import flash, render_template
from werkzeug.wrappers import Response

from lended.accounts import queries, service
from lended.accounts.forms import RefusalForm
from lended.accounts.views.blueprint import pages
from lended.accounts.views.members import WHO_LEADS
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see


@pages.get("/members/requests/<int:request_id>")
@audience(WHO_LEADS)
def join_request(request_id: int) -> str:
    """Show who asks to belong, and as what."""
    return _page(request_id, RefusalForm())


@pages.post("/members/requests/<int:request_id>/approve")
@audience(WHO_LEADS)
def approve_join_request(request_id: int) -> Response:
    """Let somebody belong."""
    name = queries.waiting_join_request(reader(), actor(), request_id).person.name
    with transaction() as work:
        service.approve_join_request(work, actor(), request_id)
    flash(f"{name} belongs now, and is told so.", "success")
    return see("accounts.members")


@pages.post("/members/requests/<int:request_id>/refuse")
@audience(WHO_LEADS)
def refuse_join_request(request_id: int) -> Response | tuple[str, int]:
    """Say no to somebody, and why."""
    form = RefusalForm.of_request()
    if not form.accepted():
        return _page(request_id, form), 422
    with transaction() as work:
        service.refuse_join_request(work, actor(), request_id, form.reason)
    flash("Your answer is on its way.", "success")
    return see("accounts.members")


@pages.post("/account/requests/<int:request_id>/withdraw")
@audience(SIGNED_IN)
def withdraw_join_request(request_id: int) -> Response:
    """Take back what the person asked."""
    with transaction() as work:
        service.withdraw_join_request(work, actor(), request_id)
    flash("You no longer ask to join.", "success")
    return see("accounts.account")


def _page(request_id: int, form: RefusalForm) -> str:
    found = queries.waiting_join_request(reader(), actor(), request_id)
    return render_template("accounts/join_request.html", request_to_join=found, form=form)
