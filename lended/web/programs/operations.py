"""Addresses for programs: how each is declared, so that the description can tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint

from lended.web import bearer
from lended.web.forms import Form
from lended.web.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "lended_operation"
PREFIX = "/api/v1"
RATE = "300 per minute"
"""Of one token, or of everybody without one at one network address."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What an address takes and answers.

    Parameters
    ----------
    answer
        The dataclass it answers.
    query, body
        The forms that judge what is sent with the address, or as JSON.
    summary
        One line; empty for the first of the view's docstring.
    """

    answer: type
    query: type[Form] | None = None
    body: type[Form] | None = None
    status: int = 200
    summary: str = ""


def addresses(name: str) -> Blueprint:
    """Return a blueprint for addresses below ``/api/v1``, throttled for each token."""
    blueprint = Blueprint(name, name, url_prefix=PREFIX)
    limiter.limit(RATE, key_func=bearer.asker)(blueprint)
    return blueprint


def operation(described: Operation) -> Callable[[View], View]:
    """Declare what an address takes and answers; goes beside its audience."""

    def declare(view: View) -> View:
        setattr(view, ATTRIBUTE, described)
        return view

    return declare


def of(view: Callable[..., Any]) -> Operation | None:
    """Return what a view declares."""
    found: Operation | None = getattr(view, ATTRIBUTE, None)
    return found
