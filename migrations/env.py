"""Run the migrations on the application's own database."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from lended.db import WRITES, Base, Codes, Moment
from lended.features import FEATURES

PLAIN_TYPES = {Moment: "sa.DateTime(timezone=True)", Codes: "sa.JSON()"}


def load_tables() -> None:
    """Load every feature's tables, also of features that nothing else has loaded them for."""
    for feature in FEATURES:
        name = f"lended.{feature.name}.models"
        if importlib.util.find_spec(name):
            importlib.import_module(name)


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our own column types as the plain types they stand for."""
    return PLAIN_TYPES.get(type(item), False) if kind == "type" else False


@contextmanager
def tables_made_anew(connection: Connection) -> Iterator[None]:
    """Let SQLite put a new table in an old one's place without emptying those that point to it.

    It checks what points where only at the end, by `demand_whole`; the setting cannot be changed
    inside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def demand_whole(connection: Connection) -> None:
    """Undo everything rather than leave a row that points nowhere."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"Rows point nowhere after the migration: {broken[:3]}")


def run() -> None:
    """Run on a live connection, one transaction for all steps."""
    load_tables()
    engine = current_app.extensions["migrate"].db.engine
    with (
        engine.connect().execution_options(**{WRITES: True}) as connection,
        tables_made_anew(connection),
    ):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            demand_whole(connection)


run()
