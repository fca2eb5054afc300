"""How needs join the application."""

from __future__ import annotations

from flask import Flask
from threadpoolctl import threadpool_limits

from config import Settings
from lended.catalogue.kept import Kept
from lended.catalogue.shelf import Shelf
from lended.needs.api import api
from lended.needs.cli import match, match_index
from lended.needs.index import Renewal, SharedRenewal
from lended.needs.views import pages
from lended.web.database import db
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Keep an index of the catalogue in this process, or a view of the one in the database."""
    # A need is multiplied with products in a millisecond; a second thread would spin for ten.
    threadpool_limits(1, user_api="blas")
    shelves = app.extensions["lended.shelf"]
    with app.app_context():
        indexes = Kept(db.engine, _renewal(settings, shelves), at_once=settings.testing)
    app.extensions["lended.watch"].add(indexes)
    app.extensions["lended.index"] = indexes


def _renewal(settings: Settings, shelves: Kept[Shelf]) -> Renewal | SharedRenewal:
    if settings.match_engine == "postgres":
        return SharedRenewal(db.engine, shelves)
    folder = None if settings.testing else settings.index_folder
    return Renewal(db.engine, shelves, folder, settings.semantic)


FEATURE: Feature = Feature(
    name="needs", blueprints=[pages, api], commands=[match, match_index], prepare=prepare
)
