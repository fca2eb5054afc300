"""How needs join the application."""

from __future__ import annotations

from functools import partial

from flask import Flask

from config import Settings
from lended.catalogue.shelf import Kept
from lended.needs.api import api
from lended.needs.cli import match, match_index
from lended.needs.index import build_index, build_shared_index
from lended.needs.views import pages
from lended.web.database import db
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Keep an index of the catalogue in this process, or a view of the one in the database."""
    with app.app_context():
        shared = settings.match_engine == "postgres"
        build = partial(build_shared_index, engine=db.engine) if shared else build_index
        app.extensions["lended.index"] = Kept(
            db.engine, build, lambda index: index.revision, at_once=settings.testing
        )


FEATURE: Feature = Feature(
    name="needs", blueprints=[pages, api], commands=[match, match_index], prepare=prepare
)
