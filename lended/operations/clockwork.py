"""The clock: everything that happens by date rather than by somebody's hand.

Each part computes what is due from dates, so that a missed night is caught up and two runs at
once do nothing twice. Parts are independent: one that fails does not hold back the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from flask import Flask, current_app

from config import Settings
from lended import clock
from lended.loans import service as loans
from lended.notices import post
from lended.operations.database import refresh_statistics
from lended.outcomes import service as outcomes
from lended.web import repeats
from lended.web.database import db, transaction
from lended.web.programs import keys

SECONDS_TO_FINISH = 3.0
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Run:
    """What one run of the clock did."""

    counts: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The run in a line."""
        done = [f"{name}: {count}" for name, count in self.counts.items()]
        broken = [f"{name}: failed" for name in self.failed]
        return "; ".join([*done, *broken])


class Pulse:
    """Runs the clock again and again in the background of the built-in server."""

    def __init__(self, app: Flask, seconds: int) -> None:
        self._app = app
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="clock", daemon=True)

    def start(self) -> None:
        """Begin, unless the pause is 0."""
        if self._seconds:
            self._thread.start()

    def stop(self) -> None:
        """Stop after what is being done now, or without it when it takes too long."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(SECONDS_TO_FINISH)

    def _beat(self) -> None:
        while not self._stopped.is_set():
            run(self._app)
            self._stopped.wait(self._seconds)


def start(app: Flask, seconds: int) -> Pulse:
    """Start the clock in the background."""
    pulse = Pulse(app, seconds)
    pulse.start()
    return pulse


def run(app: Flask) -> Run:
    """Do everything that is due now."""
    done = Run()
    with app.app_context():
        for name, part in PARTS.items():
            try:
                done.counts[name] = part()
            except Exception as error:
                log.exception("clock", part=name, exc_info=error)
                done.failed.append(name)
    return done


def _move_loans() -> int:
    with transaction() as work:
        return loans.run_clock(work, clock.today()).total


def _remind() -> int:
    with transaction() as work:
        return outcomes.remind(work, clock.today())


def _send_mail() -> int:
    settings: Settings = current_app.extensions["lended.settings"]
    return post.send_due(db.engine, settings, clock.now()).sent


def _forget_answers() -> int:
    return keys.forget_old(clock.now())


def _forget_tokens() -> int:
    return repeats.forget_old(clock.now())


def _look_at_tables() -> int:
    return refresh_statistics(db.engine)


PARTS: dict[str, Callable[[], int]] = {
    "loans moved": _move_loans,
    "outcomes due": _remind,
    "mail sent": _send_mail,
    "form tokens forgotten": _forget_tokens,
    "answers to programs forgotten": _forget_answers,
    "tables looked at anew": _look_at_tables,
}
