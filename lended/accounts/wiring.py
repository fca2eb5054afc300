"""How accounts joins the application."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import OperationalError

from config import Settings
from lended import clock
from lended.accounts import service, sessions
from lended.accounts.api import api
from lended.accounts.listeners import LISTENERS
from lended.accounts.views import pages
from lended.errors import Busy
from lended.web import bearer
from lended.web.bearer import Program
from lended.web.database import reader, transaction
from lended.web.feature import Feature
from lended.web.people import SignedIn, login_manager


def load_person(key: str) -> SignedIn | None:
    """Return who is behind the session cookie of this request."""
    return sessions.of_cookie(reader(), key)


def load_program(secret: str) -> Program | None:
    """Return which program shows a token; keep the day on which it did, where that can be."""
    program = sessions.of_token(reader(), secret)
    if program and program.last_used_on != clock.today():
        with suppress(Busy, OperationalError), transaction() as work:
            service.note_use(work, program.token_id)
    return program


def prepare(app: Flask, _settings: Settings) -> None:
    """Teach Flask-Login who people are, and the API who programs are."""
    login_manager.user_loader(load_person)
    bearer.recognise_by(app, load_program)


FEATURE = Feature(name="accounts", blueprints=[pages, api], listeners=LISTENERS, prepare=prepare)
