"""How needs join the application."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.catalogue.kept import Kept
from lended.needs.api import api
from lended.needs.cli import match
from lended.needs.index import Renewal
from lended.needs.views import pages
from lended.web.database import db
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Keep an index of the catalogue in this process."""
    folder = None if settings.testing else settings.index_folder
    with app.app_context():
        renewal = Renewal(db.engine, app.extensions["lended.shelf"], folder, settings.semantic)
        indexes = Kept(db.engine, renewal, at_once=settings.testing)
    app.extensions["lended.watch"].add(indexes)
    app.extensions["lended.index"] = indexes


FEATURE: Feature = Feature(name="needs", blueprints=[pages, api], commands=[match], prepare=prepare)
