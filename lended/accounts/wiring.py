"""How accounts joins the application."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.accounts import sessions
from lended.accounts.views import pages
from lended.web.database import reader
from lended.web.feature import Feature
from lended.web.people import SignedIn, login_manager


def load_person(key: str) -> SignedIn | None:
    """Return who is behind the session cookie of this request."""
    return sessions.of_cookie(reader(), key)


def prepare(_app: Flask, _settings: Settings) -> None:
    """Teach Flask-Login who people are."""
    login_manager.user_loader(load_person)


FEATURE = Feature(name="accounts", blueprints=[pages], prepare=prepare)
