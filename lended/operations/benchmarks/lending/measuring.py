"""All of it, on one engine after the other, each figure beside its floor and its bound."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from config import Settings
from lended import create_app
from lended.operations.benchmarks.lending.databases import DATABASES, Database
from lended.operations.benchmarks.lending.floor import Floor
from lended.operations.benchmarks.lending.reading import availability_cost, desk_cost
from lended.operations.benchmarks.lending.requests import (
    ClientOf,
    Cost,
    crowd,
    over_http,
    through_service,
)
from lended.operations.benchmarks.lending.stored import Asker, Stored, store
from lended.operations.benchmarks.matching.tables import Table
from lended.operations.benchmarks.pages.clients import used
from lended.operations.benchmarks.pages.serving import served
from lended.web.database import db

ENGINES = tuple(DATABASES)
CLIENTS = (1, 8, 32)
AT_A_TIME = 32
"""Requests in one way before it is the next one's turn. Each makes the stock that is asked for a
little fuller, for the service as for its floor, so that both have to be met with the same."""

WAYS = {"floor": 1, "service": 10, "HTTP": 30}
"""How many times the floor's processor time each way may take."""

MOST_MS, MOST_SECONDS, MOST_STATEMENTS = 30, 30, 12
Ways = dict[str, tuple[ClientOf, Callable[[], float]]]
"""By name, what sends requests in this way, and the processor time that was used up so far."""

NIGHTS = ("the first, with all that has piled up", "an ordinary one")
PROGRAMS = "lended.operations.benchmarks.lending"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: LendED on a database with much in it."""

    engine: str
    loans: int
    app: Flask
    database: Database
    stored: Stored

    def seconds(self) -> float:
        """Return the processor time used so far, by this process and by the database's."""
        return time.process_time() + self.database.seconds()


def measure_lending(
    engine: str, loans: int, requests: int, progress: Callable[[int], Any]
) -> Iterator[Table]:
    """Store so many open loans in a database of its own, and measure what lending costs.

    Parameters
    ----------
    engine
        One of `ENGINES`.
    requests
        How many are made of each kind, by so many clients.
    progress
        Told how many loans more are stored.
    """
    with (
        TemporaryDirectory(prefix="lended-bench-") as name,
        DATABASES[engine](Path(name)) as database,
    ):
        folder = Path(name)
        app = create_app(_settings(database.url, folder))
        stored = store(app, loans, _askers(requests), progress)
        _leave_alone()
        subject = Subject(engine, loans, app, database, stored)
        with served(f"{PROGRAMS}.subject", folder=folder, database_url=database.url) as said:
            yield _requests(subject, requests, said["port"])
            yield _desks(subject, said["port"])
        yield _availability(subject)
        yield _nights(subject, folder)
        with app.app_context():
            db.engine.dispose()


def _leave_alone() -> None:
    """Leave what is there out of the garbage collector's rounds, as a server leaves what it keeps.

    What was made to fill the database would be walked through again with every few requests.
    """
    gc.collect()
    gc.freeze()


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        secret_key="only for a measurement that ends soon",  # noqa: S106 - it guards nothing
        data_folder=folder,
        database_url=url,
        clock_seconds=0,
    )


def _askers(requests: int) -> int:
    """Return how many drafts are needed: one for each request, one to take for a model."""
    return 1 + len(WAYS) * len(CLIENTS) * (AT_A_TIME + requests)


def _requests(subject: Subject, requests: int, port: int) -> Table:
    """Measure requests in every way, by every number of clients; the floor first."""
    model, *askers = subject.stored.askers
    service = through_service(subject.app)
    with service([model]) as ask:
        ask(model)
    ways: Ways = {
        "floor": (Floor(subject.database.url, model).client, subject.seconds),
        "service": (service, subject.seconds),
        "HTTP": (over_http(port), lambda: used(port)[0] + subject.database.seconds()),
    }
    waiting = iter(askers)
    rows = []
    for clients in CLIENTS:
        found = _in_turns(ways, clients, waiting, requests)
        rows += [_request(way, clients, found[way], found["floor"].cpu) for way in ways]
    return Table(
        f"A request for a trial, {subject.loans:,} open loans, {subject.engine}",
        ("way", "clients", "CPU ms", "× floor", "at most", "median ms", "p95 ms"),
        tuple(rows),
        ("CPU is of all that a request needs: LendED's process, and the database's.",),
    )


