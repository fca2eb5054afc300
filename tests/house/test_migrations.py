"""The migrations build what the models describe, in both directions, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, Engine, create_engine, event, inspect, select

from lended import create_app
from lended.db import Base, prepare_engine
from lended.loans.models import Unit
from lended.operations.database import (
    differences,
    downgrade_database,
    newest_revision,
    revision_of,
    upgrade_database,
)
from tests.conftest import settings_for
from tests.makers import Makers

BOOK_KEEPING = {"alembic_version"}


class PowerCut(Exception):
    """Stands for whatever ends a migration half-way."""


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """Return an engine for a database with nothing in it."""
    engine = prepare_engine(create_engine(empty_database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def empty_app(empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return an application on a database with nothing in it."""
    app = create_app(settings_for(empty_database_url, tmp_path))
    yield app
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()


def tables_of(engine: Engine) -> set[str]:
    """Return the names of the tables there are."""
    return set(inspect(engine).get_table_names())


def test_an_upgrade_builds_every_table_of_the_models(empty: Engine, empty_app: Flask) -> None:
    upgrade_database(empty_app)
    assert tables_of(empty) - BOOK_KEEPING == set(Base.metadata.tables)


def test_what_is_built_does_not_differ_from_the_models(empty: Engine, empty_app: Flask) -> None:
    upgrade_database(empty_app)
    with empty.connect() as connection:
        assert differences(connection) == []
        assert revision_of(connection) == newest_revision()


def test_every_check_of_the_models_is_in_the_database(engine: Engine) -> None:
    wanted = {
        (table.name, str(constraint.name))
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    found = {
        (table, str(check["name"]))
        for table in Base.metadata.tables
        for check in inspect(engine).get_check_constraints(table)
    }
    assert wanted
    assert wanted == found


def test_a_difference_would_be_seen(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE products ADD COLUMN stray INTEGER")
        assert any("stray" in words for words in differences(connection))


def test_a_second_upgrade_changes_nothing(empty: Engine, empty_app: Flask) -> None:
    upgrade_database(empty_app)
    before = tables_of(empty)
    upgrade_database(empty_app)
    assert tables_of(empty) == before


def test_going_back_to_the_start_leaves_nothing(empty: Engine, empty_app: Flask) -> None:
    upgrade_database(empty_app)
    downgrade_database(empty_app, "base")
    assert tables_of(empty) <= BOOK_KEEPING
    upgrade_database(empty_app)
    assert tables_of(empty) - BOOK_KEEPING == set(Base.metadata.tables)


def test_kits_from_before_there_were_labels_get_one_each(empty: Engine, empty_app: Flask) -> None:
    upgrade_database(empty_app)
    made = Makers(empty)
    pool = made.pool(made.product(made.supplier(made.organisation("supplier"))), capacity=2)
    for serial in ("KIT-1", "KIT-2"):
        made.save(Unit(pool_id=pool.id, serial=serial))
    downgrade_database(empty_app, "0001")
    upgrade_database(empty_app)
    with empty.connect() as connection:
        labels = connection.scalars(select(Unit.label)).all()
    assert len({label for label in labels if label and len(label) == 20}) == 2


def test_an_upgrade_cut_short_leaves_nothing_half_done(empty: Engine, empty_app: Flask) -> None:
    def cut(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if "CREATE TABLE loans" in statement:
            raise PowerCut

    with empty_app.app_context():
        engine = empty_app.extensions["migrate"].db.engine
    event.listen(engine, "before_cursor_execute", cut)
    with pytest.raises(PowerCut):
        upgrade_database(empty_app)
    event.remove(engine, "before_cursor_execute", cut)
    assert tables_of(empty) <= BOOK_KEEPING
    upgrade_database(empty_app)
    assert tables_of(empty) - BOOK_KEEPING == set(Base.metadata.tables)
