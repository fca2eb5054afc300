"""The desk: the first page of everyone who is signed in, by the role acted in."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template

from lended.access import Actor, Role
from lended.desks.views import overseeing, schooling, supplying
from lended.desks.views.blueprint import pages
from lended.notices import queries as notices
from lended.web.audience import SIGNED_IN, audience, only
from lended.web.database import reader
from lended.web.people import actor

DESKS: tuple[tuple[Role, Callable[[Actor], str]], ...] = (
    (Role.STAFF, overseeing.staff),
    (Role.SUPPLIER, supplying.supplier),
    (Role.TRUST_LEAD, overseeing.trust),
    (Role.SCHOOL_LEAD, schooling.lead),
    (Role.TEACHER, schooling.teacher),
    (Role.TECHNOLOGIST, overseeing.technologist),
)


@pages.get("/desk")
@audience(SIGNED_IN)
def desk() -> str:
    """Show what needs the person now, and what they look after."""
    here = actor()
    shown = next((show for role, show in DESKS if here.has(role)), schooling.newcomer)
    return shown(here)


@pages.get("/staff/mail")
@audience(only(Role.STAFF))
def failed_mail() -> str:
    """Show the mail that could not be delivered, and what is held up and tried again."""
    return render_template(
        "desks/failed_mail.html",
        failed=notices.failed_mail(reader()),
        held_up=notices.held_up_mail(reader()),
    )


__all__ = ["pages"]
