"""The clock does every part, whatever happens to one of them, and stops when it is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended.operations import clockwork
from lended.operations.models import ClockEntry
from lended.operations.queries import clock_entries
from lended.web.database import reader, transaction
from tests.makers import Makers


def test_a_run_says_what_each_part_did(app: Flask) -> None:
    run = clockwork.run(app)
    assert not run.failed
    assert "trials begun: 0; " in run.words
    assert run.words.endswith("tables looked at anew: 0")


def test_a_part_that_fails_is_named_and_holds_nothing_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_done: clockwork.Run) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(clockwork.PARTS, "moving loans", fail)
    run = clockwork.run(app)
    assert run.failed == ["moving loans"]
    assert "tables looked at anew" in run.counts
    assert "moving loans: failed" in run.words


def test_staff_read_what_a_run_did_and_could_not_and_nobody_else_does(
    app: Flask, made: Makers, signed_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = signed_in(made.person(made.organisation("platform"), "staff"))
    assert "Nothing yet" in staff.get("/staff/clock").text

    def half(done: clockwork.Run) -> None:
        done.counts["trials begun"] = 3
        done.failed.append("LN-2007")

    monkeypatch.setitem(clockwork.PARTS, "moving loans", half)
    clockwork.run(app)
    page = staff.get("/staff/clock").text
    assert "trials begun" in page
    assert "LN-2007" in page
    teacher = signed_in(made.person(made.organisation(), "teacher"))
    assert teacher.get("/staff/clock").status_code == 404


def test_what_ran_long_ago_is_forgotten(app: Flask) -> None:
    long_ago = datetime(2020, 1, 1, 12, tzinfo=UTC)
    with app.app_context(), transaction() as work:
        work.session.add(
            ClockEntry(began_at=long_ago, ended_at=long_ago, counts={"x": 1}, failed=[])
        )
    clockwork.run(app)
    with app.app_context():
        assert clock_entries(reader()) == []


def test_a_pulse_beats_at_once_and_stops(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    beaten = threading.Event()
    monkeypatch.setattr(clockwork, "run", lambda _app: beaten.set())
    pulse = clockwork.start(app, 3600)
    assert beaten.wait(5)
    pulse.stop()
    assert not pulse._thread.is_alive()


def test_a_pulse_of_no_seconds_never_beats(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "run", lambda _app: pytest.fail("the clock ran"))
    clockwork.start(app, 0).stop()
