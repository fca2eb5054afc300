"""Forms left unfinished: kept while somebody types, or when they press the button for it."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from lended.accounts import service
from lended.accounts.rules import RESUMABLE
from lended.accounts.views.blueprint import pages
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import transaction
from lended.web.forms.base import typed
from lended.web.limits import limiter
from lended.web.people import actor
from lended.web.redirects import see

AUTOSAVES = "120 per minute"


@pages.post("/unfinished/<form>/<subject>")
@limiter.limit(AUTOSAVES)
@audience(SIGNED_IN)
def keep_unfinished(form: str, subject: str) -> Response:
    """Keep what was typed so far; a script is answered with silence, a person is led on."""
    with transaction(keep_token=True) as work:
        service.keep_unfinished(work, actor(), form, subject, typed())
    if request.headers.get("HX-Request"):
        return Response(status=204)
    flash(
        f"Kept for later: {RESUMABLE[form].words.lower()}. You will find it on your desk.",
        "success",
    )
    return redirect("/desk", code=303)


@pages.post("/unfinished/<form>/<subject>/forget")
@audience(SIGNED_IN)
def drop_unfinished(form: str, subject: str) -> Response:
    """Forget what was typed into a form that is no longer wanted."""
    with transaction() as work:
        service.drop_unfinished(work, actor(), form, subject)
    flash("It is forgotten.", "success")
    return see("accounts.account")
