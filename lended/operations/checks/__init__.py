"""Invariants: sentences that are true of every LendED, each a small function that looks.

A check takes a session and yields a line for each thing that makes its sentence, the first line of
its docstring, untrue. To add one, write the function and put it into its module's ``CHECKS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.operations.checks import catalogue, loans, notices, outcomes, people, shape, stock

Check = Callable[[Session], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    *shape.CHECKS,
    *people.CHECKS,
    *catalogue.CHECKS,
    *loans.CHECKS,
    *stock.CHECKS,
    *outcomes.CHECKS,
    *notices.CHECKS,
)

__all__ = ["CHECKS", "Check", "Finding", "find_problems", "sentence_of"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that is not true, and what makes it so."""

    sentence: str
    detail: str


def find_problems(engine: Engine) -> list[Finding]:
    """Run every check, all on one moment of the database."""
    with Session(engine) as session:
        return [
            Finding(sentence_of(check), detail) for check in CHECKS for detail in check(session)
        ]


def sentence_of(check: Check) -> str:
    """Return what a check makes sure of."""
    return (check.__doc__ or check.__name__).partition("\n")[0]
