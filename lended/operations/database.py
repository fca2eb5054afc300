"""The database's shape: bringing it up to what this LendED needs, and back, and comparing."""

from __future__ import annotations

from functools import cache
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection

from config import ROOT
from lended.db import Base


def upgrade_database(app: Flask, revision: str = "head") -> None:
    """Run the migrations that are missing; safe to repeat."""
    with app.app_context():
        upgrade(revision=revision)


def downgrade_database(app: Flask, revision: str = "-1") -> None:
    """Undo migrations, by default the last."""
    with app.app_context():
        downgrade(revision=revision)


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
