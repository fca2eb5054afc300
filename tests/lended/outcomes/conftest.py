"""A school on each engine, and a function that does one thing in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from lended.work import Work
from tests.lended.outcomes.scene import Do, School
from tests.makers import Makers


@pytest.fixture
def school(make: Makers) -> School:
    """Return a school with a teacher and a lead."""
    return School(make)


@pytest.fixture
def do(transaction: Callable[[], AbstractContextManager[Work]]) -> Do:
    """Return a function that calls a service and commits."""

    def call(act: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        with transaction() as work:
            return act(work, *arguments, **more)

    return call
