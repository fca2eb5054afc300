"""A shared index on a fresh PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from lended.db import engine_options, prepare_engine
from tests.lended.needs.postgresql.shared import Shared


@pytest.fixture
def shared(postgresql_url: str) -> Iterator[Shared]:
    """Return a shared index that nobody has filled yet."""
    engine = prepare_engine(create_engine(postgresql_url, **engine_options(postgresql_url)))
    yield Shared(engine)
    engine.dispose()
