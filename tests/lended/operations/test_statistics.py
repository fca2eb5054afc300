"""SQLite is told how full its tables are, once for each doubling."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, insert, text
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Organisation
from lended.db import WRITES, prepare_engine
from lended.operations.database import differences, refresh_statistics


def open_many(engine: Engine, count: int) -> None:
    """Write so many organisations."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        row = {"kind": "school", "name": "One of many", "created_at": clock.now()}
        connection.execute(insert(Organisation), [row] * count)


def test_a_table_is_looked_at_when_it_has_doubled_and_not_again(sqlite_url: str) -> None:
    engine = prepare_engine(create_engine(sqlite_url))
    assert refresh_statistics(engine) == 0
    open_many(engine, 500)
    assert refresh_statistics(engine) == 1
    assert refresh_statistics(engine) == 0
    open_many(engine, 300)
    assert refresh_statistics(engine) == 0
    open_many(engine, 500)
    assert refresh_statistics(engine) == 1
    with Session(engine) as session:
        stat = session.scalar(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'organisations'"))
        assert str(stat).startswith("1300")
        assert differences(session.connection()) == []
    engine.dispose()


def test_postgresql_looks_by_itself(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    open_many(engine, 500)
    assert refresh_statistics(engine) == 0
    engine.dispose()
