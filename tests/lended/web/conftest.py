"""An application on each engine, with addresses that misbehave on request."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from lended import clock, create_app
from lended.accounts.models import Organisation
from lended.errors import Busy, Conflict, Invalid, NotAllowed, NotFound
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader, transaction
from tests.conftest import settings_for

REFUSALS = {
    403: NotAllowed("This is for your school lead."),
    404: NotFound(),
    409: Conflict("Somebody was faster."),
    422: Invalid("That does not hold together."),
    503: Busy("Very busy."),
}
FULL = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
LOCKED = OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))


def misbehave(app: Flask) -> None:
    """Give an application addresses under ``/try/`` and ``/api/try/`` that fail in every way."""

    @audience(EVERYONE)
    def refuse(status: int) -> str:
        if status in REFUSALS:
            raise REFUSALS[status]
        abort(status)

    @audience(EVERYONE)
    def fail(how: str) -> str:
        raise {"full": FULL, "locked": LOCKED}.get(how, ValueError(f"secret {how}"))

    @audience(EVERYONE)
    def write_while_reading() -> str:
        reader().add(Organisation(kind="school", name="Stray", created_at=clock.now()))
        reader().flush()
        return "written"

    @audience(EVERYONE)
    def open_organisation() -> Response:
        with transaction() as work:
            row = Organisation(kind="school", name="Opened once", created_at=clock.now())
            work.session.add(row)
            work.session.flush()
            time.sleep(0.1)
        return Response(status=303, headers={"Location": f"/opened/{row.id}"})

    for base in ("/try", "/api/try"):
        name = base.strip("/").replace("/", "_")
        app.add_url_rule(f"{base}/status/<int:status>", f"{name}_status", refuse)
        app.add_url_rule(f"{base}/fail/<how>", f"{name}_fail", fail)
    app.add_url_rule("/try/write", "try_write", write_while_reading)
    app.add_url_rule("/try/once", "try_once", open_organisation, methods=["POST"])


@pytest.fixture
def odd_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return an application that misbehaves, on each engine in turn."""
    app = create_app(settings_for(database_url, tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    misbehave(app)
    yield app
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()


@pytest.fixture
def odd(app: Flask) -> FlaskClient:
    """Return a visitor of a misbehaving application on SQLite."""
    misbehave(app)
    return app.test_client()
