"""The clock does every part, whatever happens to one of them, and stops when it is asked."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from lended.operations import clockwork


def test_a_run_says_what_each_part_did(app: Flask) -> None:
    run = clockwork.run(app)
    assert list(run.counts) == list(clockwork.PARTS)
    assert not run.failed
    assert "loans moved: 0" in run.words


def test_a_part_that_fails_is_named_and_holds_nothing_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(clockwork.PARTS, "loans moved", fail)
    run = clockwork.run(app)
    assert run.failed == ["loans moved"]
    assert set(run.counts) == set(clockwork.PARTS) - {"loans moved"}
    assert "loans moved: failed" in run.words


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
