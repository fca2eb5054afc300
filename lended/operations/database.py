"""The database's shape: bringing it up to what this LendED needs, and back, and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Engine, text

from config import ROOT
from lended.db import Base
from lended.work import open_work

ROWS_LOOKED_AT = 1000
FEW = 100
"""Rows for which no plan can be wrong."""


def upgrade_database(app: Flask, revision: str = "head") -> None:
    """Run the migrations that are missing; safe to repeat."""
    with app.app_context():
        upgrade(revision=revision)


def downgrade_database(app: Flask, revision: str = "-1") -> None:
    """Undo migrations, by default the last."""
    with app.app_context():
        downgrade(revision=revision)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Let rows be written that the guard of lending would refuse, until the end of the block.

    For putting back what was there: a kit that is late breaks promises, and that is the truth.
    The guard is back before the transaction ends, or the transaction never was.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE loan_lines DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE loan_lines ENABLE TRIGGER USER"))
        return
    kept = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
        {"table": "loan_lines"},
    ).all()
    for trigger in kept:
        connection.execute(text(f'DROP TRIGGER "{trigger.name}"'))
    yield
    for trigger in kept:
        connection.exec_driver_sql(trigger.sql)


def guards(connection: Connection) -> frozenset[str]:
    """Return the names of the triggers that watch over loan lines and are awake."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'loan_lines'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = 'loan_lines'::regclass "
        "AND NOT tgisinternal AND tgenabled <> 'D'"
    )
    return frozenset(connection.scalars(text(query)))


def refresh_statistics(engine: Engine) -> int:
    """Let SQLite look again at how full its tables are where one has doubled; return how often.

    Without it SQLite guesses, and reads 20,000 products by their state to find ten by their
    number. PostgreSQL does this by itself.
    """
    if engine.dialect.name != "sqlite":
        return 0
    with engine.connect() as connection:
        known = _rows_known(connection)
        if not any(_rows(connection, name) > 2 * known.get(name, 0) + FEW for name in _counted()):
            return 0
    with open_work(engine) as work:
        work.session.execute(text(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}"))
        work.session.execute(text("ANALYZE"))
    return 1


def _rows_known(connection: Connection) -> dict[str, int]:
    """Return how many rows SQLite believes each table to have."""
    if not connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")):
        return {}
    rows = connection.execute(text("SELECT tbl, stat FROM sqlite_stat1"))
    return {name: int(stat.split()[0]) for name, stat in rows}


def _rows(connection: Connection, name: str) -> int:
    """Return about how many rows a table has, without counting them."""
    return connection.scalar(text(f'SELECT max(rowid) FROM "{name}"')) or 0  # noqa: S608 - our own names


def _counted() -> Iterable[str]:
    return Base.metadata.tables


@cache
def newest_revision() -> str:
    """Return the revision a database should be at."""
    return str(_scripts().get_current_head())


def known_revisions() -> frozenset[str]:
    """Return every revision this LendED knows."""
    return frozenset(str(script.revision) for script in _scripts().walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def differences(connection: Connection) -> list[str]:
    """Return a line for each way in which a database differs from the models."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [_in_words(difference) for difference in compare_metadata(context, Base.metadata)]


def _in_words(difference: Any) -> str:
    steps = difference if isinstance(difference, list) else [difference]
    return "; ".join(" ".join(str(part) for part in step) for step in steps)


@cache
def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)
