"""A short measurement of lending: that it works, and what may be asked of the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from lended import create_app
from lended.loans.models import Loan, LoanEvent, LoanLine, Plan
from lended.loans.rules import OPEN, State
from lended.notices.models import Notice
from lended.operations.benchmarks.lending import measure_lending
from lended.operations.benchmarks.lending.floor import Floor
from lended.operations.benchmarks.lending.requests import through_service
from lended.operations.benchmarks.lending.stored import store
from lended.operations.benchmarks.matching.tables import Table
from lended.web.database import db, reader
from tests.conftest import settings_for

LOANS = 100


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def tables(request: pytest.FixtureRequest) -> list[Table]:
    """Measure lending where little is lent, just long enough."""
    return list(measure_lending(request.param, LOANS, requests=2, progress=lambda _count: None))


def test_every_way_to_ask_is_measured_beside_its_floor(tables: list[Table]) -> None:
    rows = [(way, clients) for way, clients, *_ in tables[0].rows]
    ways = ("floor", "service", "HTTP")
    assert rows == [(way, clients) for clients in ("1", "8", "32") for way in ways]
    assert all(float(cpu) > 0 for _, _, cpu, *_ in tables[0].rows)


def test_no_desk_asks_the_database_too_much(tables: list[Table]) -> None:
    assert {desk for desk, count, most, _ in tables[1].rows if int(count) > int(most)} == set()


def test_availability_and_a_night_of_the_clock_are_measured(tables: list[Table]) -> None:
    assert all(float(cpu) > 0 for _, cpu, _ in tables[2].rows)
    assert [int(done) > 0 for _, done, *_ in tables[3].rows] == [True, True]


@pytest.mark.parametrize("url", ["empty_sqlite_url", "empty_postgresql_url"])
def test_the_floor_writes_what_the_service_writes(
    url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(url)
    app = create_app(settings_for(address, tmp_path))
    stored = store(app, LOANS, askers=2, progress=lambda _count: None)
    by_service, by_hand = stored.askers
    with through_service(app)([by_service]) as ask:
        ask(by_service)
    with Floor(address, by_service).client([by_hand]) as ask:
        ask(by_hand)
    with app.app_context():
        first, second = _written(by_service.loan_id), _written(by_hand.loan_id)
        open_loans = reader().scalar(
            select(func.count()).select_from(Loan).where(Loan.state.in_(OPEN))
        )
    with app.app_context():  # the reader above holds a connection until its context ends
        db.engine.dispose()
    assert first == second
    assert first["state"] == State.SCHOOL_SIGNOFF
    assert first["notices"] == 2
    assert open_loans == LOANS + 2


def _written(loan_id: int) -> dict[str, object]:
    """Return what there is of a loan and does not name it."""
    session = reader()
    loan = session.get_one(Loan, loan_id)
    line = session.scalars(select(LoanLine).where(LoanLine.loan_id == loan_id)).one()
    plan = session.get_one(Plan, loan_id)
    notices = select(func.count()).where(Notice.key.like(f"loan:{loan_id}:%"))
    events = session.scalars(select(LoanEvent.kind).where(LoanEvent.loan_id == loan_id)).all()
    return {
        "state": loan.state,
        "act_by": loan.act_by,
        "terms": loan.terms.replace(loan.reference, ""),
        "holds": (line.holds, line.state, line.blocked_from, line.blocked_until),
        "plan": (plan.goal, plan.readiness, plan.fixed_at.date()),
        "notices": session.scalar(notices),
        "events": list(events),
    }
