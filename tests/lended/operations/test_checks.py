"""Each check finds the violation planted for it, and nothing in a LendED that is well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from lended.db import WRITES, prepare_engine
from lended.loans import service as loans
from lended.loans.models import Loan
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.stock import Content, StockWish
from lended.operations import checks
from lended.operations.checks import shape
from lended.operations.checks.loans import holds_cover_the_loan, nothing_is_promised_twice
from tests.conftest import Transaction
from tests.lended.loans.scene import PAPERS
from tests.lended.loans.waiting import Line
from tests.lended.operations.faults import PLANTED, Plant, Scene, reference_to_nothing, well
from tests.makers import Makers

SPOIL = (
    "CREATE TABLE spoilt (word TEXT)",
    "CREATE INDEX ix_spoilt ON spoilt (word)",
    "INSERT INTO spoilt VALUES ('a'), ('b')",
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_master SET sql = replace(sql, '(word)', '(word DESC)')",
)


@pytest.fixture
def scene(engine: Engine) -> Scene:
    """Make a LendED in which all is well."""
    return well(engine)


def details(engine: Engine, check: checks.Check) -> list[str]:
    """Return what one check finds."""
    with Session(engine) as session:
        return list(check(session))


def test_nothing_is_found_where_all_is_well(engine: Engine, scene: Scene) -> None:
    assert checks.find_problems(engine) == []


def test_an_empty_database_is_well(engine: Engine) -> None:
    assert checks.find_problems(engine) == []


@pytest.mark.parametrize(
    ("check", "plant"),
    PLANTED,
    ids=[f"{check.__name__}-{n}" for n, (check, _) in enumerate(PLANTED)],
)
def test_a_check_finds_what_is_planted_for_it(
    engine: Engine, scene: Scene, check: checks.Check, plant: Plant
) -> None:
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        plant(connection, scene)
    assert details(engine, check)


def test_a_reference_to_nothing_is_found(engine: Engine, scene: Scene) -> None:
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        if engine.dialect.name == "sqlite":
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            reference_to_nothing(connection, scene)
    assert details(engine, shape.references_lead_somewhere) == [
        "1 of needs refer to people that are gone"
    ]


def test_a_damaged_file_is_found(sqlite_url: str) -> None:
    sqlite_engine = prepare_engine(create_engine(sqlite_url))
    with sqlite_engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        for statement in SPOIL:
            driver.execute(statement)
    sqlite_engine.dispose()
    assert details(sqlite_engine, shape.files_are_whole)
    sqlite_engine.dispose()


def test_every_check_has_a_fault_planted_for_it() -> None:
    apart = {shape.files_are_whole, shape.references_lead_somewhere}
    assert {check for check, _ in PLANTED} | apart == set(checks.CHECKS)


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_a_check_is_one_sentence(check: checks.Check) -> None:
    assert checks.sentence_of(check).endswith(".")
    assert len(checks.sentence_of(check)) < 95


def test_a_late_kit_is_no_fault_once_who_comes_next_was_warned(
    engine: Engine, make: Makers, transaction: Transaction
) -> None:
    line = Line(make, transaction)
    late = line.loan("active")
    held = line.row(late).lines[0]
    next_one = line.ask(whole_weeks(next_working_day(held.blocked_until + timedelta(days=7)), 2))
    teacher_of_next, lead = line.teachers[next_one], line.leads[next_one]
    line.do(loans.sign_off, lead, next_one, teacher_of_next.person_id)
    line.do(loans.approve, line.supplier, next_one)
    line.do(loans.complete_paperwork, lead, next_one, PAPERS)
    line.tick(held.due_on + timedelta(days=4))
    assert line.states(late, next_one) == ["overdue", "preparing"]
    assert details(engine, nothing_is_promised_twice) == []
    with transaction() as work:
        work.session.get_one(Loan, next_one).at_risk_at = None
    assert details(engine, nothing_is_promised_twice), "nobody was warned"


def test_fewer_to_lend_than_are_not_ready_again_is_no_fault(
    engine: Engine, make: Makers, transaction: Transaction
) -> None:
    line = Line(make, transaction, capacity=2)
    line.loan("closed")
    line.loan("active")
    one = StockWish("physical", 1, contents=[Content("Fraction tiles", 24)])
    line.do(loans.keep_stock, line.supplier, line.product.slug, one)
    assert details(engine, nothing_is_promised_twice) == []


def test_what_went_back_before_its_last_day_is_no_fault(
    engine: Engine, make: Makers, transaction: Transaction
) -> None:
    line = Line(make, transaction)
    (held,) = line.row(line.loan("closed")).lines
    assert held.blocked_until <= held.due_on
    assert details(engine, holds_cover_the_loan) == []
