"""A server killed in a burst of writes: what it acknowledged is there, and no half of a change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from lended.loans.models import Loan, LoanEvent
from lended.operations.checks import find_problems
from lended.work import BUSY_WORDS, Listener
from tests.lended.loans.scene import Scene
from tests.lended.loans.served.crowd import GONE, Member, fresh_key, gather
from tests.lended.loans.test_faults import crash, lose_nothing_acknowledged, scene_on
from tests.lended.operations.running import PATIENCE_SECONDS, Running, running_server
from tests.lended.web.programs.office import request_body

BUSY = HTTPStatus.SERVICE_UNAVAILABLE
CLIENTS = 6
BURST = 18
"""Changes acknowledged before the server is killed."""


class Asker:
    """Asks for a trial and cancels it, again and again, each change under a key of its own."""

    def __init__(self, member: Member, product: str, acknowledged: Semaphore) -> None:
        self.member, self.product, self.acknowledged = member, product, acknowledged
        self.states: dict[int, str] = {}
        self.refusals: list[str] = []
        self.loan_id: int | None = None
        self.key = fresh_key()

    def go_on(self, server: Running, over: Event) -> None:
        """Change something again and again, until the server is gone."""
        while not over.is_set():
            try:
                done = self.change(server)
            except GONE:
                return
            if done:
                self.acknowledged.release()

    def change(self, server: Running) -> bool:
        """Ask, or cancel what was asked for; tell whether it was acknowledged, and note it."""
        path = f"/loans/{self.loan_id}/cancel" if self.loan_id else "/loans"
        body = {} if self.loan_id else request_body(self.product)
        status, said = self.member.by_program(server, path, body, self.key)
        if status == BUSY:
            self.refusals.append(said)
            return False
        assert status in {200, 201}, said
        loan = json.loads(said)
        self.states[loan["id"]] = loan["state"]["code"]
        self.loan_id = None if self.loan_id else loan["id"]
        self.key = fresh_key()
        return True


@contextmanager
def at_work(askers: list[Asker], server: Running) -> Iterator[None]:
    """Let all go on until the end of the block, whatever happens in it."""
    over = Event()
    with ThreadPoolExecutor(len(askers)) as pool:
        working = [pool.submit(asker.go_on, server, over) for asker in askers]
        try:
            yield
        finally:
            over.set()
        for each in working:
            each.result()


def states(engine: Engine) -> dict[int, str]:
    with Session(engine) as session:
        return {row.id: row.state for row in session.execute(select(Loan.id, Loan.state))}


def test_a_server_that_is_killed_forgets_nothing_and_does_nothing_twice_afterwards(
    seats: Scene, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    seats.make.catalogue_number()
    acknowledged = Semaphore(0)
    askers = [
        Asker(member, seats.product.slug, acknowledged) for member in gather(seats.make, CLIENTS)
    ]
    settings = {"DATABASE_URL": database_url, "CLOCK_SECONDS": "0", "THREADS": str(CLIENTS)}
    with running_server(tmp_path, **settings) as server, at_work(askers, server):
        for _ in range(BURST):
            assert acknowledged.acquire(timeout=PATIENCE_SECONDS)
        server.kill()
    assert find_problems(engine) == []
    unanswered = {asker.loan_id for asker in askers}
    kept = states(engine)
    for asker in askers:
        for loan_id, state in asker.states.items():
            assert kept[loan_id] == state or loan_id in unanswered
    with running_server(tmp_path, **settings) as server:
        for asker in askers:
            asker.change(server)
    assert find_problems(engine) == []
    told = {loan_id: state for asker in askers for loan_id, state in asker.states.items()}
    assert states(engine) == told
    with Session(engine) as session:
        kinds = session.execute(select(LoanEvent.loan_id, LoanEvent.kind)).all()
    assert len(kinds) == len(set(kinds))


def test_a_server_whose_postgresql_crashes_says_so_and_goes_on_by_itself(
    postgresql_url: str,
    postgresql_cluster: Any,
    listeners: dict[type, list[Listener]],
    tmp_path: Path,
) -> None:
    lose_nothing_acknowledged(postgresql_url)
    seats, engine = scene_on(postgresql_url, listeners, kind="digital", capacity=30)
    seats.make.catalogue_number()
    acknowledged = Semaphore(0)
    askers = [
        Asker(member, seats.product.slug, acknowledged) for member in gather(seats.make, CLIENTS)
    ]
    settings = {"DATABASE_URL": postgresql_url, "CLOCK_SECONDS": "0", "THREADS": str(CLIENTS)}
    with running_server(tmp_path, **settings) as server:
        with at_work(askers, server):
            assert acknowledged.acquire(timeout=PATIENCE_SECONDS)
            crash(postgresql_cluster)
            for _ in range(BURST):
                assert acknowledged.acquire(timeout=PATIENCE_SECONDS)
        for asker in askers:
            assert asker.change(server)
    assert find_problems(engine) == []
    told = {loan_id: state for asker in askers for loan_id, state in asker.states.items()}
    assert states(engine) == told
    said = {json.loads(words)["detail"] for asker in askers for words in asker.refusals}
    assert said == {BUSY_WORDS}
    engine.dispose()
