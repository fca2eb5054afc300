"""A school whose teacher has a trial to tell of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.lended.outcomes.scene import School
from tests.makers import Makers

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def school(made: Makers) -> School:
    return School(made)


@pytest.fixture
def teacher(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.teacher_person, school.organisation)


@pytest.fixture
def lead(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.lead_person, school.organisation)


@pytest.fixture(autouse=True)
def _no_forgery_check(app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
