"""The nightly job after nights without it: twice at once, while the mail server fails half-way."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.loans import service as loans
from lended.notices import service
from lended.notices.models import Notice
from lended.notices.post import send_due
from tests.lended.loans.scene import Scene, Transaction
from tests.lended.notices.conftest import Office, states
from tests.makers import Makers

NIGHTS_MISSED = 3
BUSY = "451 Busy, try again later"


def test_after_three_nights_two_jobs_at_once_tell_each_thing_once_and_mail_follows(
    make: Makers,
    transaction: Transaction,
    engine: Engine,
    office: tuple[Office, str],
    by_smtp: Settings,
) -> None:
    """Scenario 15."""
    scene = Scene(make, transaction, capacity=2)
    late, back = scene.loan("active"), scene.loan("inspection")
    day = scene.row(late).lines[0].due_on + timedelta(days=1 + NIGHTS_MISSED)
    night = datetime.combine(day, time(7), tzinfo=clock.LONDON)
    together = Barrier(2)

    def job(_number: int) -> None:
        with clock.at(night):
            together.wait()
            loans.run_clock(transaction)
            service.remind_of_loans(transaction, day)
            send_due(engine, by_smtp, clock.now())

    office[0].answers = [BUSY] * 3
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(job, range(2)))
    assert scene.state(late) == "overdue"
    assert states(engine).count("waiting") >= 3, "what the server refused waits"
    for days in (1, 2):
        send_due(engine, by_smtp, night + timedelta(days=days))
    assert "waiting" not in states(engine)
    assert len(office[0].marks) == len(set(office[0].marks))
    notices = told(engine)
    assert max(Counter((notice.person_id, notice.key) for notice in notices).values()) == 1
    assert [one for one in notices if one.key.startswith(f"loan:{late}:become_overdue:")]
    assert not [one for one in notices if one.key.startswith(f"loan:{back}:become_overdue:")]


def told(engine: Engine) -> list[Notice]:
    """Return everything anybody was told."""
    with Session(engine) as session:
        return list(session.scalars(select(Notice)))
