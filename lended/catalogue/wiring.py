"""How the catalogue joins the application."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.catalogue.cli import import_products
from lended.catalogue.kept import Kept, Watch
from lended.catalogue.shelf import read_shelf
from lended.catalogue.views import pages
from lended.web.database import db
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Keep a shelf of what is published in this process, and begin to watch with its first page.

    Whatever server runs us starts the watch so; a command or a test never does.
    """
    watch = Watch()
    with app.app_context():
        shelves = Kept(db.engine, read_shelf, at_once=settings.testing)
    watch.add(shelves)
    app.extensions["lended.shelf"] = shelves
    app.extensions["lended.watch"] = watch
    if not settings.testing:
        app.before_request(watch.start)


FEATURE: Feature = Feature(
    name="catalogue", blueprints=[pages], commands=[import_products], prepare=prepare
)
