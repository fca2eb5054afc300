"""A school and a supplier on each engine or on SQLite, with programs that act for their people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from lended import create_app
from lended.db import engine_options, prepare_engine
from tests.conftest import settings_for
from tests.lended.web.programs.office import Office
from tests.makers import Makers


@pytest.fixture
def office(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Office:
    """Return a school and a supplier with one kit, and their programs, on SQLite."""
    return Office(app, made, signed_in)


@pytest.fixture
def each_office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Return the same on each engine in turn."""
    app = create_app(settings_for(database_url, tmp_path))
    engine = prepare_engine(create_engine(database_url, **engine_options(database_url)))
    yield Office(app, Makers(engine), lambda *_who: app.test_client())
    engine.dispose()
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()
