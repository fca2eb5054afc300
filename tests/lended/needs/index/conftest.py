"""Many products, a folder, and a process that has started."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from lended import clock
from lended.catalogue.models import Product
from lended.catalogue.service import raise_revision
from matching import Matcher
from tests.conftest import Transaction
from tests.lended.needs.index.process import MANY, PATIENCE, Process
from tests.makers import Makers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where processes save their index."""
    return tmp_path / "index"


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the threads that fitted a matcher, as they come."""
    threads: list[str] = []
    real = Matcher.fit

    def fit(self: Any, documents: Any, y: None = None) -> Any:
        threads.append(threading.current_thread().name)
        return real(self, documents, y)

    monkeypatch.setattr(Matcher, "fit", fit)
    return threads


@pytest.fixture
def stocked(make: Makers, engine: Engine, transaction: Transaction) -> None:
    """List many products: `shelved-0` and so on."""
    supplier = make.supplier()
    with transaction() as work:
        for number in range(MANY):
            work.session.add(
                Product(
                    supplier_id=supplier.id,
                    slug=f"shelved-{number}",
                    name=f"Kit {number}",
                    description="Fractions by hand." if number % 2 else "Songs for a choir.",
                    state="published",
                    created_at=clock.now(),
                    updated_at=clock.now(),
                )
            )
        raise_revision(work)


@pytest.fixture
def process(stocked: None, engine: Engine, folder: Path) -> Iterator[Process]:
    """Return a process that has started."""
    process = Process(engine, folder)
    process.index()
    yield process
    if process.renewal._aside is not None:
        process.renewal._aside.join(PATIENCE)
