"""Whether what LendED depends on is there; asked outside the pool that could be exhausted."""

from __future__ import annotations

import tempfile

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT, Settings
from lended.db import engine_options, prepare_engine

POOL_OPTIONS = frozenset({"pool_size", "max_overflow", "pool_timeout", "pool_pre_ping"})


def problems(settings: Settings) -> list[str]:
    """Return a sentence for each thing that is missing; none when all is well."""
    return [words for words in (_database(settings), _folder(settings)) if words]


def newest_revision() -> str:
    """Return the revision the database should be at."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return str(ScriptDirectory.from_config(config).get_current_head())


def revision_of(settings: Settings) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    kept = engine_options(settings.database_url).items()
    options = {name: value for name, value in kept if name not in POOL_OPTIONS}
    engine = prepare_engine(create_engine(settings.database_url, poolclass=NullPool, **options))
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _database(settings: Settings) -> str:
    try:
        revision = revision_of(settings)
    except (SQLAlchemyError, OSError):
        return "The database does not answer."
    if revision != newest_revision():
        return "The database is not up to date; run the upgrade command."
    return ""


def _folder(settings: Settings) -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.data_folder):
            return ""
    except OSError:
        return "The data folder cannot be written to."
