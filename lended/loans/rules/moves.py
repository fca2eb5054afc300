"""The moves of a loan, as one table.

Every change of state is a row here; ``lended.loans.service`` looks it up and nothing else decides.
Numbers are those of the lending design, so that a row can be found from either side. To build a
further move, add its row here, its right to ``policy.py`` and its function to ``service/``.
"""

from __future__ import annotations

from dataclasses import dataclass

from lended.errors import Conflict
from lended.loans.rules.states import State

S = State
MOVED_ON = "This loan has moved on since you opened the page, so nothing was changed."


@dataclass(frozen=True, slots=True)
class Move:
    """One way from some states to another.

    Parameters
    ----------
    number
        The move's number in the lending design.
    words_wanted
        Whether whoever makes the move must give a reason in words.
    """

    number: int
    sources: frozenset[State]
    target: State
    words_wanted: bool = False


def _move(number: int, *sources: State, to: State, words_wanted: bool = False) -> Move:
    return Move(number, frozenset(sources), to, words_wanted)


MOVES: dict[str, Move] = {
    "submit_for_signoff": _move(1, S.DRAFT, to=S.SCHOOL_SIGNOFF),
    "submit": _move(1, S.DRAFT, to=S.REQUESTED),
    "sign_off": _move(3, S.SCHOOL_SIGNOFF, to=S.REQUESTED),
    "refuse_signoff": _move(3, S.SCHOOL_SIGNOFF, to=S.CANCELLED, words_wanted=True),
    "approve": _move(4, S.REQUESTED, to=S.APPROVED),
    "propose_dates": _move(4, S.REQUESTED, to=S.OFFERED, words_wanted=True),
    "decline": _move(5, S.REQUESTED, to=S.DECLINED, words_wanted=True),
    "accept_dates": _move(8, S.OFFERED, to=S.APPROVED),
    "complete_paperwork": _move(10, S.APPROVED, to=S.PREPARING),
    "dispatch": _move(11, S.PREPARING, to=S.DISPATCHED),
    "issue": _move(12, S.PREPARING, to=S.ISSUED),
    "confirm_receipt": _move(13, S.DISPATCHED, to=S.ACTIVE),
    "start": _move(15, S.ISSUED, to=S.ACTIVE),
    "cancel": _move(
        17,
        S.DRAFT,
        S.SCHOOL_SIGNOFF,
        S.REQUESTED,
        S.WAITLISTED,
        S.OFFERED,
        S.APPROVED,
        S.PREPARING,
        to=S.CANCELLED,
    ),
    "book_return": _move(22, S.ACTIVE, S.OVERDUE, to=S.RETURNING),
    "take_back": _move(23, S.RETURNING, to=S.INSPECTION),
    "pass_inspection": _move(24, S.INSPECTION, to=S.CLOSED),
    "end_access_early": _move(27, S.ACTIVE, to=S.ACCESS_ENDED),
    "end_access": _move(28, S.ACTIVE, to=S.ACCESS_ENDED),
    "confirm_deletion": _move(29, S.ACCESS_ENDED, to=S.CLOSED),
}


def next_state(name: str, state: State) -> State:
    """Return where a move leads from a state.

    Raises
    ------
    KeyError
        When there is no such move.
    Conflict
        When the loan is not, or no longer, in a state the move starts from.
    """
    move = MOVES[name]
    if state not in move.sources:
        raise Conflict(MOVED_ON)
    return move.target
