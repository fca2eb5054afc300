"""How notices joins the application."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.notices.listeners import LISTENERS
from lended.notices.views import Unread, pages
from lended.notices.views.unsubscribing import stop_mail
from lended.web.feature import Feature


def prepare(app: Flask, _settings: Settings) -> None:
    """Let every page show how much is unread, and mail programs stop mail without a page."""
    app.context_processor(lambda: {"unread_notices": Unread()})
    app.extensions["csrf"].exempt(stop_mail)


FEATURE = Feature(name="notices", blueprints=[pages], listeners=LISTENERS, prepare=prepare)
