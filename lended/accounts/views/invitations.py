"""Taking a place that somebody has kept."""

from __future__ import annotations

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from lended.accounts import passwords, queries, service, sessions
from lended.accounts.forms import NewPersonForm
from lended.accounts.views.blueprint import PER_NETWORK, pages
from lended.web.audience import EVERYONE, SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor, actor_or_none


@pages.get("/invitations/<token>")
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def invitation(token: str) -> str:
    """Show a place kept for somebody, and the way into it that fits who is looking."""
    return _page(token, NewPersonForm())


@pages.post("/invitations/<token>")
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def accept_as_new_person(token: str) -> Response | tuple[str, int]:
    """Make an account for the address invited, in its place."""
    form = NewPersonForm.of_request()
    form.email = queries.open_invitation(reader(), token).email
    if not form.accepted():
        return _page(token, form), 422
    reader().rollback()
    password_hash = passwords.hashed(form.chosen)
    with transaction() as work:
        person = service.accept_as_new_person(work, token, form.called, password_hash)
    here = sessions.begin(reader(), person)
    flash("Welcome. Your account is ready.", "success")
    return redirect(sessions.landing(here), code=303)


@pages.post("/invitations/<token>/accept")
@limiter.limit(PER_NETWORK)
@audience(SIGNED_IN)
def accept_invitation(token: str) -> Response:
    """Take the place kept for the person signed in."""
    place = queries.open_invitation(reader(), token).organisation_id
    with transaction() as work:
        person = service.accept_invitation(work, actor(), token)
    here = sessions.begin(reader(), person, place)
    flash("You now belong here. Anywhere else you were signed in, sign in again.", "success")
    return redirect(sessions.landing(here), code=303)


def _page(token: str, form: NewPersonForm) -> str:
    found = queries.open_invitation(reader(), token)
    known = queries.person_by_email(reader(), found.email)
    here = actor_or_none()
    return render_template(
        "accounts/invitation.html",
        invitation=found,
        token=token,
        form=form,
        known=known is not None,
        mine=here is not None and known is not None and known.id == here.person_id,
    )
