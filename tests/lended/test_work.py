"""Writers take turns on SQLite, and go side by side on PostgreSQL."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from sqlalchemy import Engine

from lended import work
from lended.errors import Busy, NotFound
from lended.work import open_work


def test_who_waits_too_long_for_a_turn_hears_that_it_is_busy(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BUSY_SECONDS", 0.01)
    alone = engine.dialect.name == "sqlite"
    with open_work(engine), pytest.raises(Busy) if alone else nullcontext(), open_work(engine):
        pass
    with open_work(engine):
        pass


def test_a_turn_is_given_back_after_a_mistake_too(engine: Engine) -> None:
    with pytest.raises(NotFound), open_work(engine):
        raise NotFound
    with open_work(engine):
        pass
