"""A school and a supplier, with programs that act for their people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.lended.web.programs.office import Office
from tests.makers import Makers


@pytest.fixture
def office(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Office:
    """Return a school and a supplier with one kit, and their programs."""
    return Office(app, made, signed_in)
