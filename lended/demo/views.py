"""Signing in with one click. Joined to the application in the demo only."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from lended.access import ROLE_WORDS, Role
from lended.accounts import queries, sessions
from lended.accounts import service as accounts
from lended.demo import content
from lended.errors import NotFound
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader, transaction
from lended.web.redirects import safe_next

pages = Blueprint("demo", __name__)


@dataclass(frozen=True, slots=True)
class Guide:
    """Somebody to look around as."""

    email: str
    name: str
    introduction: str
    role_words: str


def guides() -> list[Guide]:
    """Return one person for each role."""
    return [
        Guide(
            email=person["email"],
            name=person["name"],
            introduction=person["introduction"],
            role_words=ROLE_WORDS[Role(person["roles"][0]["role"])],
        )
        for person in content.guides()
    ]


@pages.post("/demo/sign-in")
@audience(EVERYONE)
def sign_in() -> Response:
    """Sign in as one of the guides, and go on to the page that was wanted."""
    email = request.form.get("email", "")
    known = email in {guide.email for guide in guides()}
    person = queries.person_by_email(reader(), email) if known else None
    if person is None:
        raise NotFound
    with transaction() as work:
        person = accounts.note_sign_in(work, person.id)
    here = sessions.begin(reader(), person)
    return redirect(safe_next(request.form.get("next"), sessions.landing(here)), code=303)
