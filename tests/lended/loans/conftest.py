"""A scene on each engine, with a kit or with seats."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.lended.loans.scene import Scene, Transaction
from tests.lended.loans.site import Site
from tests.makers import Makers


@pytest.fixture
def make_scene(make: Makers, transaction: Transaction) -> Callable[..., Scene]:
    """Return what makes a school and a supplier with stock of any kind."""
    return lambda **pool: Scene(make, transaction, **pool)


@pytest.fixture
def scene(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with one kit."""
    return Scene(make, transaction)


@pytest.fixture
def seats(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with thirty seats."""
    return Scene(make, transaction, kind="digital", capacity=30, contents=[])


@pytest.fixture
def site(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return a school and a supplier with one kit, signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    return Site(app, made, signed_in)


@pytest.fixture
def access(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return a school and a supplier with thirty seats, signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    return Site(app, made, signed_in, kind="digital", capacity=30, contents=[])
