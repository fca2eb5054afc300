"""The clock: everything that happens by date rather than by somebody's hand.

Each part computes what is due from dates, so that a missed night is caught up and two runs at
once do nothing twice. Parts are independent: one that fails does not hold back the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from flask import Flask, current_app
from sqlalchemy import delete

from config import Settings
from lended import clock
from lended.loans import service as loans
from lended.notices import post
from lended.notices import service as notices
from lended.operations.database import refresh_statistics
from lended.operations.models import ClockEntry
from lended.web import repeats
from lended.web.database import db, transaction
from lended.web.programs import keys

SECONDS_TO_FINISH = 3.0
KEPT = timedelta(days=90)
"""For how long it is kept what a run did."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Run:
    """What one run of the clock did: how often each thing, and what it could not do."""

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
    """Do everything that is due now, and keep what was done for those who look after LendED."""
    done = Run()
    began_at = clock.now()
    with app.app_context():
        for name, part in PARTS.items():
            try:
                part(done)
            except Exception as error:
                log.exception("clock", part=name, exc_info=error)
                done.failed.append(name)
        _keep(done, began_at)
    return done


def _keep(done: Run, began_at: datetime) -> None:
    """Write down a run that did something or could not; forget those long past."""
    try:
        with transaction() as work:
            old = delete(ClockEntry).where(ClockEntry.began_at < began_at - KEPT)
            work.session.execute(old)
            told = {name: count for name, count in done.counts.items() if count}
            if told or done.failed:
                failed = [{"what": what} for what in done.failed]
                work.session.add(
                    ClockEntry(began_at=began_at, ended_at=clock.now(), counts=told, failed=failed)
                )
    except Exception as error:
        log.exception("clock", part="keeping what was done", exc_info=error)
        done.failed.append("keeping what was done")


def _move_loans(done: Run) -> None:
    moved = loans.run_clock(transaction)
    done.counts |= moved.counts
    done.failed += moved.failed


def _ask_for_outcomes(done: Run) -> None:
    done.counts["outcomes asked for"] = notices.ask_for_outcomes(transaction, clock.today())


def _remind_of_loans(done: Run) -> None:
    done.counts["reminders given"] = notices.remind_of_loans(transaction, clock.today())


def _send_mail(done: Run) -> None:
    settings: Settings = current_app.extensions["lended.settings"]
    done.counts["mails sent"] = post.send_due(db.engine, settings, clock.now()).sent


def _forget_answers(done: Run) -> None:
    done.counts["answers to programs forgotten"] = keys.forget_old(clock.now())


def _forget_tokens(done: Run) -> None:
    done.counts["form tokens forgotten"] = repeats.forget_old(clock.now())


def _look_at_tables(done: Run) -> None:
    done.counts["tables looked at anew"] = refresh_statistics(db.engine)


PARTS: dict[str, Callable[[Run], None]] = {
    "moving loans": _move_loans,
    "asking for outcomes": _ask_for_outcomes,
    "reminding of loans": _remind_of_loans,
    "sending mail": _send_mail,
    "forgetting form tokens": _forget_tokens,
    "forgetting answers to programs": _forget_answers,
    "looking at tables": _look_at_tables,
}
