"""Stopping mail by the link in it: no sign-in, one thing only, and nothing told to strangers.

References
----------
RFC 8058: a mail program sends the POST by itself, without a cookie and without a page before it,
and follows no redirect. The signed link is what gives the right, so no token against forgery is
needed: who does not hold the link cannot write its address.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config import Settings
from lended.errors import NotFound
from lended.notices import queries, service
from lended.notices.rules import CHOICES, Topic, Way
from lended.notices.rules.signatures import mail_of
from lended.notices.views.blueprint import pages
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter

PER_NETWORK = "60 per minute"
BY_A_PROGRAM = ("List-Unsubscribe", "One-Click")


@pages.get("/unsubscribe/<token>")
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def unsubscribe(token: str) -> str:
    """Show what mail the link stops, and change nothing."""
    person_id, topics = _signed(token)
    if not queries.may_be_mailed(reader(), person_id):
        raise NotFound
    ways = queries.ways(reader(), person_id)
    return _page(token, topics, stopped=all(ways.get(topic) is Way.SITE for topic in topics))


@pages.post("/unsubscribe/<token>")
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def stop_mail(token: str) -> str | Response:
    """Stop the mail, for a person who pressed the button or a program that has it built in."""
    person_id, topics = _signed(token)
    with transaction() as work:
        service.stop_mail(work, person_id, topics)
    name, value = BY_A_PROGRAM
    if request.form.get(name) == value:
        return _page(token, topics, stopped=True)
    return redirect(url_for("notices.unsubscribe", token=token), code=303)


def _signed(token: str) -> tuple[int, tuple[Topic, ...]]:
    settings: Settings = current_app.extensions["lended.settings"]
    signed = mail_of(settings.secret_key, token)
    if signed is None or not signed[1]:
        raise NotFound
    return signed


def _page(token: str, topics: Sequence[Topic], *, stopped: bool) -> str:
    return render_template(
        "notices/unsubscribe.html",
        token=token,
        about=[CHOICES[topic] for topic in topics],
        stopped=stopped,
    )
