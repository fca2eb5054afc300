"""How the catalogue joins the application."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.catalogue.cli import import_products
from lended.catalogue.shelf import Kept, read_shelf
from lended.catalogue.views import pages
from lended.web.database import db
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Keep a shelf of what is published in this process."""
    with app.app_context():
        app.extensions["lended.shelf"] = Kept(
            db.engine, read_shelf, lambda shelf: shelf.revision, at_once=settings.testing
        )


FEATURE: Feature = Feature(
    name="catalogue", blueprints=[pages], commands=[import_products], prepare=prepare
)
