"""Three layers between a kit and two schools: each holds when the others are gone.

The naive way is shown to fail first, so that what follows is known to test something. A mutant
without the service's lock is caught by the database, one without the database's trigger by the
service, and one without both lends twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from lended.errors import Busy, Conflict
from lended.loans import queries, service
from lended.loans.models import Binding, LoanLine, Pool, Unit
from lended.loans.rules import availability
from lended.loans.rules.availability import NEVER, most_held
from lended.loans.rules.calendar import Window
from lended.loans.service import guard
from lended.work import open_work
from tests.lended.loans.scene import Scene, a_wish
from tests.makers import Makers

SCHOOLS = 6
START = date(2031, 3, 3)
DATES = {
    "starts_on": START,
    "due_on": START + timedelta(days=20),
    "blocked_from": START - timedelta(days=3),
    "blocked_until": START + timedelta(days=24),
}
WINDOW = Window(DATES["blocked_from"], DATES["blocked_until"])
FORGET_TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER loan_lines_never_twice_new",
        "DROP TRIGGER loan_lines_never_twice_more",
    ),
    "postgresql": (
        "DROP TRIGGER loan_lines_never_twice_new ON loan_lines",
        "DROP TRIGGER loan_lines_never_twice_more ON loan_lines",
    ),
}


def without_triggers(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in FORGET_TRIGGERS[engine.dialect.name]:
            connection.execute(text(statement))


def line(loan_id: int, pool_id: int, **more: Any) -> LoanLine:
    fields = {"quantity": 1, "state": "requested", "holds": True, **DATES}
    return LoanLine(loan_id=loan_id, pool_id=pool_id, **{**fields, **more})


def held(engine: Engine, pool_id: int) -> int:
    with Session(engine) as session:
        return most_held(queries.holds(session, [pool_id], WINDOW).get(pool_id, ()), WINDOW)


def all_at_once(act: Callable[[int], object], count: int = SCHOOLS) -> list[object]:
    """Do something so many times at the same moment; give back results, or what was raised."""

    def tried(number: int) -> object:
        try:
            return act(number)
        except (DBAPIError, Conflict, Busy) as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(tried, range(count)))


@contextmanager
def together(barrier: Barrier) -> Iterator[None]:
    """Wait for the others, as long as they can come; who waits for a lock cannot."""
    with suppress(BrokenBarrierError):
        barrier.wait(timeout=1)
    yield


@pytest.fixture
def naive(database_url: str) -> Iterator[Engine]:
    """Return an engine as everybody makes one: the driver begins transactions when it likes."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def look_then_write(engine: Engine, barrier: Barrier, loan_id: int, pool_id: int) -> None:
    with Session(engine) as session:
        taken = most_held(queries.holds(session, [pool_id], WINDOW).get(pool_id, ()), WINDOW)
        with together(barrier):
            if taken < 1:
                session.add(line(loan_id, pool_id))
        session.commit()


def drafts(scene: Scene, count: int = SCHOOLS) -> list[tuple[Any, int]]:
    teachers = [scene.another_school()[0] for _ in range(count)]
    return [(teacher, scene.draft(teacher)) for teacher in teachers]


def test_looking_and_then_writing_lends_one_kit_many_times(scene: Scene, naive: Engine) -> None:
    without_triggers(naive)
    asked = drafts(scene)
    barrier = Barrier(SCHOOLS)
    all_at_once(lambda n: look_then_write(naive, barrier, asked[n][1], scene.pool.id))
    assert held(naive, scene.pool.id) > 1


def test_the_trigger_alone_lends_it_once(scene: Scene, naive: Engine) -> None:
    asked = drafts(scene)
    barrier = Barrier(SCHOOLS)
    answers = all_at_once(lambda n: look_then_write(naive, barrier, asked[n][1], scene.pool.id))
    assert held(naive, scene.pool.id) == 1
    assert answers.count(None) == 1


def asks(scene: Scene, asked: list[tuple[Any, int]]) -> list[object]:
    barrier = Barrier(len(asked))

    def ask(number: int) -> object:
        teacher, loan_id = asked[number]
        barrier.wait()
        return scene.do(service.submit, teacher, loan_id, a_wish())

    return all_at_once(ask, len(asked))


def holding(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).where(LoanLine.holds)) or 0


