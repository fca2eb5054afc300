"""Whether what LendED depends on is there; asked outside the pool that could be exhausted."""

from __future__ import annotations

import tempfile

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from lended.db import engine_options, prepare_engine
from lended.operations.database import newest_revision, revision_of

POOL_OPTIONS = frozenset({"pool_size", "max_overflow", "pool_timeout", "pool_pre_ping"})
SECONDS_TO_CONNECT = 3


def problems(settings: Settings) -> list[str]:
    """Return a sentence for each thing that is missing; none when all is well."""
    return [words for words in (_database(settings), _folder(settings)) if words]


def _database(settings: Settings) -> str:
    try:
        revision = _revision(settings)
    except (SQLAlchemyError, OSError):
        return "The database does not answer."
    if revision != newest_revision():
        return "The database is not up to date; run the upgrade command."
    return ""


def _revision(settings: Settings) -> str | None:
    kept = engine_options(settings.database_url).items()
    options = {name: value for name, value in kept if name not in POOL_OPTIONS}
    if settings.database_url.startswith("postgresql"):
        options["connect_args"] = {"connect_timeout": SECONDS_TO_CONNECT}
    engine = prepare_engine(create_engine(settings.database_url, poolclass=NullPool, **options))
    with engine.connect() as connection:
        return revision_of(connection)


def _folder(settings: Settings) -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.data_folder):
            return ""
    except OSError:
        return "The data folder cannot be written to."