def _in_turns(ways: Ways, clients: int, waiting: Iterator[Asker], requests: int) -> dict[str, Cost]:
    """Make so many requests in each way, a few at a time; return what they cost.

    A turn more comes first and is not counted, so that nothing is measured that happens once: in
    each way, by as many clients, since each of them may be the first to need a connection more.
    """
    found = dict.fromkeys(ways, Cost())
    with ExitStack() as stack:
        crowds = {}
        for way, (client_of, seconds) in ways.items():
            askers = list(islice(waiting, AT_A_TIME + requests))
            crowds[way] = stack.enter_context(crowd(client_of, askers, clients, seconds))
            crowds[way](AT_A_TIME)
        for _turn in range(0, requests, AT_A_TIME):
            for way, ask_next in crowds.items():
                found[way] += ask_next(AT_A_TIME)
    return found


def _request(way: str, clients: int, found: Cost, floor: float) -> tuple[str, ...]:
    times = (f"{found.median:.1f}", f"{found.p95:.1f}")
    return way, str(clients), f"{found.cpu:.2f}", f"{found.cpu / floor:.1f}", str(WAYS[way]), *times


def _desks(subject: Subject, port: int) -> Table:
    rows = []
    for role, person_id in subject.stored.desks.items():
        desk = desk_cost(port, person_id)
        rows.append((role, str(desk.statements), str(MOST_STATEMENTS), f"{desk.cpu:.0f}"))
    return Table(
        f"Desks, {subject.loans:,} open loans, {subject.engine}",
        ("desk", "statements", "at most", "CPU ms"),
        tuple(rows),
    )


def _availability(subject: Subject) -> Table:
    product_ids = subject.stored.product_ids
    bounds = (str(MOST_MS), str(MOST_MS), "")  # the last looks at every product there is
    found = availability_cost(subject.app, product_ids, subject.seconds)
    return Table(
        f"Availability in one call, {subject.loans:,} open loans of {len(product_ids):,} products, "
        f"{subject.engine}",
        ("question", "CPU ms", "at most"),
        tuple(
            (words, f"{cpu:.1f}", bound)
            for (words, cpu), bound in zip(found.items(), bounds, strict=True)
        ),
    )


def _nights(subject: Subject, folder: Path) -> Table:
    """Let the clock do what has piled up, and then what an ordinary night brings."""
    address = subject.database.url
    with served(f"{PROGRAMS}.night", folder=folder, database_url=address) as nights:
        found = dict(zip(NIGHTS, nights, strict=True))
    return Table(
        f"The clock, {subject.loans:,} open loans, {subject.engine}",
        (
            "night",
            "things done",
            "seconds",
            "at most",
            "mails",
            "seconds",
            "CPU s",
            "most memory, MB",
            "before",
        ),
        tuple(_night(words, said) for words, said in found.items()),
        (
            *(f"{words}: {_told(said['counts'])}." for words, said in found.items()),
            (
                "Mail is written into files here, one after the other, and held up by the disk. "
                "CPU is of both and of LendED's process alone."
            ),
        ),
    )


def _night(words: str, said: dict[str, Any]) -> tuple[str, ...]:
    if said["failed"]:
        raise RuntimeError(f"The clock could not do: {said['failed']}")
    memory = (f"{said[name]:.0f}" for name in ("megabytes", "megabytes_before"))
    times = (f"{said['seconds']:.1f}", str(MOST_SECONDS))
    mail = (f"{said['mails']:,}", f"{said['mail_seconds']:.1f}", f"{said['cpu']:.1f}")
    return words, f"{sum(said['counts'].values()):,}", *times, *mail, *memory


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
