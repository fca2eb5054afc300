"""A private calendar for each person who wants one: its page, and the file programs read."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, current_app, flash, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from lended import calendars, clock
from lended.access import Actor
from lended.accounts import sessions
from lended.accounts.rules import digest
from lended.errors import NotFound
from lended.notices import queries, service
from lended.notices.rules.signatures import calendar_of, calendar_token
from lended.notices.views.blueprint import pages
from lended.web.audience import EVERYONE, SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor
from lended.web.redirects import see

TITLE = "LendED loans"
KEPT_FOR = timedelta(days=366)
PER_CALENDAR = "60 per hour"
GUESSES_PER_NETWORK = "20 per minute; 200 per day"


@pages.get("/account/calendar")
@audience(SIGNED_IN)
def calendar() -> str:
    """Show the address of the person's own calendar, or how to have one."""
    feed = queries.feed(reader(), actor())
    address = _address(feed.mark) if feed else ""
    return render_template("notices/calendar.html", feed=feed, address=address)


@pages.post("/account/calendar")
@audience(SIGNED_IN)
def make_calendar() -> AnyResponse:
    """Make a calendar with an address nobody has had before."""
    with transaction() as work:
        service.make_feed(work, actor())
    flash("Your calendar has an address. An earlier one no longer works.", "success")
    return see("notices.calendar")


@pages.post("/account/calendar/end")
@audience(SIGNED_IN)
def end_calendar() -> AnyResponse:
    """End the person's calendar: its address leads nowhere from now on."""
    with transaction() as work:
        service.end_feed(work, actor())
    flash("Your calendar’s address no longer works.", "success")
    return see("notices.calendar")


def _named() -> str:
    """Return what names the calendar asked for, and does not give it away."""
    return digest(request.path)


def _was_a_guess(response: Response) -> bool:
    return response.status_code == NotFound.status


@pages.get("/calendar/<secret>.ics")
@limiter.limit(PER_CALENDAR, key_func=_named)
@limiter.limit(GUESSES_PER_NETWORK, deduct_when=_was_a_guess)
@audience(EVERYONE)
def calendar_feed(secret: str) -> AnyResponse:
    """Answer a calendar program: the loans its owner has a part in, as they are now."""
    entries = queries.entries(reader(), _actors(secret), clock.today() - KEPT_FOR)
    settings: Settings = current_app.extensions["lended.settings"]
    response = make_response(calendars.written(entries, settings.base_url, TITLE))
    response.content_type = f"{calendars.MIMETYPE}; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="lended.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag(weak=True)
    return response.make_conditional(request)


def _actors(secret: str) -> list[Actor]:
    """Return whoever the calendar's owner can act as, at each of their places.

    Raises
    ------
    NotFound
        When the address was made up, has ended, or its owner has no account any more.
    """
    settings: Settings = current_app.extensions["lended.settings"]
    mark = calendar_of(settings.secret_key, secret)
    owner = queries.owner_of_feed(reader(), mark) if mark else None
    if owner is None:
        raise NotFound
    places = sessions.places_of(owner)
    return [sessions.actor_for(owner, places, place.organisation_id) for place in places]


def _address(mark: str) -> str:
    settings: Settings = current_app.extensions["lended.settings"]
    return f"{settings.base_url}/calendar/{calendar_token(settings.secret_key, mark)}.ics"
