"""A scene on each engine, with a kit or with seats."""

from __future__ import annotations

import pytest

from tests.lended.loans.scene import Scene, Transaction
from tests.makers import Makers


@pytest.fixture
def scene(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with one kit."""
    return Scene(make, transaction)


@pytest.fixture
def seats(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with thirty seats."""
    return Scene(make, transaction, kind="digital", capacity=30, contents=[])
