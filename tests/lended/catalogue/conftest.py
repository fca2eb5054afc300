"""The desk around listings, on each engine, and behind clients."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.lended.catalogue.desk import Desk, Transaction
from tests.lended.catalogue.site import Site
from tests.makers import Makers


@pytest.fixture
def desk(make: Makers, transaction: Transaction) -> Desk:
    """Return suppliers and staff on each engine in turn."""
    return Desk(make, transaction)


@pytest.fixture
def site(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return the desk behind a client."""
    return Site(app, made, signed_in)
