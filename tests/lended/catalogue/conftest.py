"""The desk around listings, on each engine."""

from __future__ import annotations

import pytest

from tests.lended.catalogue.desk import Desk, Transaction
from tests.makers import Makers


@pytest.fixture
def desk(make: Makers, transaction: Transaction) -> Desk:
    """Return suppliers and staff on each engine in turn."""
    return Desk(make, transaction)
