"""What breaks while loans move, and what is there afterwards: all of a change, or nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from lended.db import engine_options, prepare_engine
from lended.errors import Busy, Refusal
from lended.loans import service
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import State
from lended.operations.checks import loans as checks
from lended.work import Listener, open_work
from tests.conftest import SECRET
from tests.lended.loans.scene import Scene, a_wish
from tests.makers import Makers

ROOT = Path(__file__).resolve().parents[3]
CLOCK_CUT_SHORT = """
import sys, time
from dataclasses import replace
from datetime import datetime
from lended import clock, create_app
from lended.loans.service import clock as module
from lended.operations import clockwork

module.AT_ONCE = 2
done = 0

def slowly(happen):
    def happens(work, loan):
        global done
        moved = happen(work, loan)
        work.session.flush()
        done += 1
        if done == 5:
            print("half-way", flush=True)
            time.sleep(60)
        return moved
    return happens

module.DUE = tuple(replace(due, happen=slowly(due.happen)) for due in module.DUE)
app = create_app()
with clock.at(datetime.fromisoformat(sys.argv[1])):
    clockwork.run(app)
"""


def problems(engine: Engine) -> list[str]:
    """Return what every check of loans finds."""
    with Session(engine) as session:
        return [f"{check.__name__}: {found}" for check in checks.CHECKS for found in check(session)]


def states(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Loan.state).order_by(Loan.id)))


def test_a_clock_that_is_killed_has_done_some_wholly_and_the_rest_not_at_all(
    seats: Scene, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    for _ in range(5):
        seats.loan("issued")
    first = seats.row(1).lines[0].starts_on
    noon = f"{first.isoformat()}T12:00:00+00:00"
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LENDED_DATABASE_URL": database_url,
        "LENDED_DATA_FOLDER": str(tmp_path),
        "LENDED_SECRET_KEY": SECRET,
    }
    command = [sys.executable, "-c", CLOCK_CUT_SHORT, noon]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "half-way"
        run.send_signal(signal.SIGKILL)
    assert sorted(states(engine)) == ["active"] * 4 + ["issued"]
    assert problems(engine) == []
    assert seats.tick(first).total == 1
    assert states(engine) == ["active"] * 5
    with Session(engine) as session:
        begun = session.scalars(select(LoanEvent.loan_id).where(LoanEvent.kind == "start")).all()
    assert sorted(begun) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("days", [[400, 0, 30], [-30, 60, 60, 0], [0, 3650]])
def test_a_clock_that_jumps_undoes_nothing_and_doubles_nothing(
    seats: Scene, engine: Engine, days: list[int]
) -> None:
    loan_id = seats.loan("issued")
    line = seats.row(loan_id).lines[0]
    for later in days:
        seats.tick(line.starts_on + timedelta(days=later))
    assert problems(engine) == []
    with Session(engine) as session:
        kinds = session.scalars(select(LoanEvent.kind).where(LoanEvent.person_id.is_(None))).all()
    assert len(kinds) == len(set(kinds))
    assert kinds[:1] == ["start"]


def scene_on(url: str, listeners: dict[type, list[Listener]], **pool: Any) -> tuple[Scene, Engine]:
    engine = prepare_engine(create_engine(url, **engine_options(url)))
    return Scene(Makers(engine), lambda: open_work(engine, listeners), **pool), engine


def test_a_full_disk_is_said_and_leaves_the_database_as_it_was(
    sqlite_url: str, listeners: dict[type, list[Listener]]
) -> None:
    scene, engine = scene_on(sqlite_url, listeners)
    draft = scene.draft()
    full = prepare_engine(create_engine(sqlite_url, **engine_options(sqlite_url)))
    event.listen(full, "connect", _fill_up)
    with pytest.raises(OperationalError, match="full"), open_work(full, listeners) as work:
        service.submit(work, scene.teacher, draft, a_wish(goal="Tiles " * 40_000))
    assert states(engine) == ["draft"]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    scene.do(service.submit, scene.teacher, draft, a_wish())
    assert scene.state(draft) == "school_signoff"


def _fill_up(connection: Any, _record: object) -> None:
    """Let a database have two pages more and not one besides."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages + 2}")


class Crowd:
    """Teachers who ask and cancel without pause, and what they were told."""

    def __init__(self, scene: Scene, engine: Engine, listeners: dict[type, list[Listener]]) -> None:
        self.scene = scene
        self.engine = engine
        self.listeners = listeners
        self.stopped = threading.Event()
        self.acknowledged: list[int] = []
        self.refusals: list[Refusal] = []
        self.broken: list[Exception] = []

    def run(self, drafts: list[tuple[Any, int]], disturb: Callable[[], None]) -> None:
        """Let everybody ask, disturb them, and wait for the end."""
        threads = [threading.Thread(target=self._ask, args=draft) for draft in drafts]
        for thread in threads:
            thread.start()
        disturb()
        for thread in threads:
            thread.join(60)

    def _ask(self, teacher: Any, loan_id: int) -> None:
        while not self.stopped.is_set():
            try:
                with open_work(self.engine, self.listeners) as work:
                    service.submit(work, teacher, loan_id, a_wish())
            except Busy as refused:
                self.refusals.append(refused)
                time.sleep(0.05)
            except Refusal as refused:
                self.refusals.append(refused)
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                self.broken.append(error)
                return
            else:
                self.acknowledged.append(loan_id)
                return


def lose_nothing_acknowledged(url: str) -> None:
    """Take back what the tests' PostgreSQL leaves out to be quick."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = on"))
    engine.dispose()


def crash(cluster: Any) -> None:
    """End PostgreSQL without any farewell, and start it again."""
    os.kill(cluster.get_pid(), signal.SIGQUIT)
    time.sleep(0.5)
    with cluster._lock:
        cluster.ensure_postgres_running()


def test_postgresql_may_go_and_come_back_while_everybody_asks(
    postgresql_url: str, postgresql_cluster: Any, listeners: dict[type, list[Listener]]
) -> None:
    lose_nothing_acknowledged(postgresql_url)
    seats, engine = scene_on(postgresql_url, listeners, kind="digital", capacity=9)
    drafts = [
        (teacher, seats.draft(teacher))
        for teacher in (seats.another_school()[0] for _ in range(16))
    ]
    crowd = Crowd(seats, engine, listeners)
    crowd.run(drafts, lambda: crash(postgresql_cluster))
    assert crowd.broken == []
    with Session(engine) as session:
        held = session.scalars(select(LoanLine.loan_id).where(LoanLine.holds)).all()
        events = session.scalar(
            select(func.count()).where(LoanEvent.to_state == State.SCHOOL_SIGNOFF)
        )
    assert set(crowd.acknowledged) <= set(held)
    assert len(held) == 9
    assert events == 9
    assert problems(engine) == []
    engine.dispose()