def test_the_service_alone_lends_it_once(scene: Scene, engine: Engine) -> None:
    without_triggers(engine)
    answers = asks(scene, drafts(scene))
    assert answers.count(None) == 1
    assert all(answer is None or isinstance(answer, Conflict) for answer in answers)
    assert holding(engine) == 1


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch, scene: Scene, naive: Engine) -> Scene:
    """Return a scene whose service locks nothing and whose transactions begin when they like."""
    monkeypatch.setattr(guard, "_is_alone", lambda _work: True)
    looked = Barrier(SCHOOLS)
    real = availability.fits

    def slowly(*arguments: Any) -> Any:
        found = real(*arguments)
        with together(looked):
            return found

    monkeypatch.setattr(guard, "fits", slowly)
    scene.transaction = lambda: open_work(naive)
    return scene


def test_a_service_without_its_lock_is_caught_by_the_trigger(no_lock: Scene, naive: Engine) -> None:
    answers = asks(no_lock, drafts(no_lock))
    assert holding(naive) == 1
    assert answers.count(None) == 1
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert guard.FASTER in {answer.words for answer in refused}


def test_without_both_it_is_lent_twice(no_lock: Scene, naive: Engine) -> None:
    without_triggers(naive)
    asks(no_lock, drafts(no_lock))
    assert holding(naive) > 1


def test_one_kit_is_bound_to_one_open_loan(
    scene: Scene, make: Makers, engine: Engine, session: Session
) -> None:
    unit = make.save(Unit(pool_id=scene.pool.id, serial="KIT-1"))
    loans = [scene.draft(teacher) for teacher in (scene.another_school()[0] for _ in range(2))]
    lines = [make.save(line(loan, scene.pool.id, holds=False)) for loan in loans]
    first = make.save(Binding(line_id=lines[0].id, unit_id=unit.id, made_at=scene.pool.created_at))
    with pytest.raises(IntegrityError):
        make.save(Binding(line_id=lines[1].id, unit_id=unit.id, made_at=scene.pool.created_at))
    with engine.begin() as connection:
        connection.execute(delete(Binding).where(Binding.id == first.id))
    make.save(Binding(line_id=lines[1].id, unit_id=unit.id, made_at=scene.pool.created_at))


MORE_IS_REFUSED: dict[str, dict[str, Any]] = {
    "longer": {"blocked_until": DATES["blocked_until"] + timedelta(days=30)},
    "earlier": {"blocked_from": DATES["blocked_from"] - timedelta(days=30)},
    "larger": {"quantity": 2},
}


@pytest.mark.parametrize("change", MORE_IS_REFUSED)
def test_the_database_refuses_to_hold_more_than_there_is(
    scene: Scene, make: Makers, engine: Engine, change: str
) -> None:
    lent = make.save(line(scene.draft(), scene.pool.id))
    beside = {
        "longer": DATES["blocked_until"] + timedelta(days=10),
        "earlier": DATES["blocked_from"] - timedelta(days=20),
        "larger": DATES["blocked_until"] + timedelta(days=60),
    }[change]
    other = scene.draft(scene.another_school()[0])
    make.save(line(other, scene.pool.id, blocked_from=beside, blocked_until=beside + timedelta(5)))
    with Session(engine) as session:
        wanted = update(LoanLine).where(LoanLine.id == lent.id).values(MORE_IS_REFUSED[change])
        with pytest.raises(IntegrityError, match="lent twice"):
            session.execute(wanted)


def test_what_is_late_may_break_a_promise_and_what_was_cut_may_stay(
    scene: Scene, make: Makers, engine: Engine
) -> None:
    lent = make.save(line(scene.draft(), scene.pool.id))
    after = DATES["blocked_until"] + timedelta(days=7)
    other = scene.draft(scene.another_school()[0])
    make.save(line(other, scene.pool.id, blocked_from=after, blocked_until=after + timedelta(9)))
    with Session(engine) as session:
        found = session.get_one(LoanLine, lent.id)
        found.state, found.blocked_until = "overdue", NEVER
        session.get_one(Pool, scene.pool.id).capacity = 0
        session.commit()
    with Session(engine) as session:
        found = session.get_one(LoanLine, lent.id)
        found.blocked_until = DATES["blocked_until"] + timedelta(days=12)
        session.commit()


def test_kits_set_aside_are_not_lent(scene: Scene, make: Makers, engine: Engine) -> None:
    make.save(Unit(pool_id=scene.pool.id, serial="KIT-1", state="quarantined"))
    with pytest.raises(IntegrityError, match="lent twice"):
        make.save(line(scene.draft(), scene.pool.id))
