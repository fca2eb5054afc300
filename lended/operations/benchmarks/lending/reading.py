"""What reading costs where much is lent: availability, and the desks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from lended import clock
from lended.loans import queries
from lended.loans.rules.calendar import Dates
from lended.operations.benchmarks.pages.clients import Client, signed_in_cookie, used
from lended.web.database import db

ASKED_AT_ONCE = 50
YEAR = timedelta(days=365)
TIMES = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What the first page of somebody costs."""

    cpu: float
    statements: int


def availability_cost(
    app: Flask, product_ids: Sequence[int], seconds: Callable[[], float]
) -> dict[str, float]:
    """Return milliseconds of processor time for each question about availability."""
    some, today = product_ids[:ASKED_AT_ONCE], clock.today()
    asked: dict[str, Callable[[Session], object]] = {
        f"what of {len(some)} products is free over a year": lambda session: queries.availability(
            session, some, Dates(today, today + YEAR)
        ),
        f"when {len(some)} products are next free": lambda session: queries.next_free(
            session, some
        ),
        "which products are free on all days of a month": lambda session: (
            queries.borrowable_product_ids(
                session, today + timedelta(days=60), today + timedelta(days=90)
            )
        ),
    }
    with app.app_context():
        return {words: _milliseconds(question, seconds) for words, question in asked.items()}


def desk_cost(port: int, person_id: int) -> Desk:
    """Open somebody's desk, and again; return what it took the second time."""
    client = Client(port, signed_in_cookie(port, person_id))
    client.fetch("/desk")
    seconds, statements = used(port)
    client.fetch("/desk")
    seconds_after, statements_after = used(port)
    client.close()
    return Desk((seconds_after - seconds) * 1000, statements_after - statements)


def _milliseconds(question: Callable[[Session], object], seconds: Callable[[], float]) -> float:
    with Session(db.engine) as session:
        question(session)
        before = seconds()
        for _ in range(TIMES):
            question(session)
        return (seconds() - before) * 1000 / TIMES
