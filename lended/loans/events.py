"""What happens to loans, for whoever wants to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lended.loans.rules import State


@dataclass(frozen=True, slots=True)
class LoanMoved:
    """A loan changed its state.

    Parameters
    ----------
    move
        The move's name in ``lended.loans.rules.MOVES``.
    person_id
        Who made the move; None for the clock.
    words
        What that person said about it; empty where nothing was asked.
    """

    loan_id: int
    move: str
    from_state: State
    to_state: State
    at: datetime
    person_id: int | None
    words: str


@dataclass(frozen=True, slots=True)
class CapacityFreed:
    """More of a product may be free than before: those who wait for it are looked at.

    Whatever frees stock says so, by whatever route.

    Parameters
    ----------
    let_go_by
        The loan that held it until now, which is not offered the same again at once; None where
        there is none.
    """

    product_id: int
    let_go_by: int | None = None
