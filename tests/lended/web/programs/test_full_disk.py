"""A disk that is full: what needs room is refused in words, and all else is as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text

from lended.operations.checks import find_problems
from tests.conftest import ON_EACH_ENGINE
from tests.lended.loans.site import plan, sent, shown
from tests.lended.loans.test_incident_pages import AMISS, picture, upload
from tests.lended.web.programs.office import Office

FULL = HTTPStatus.INSUFFICIENT_STORAGE
LONG = dict.fromkeys(("goal", "measure", "teaching_change", "baseline_words"), "Tiles " * 240)
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER no_room BEFORE INSERT ON loan_events FOR EACH ROW EXECUTE FUNCTION no_room();
"""


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """Leave a database no room for as long as the block lasts."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _allow_not_a_page)
        engine.dispose()
        yield
        event.remove(engine, "connect", _allow_not_a_page)
        engine.dispose()
        return
    _run(engine, NO_ROOM)
    yield
    _run(engine, "DROP TRIGGER no_room ON loan_events")


def _allow_not_a_page(connection: Any, _record: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")


def _run(engine: Engine, statements: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statements))


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        engine: Engine = app.extensions["migrate"].db.engine
    return engine


@ON_EACH_ENGINE
def test_a_program_is_told_that_there_is_no_room_and_may_ask_again(office: Office) -> None:
    engine = engine_of(office.app)
    body = office.plan(**LONG)
    office.make.catalogue_number()
    with full(engine):
        refused = office.post("/loans", office.school_token, body, key="one")
        assert refused.status_code == FULL, refused.text
        assert "no room left" in refused.get_json()["detail"]
        assert office.get("/loans", office.school_token).get_json()["loans"] == []
    assert find_problems(engine) == []
    assert office.post("/loans", office.school_token, body, key="one").status_code == 201
    assert find_problems(engine) == []


def test_a_page_says_that_there_is_no_room_and_what_was_written_is_there_afterwards(
    office: Office,
) -> None:
    office.app.config["WTF_CSRF_ENABLED"] = False
    office.make.catalogue_number()
    engine, draft = engine_of(office.app), office.draft()
    with full(engine):
        refused = office.as_teacher.post(f"/loans/{draft}/ask", data=plan(**LONG))
        assert refused.status_code == FULL
        assert "no room left" in refused.text
        shown(office.as_teacher, f"/loans/{draft}/ask")
    assert (office.state(draft), find_problems(engine)) == ("draft", [])
    sent(office.as_teacher, f"/loans/{draft}/ask", plan(**LONG))
    assert (office.state(draft), find_problems(engine)) == ("school_signoff", [])


def test_a_picture_for_which_there_is_no_room_leaves_nothing_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.app.config["WTF_CSRF_ENABLED"] = False
    loan_id = office.loan("inspection")
    uploads: Path = office.app.extensions["lended.settings"].upload_folder

    def on_a_full_disk(dir: Path) -> tuple[int, str]:  # noqa: A002 - as Python names it
        (draft := dir / "draft").touch()
        return os.open("/dev/full", os.O_WRONLY), str(draft)

    fields = {**AMISS, "settle": "missing", "words": "One tile is missing."}
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", on_a_full_disk)
        photos = {"photos": [upload(picture())]}
        refused = office.as_supplier.post(f"/loans/{loan_id}/inspection", data=fields | photos)
    assert refused.status_code == FULL
    assert list(uploads.iterdir()) == []
    assert office.state(loan_id) == "inspection"
    photos = {"photos": [upload(picture())]}
    sent(office.as_supplier, f"/loans/{loan_id}/inspection", fields | photos)
    assert len(list(uploads.iterdir())) == 1
