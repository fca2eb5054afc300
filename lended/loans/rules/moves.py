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
    """One way from some states to another, or something that happens without leaving a state.

    Parameters
    ----------
    number
        The move's number in the lending design.
    target
        None where the loan stays as it is.
    words_wanted
        Whether whoever makes the move must give a reason in words.
    """

    number: int
    sources: frozenset[State]
    target: State | None
    words_wanted: bool = False


def _move(
    number: int, *sources: State, to: State | None = None, words_wanted: bool = False
) -> Move:
    return Move(number, frozenset(sources), to, words_wanted)


WITH_THE_SCHOOL = (S.ACTIVE, S.OVERDUE, S.RETURNING, S.INSPECTION, S.ACCESS_ENDED, S.CLOSED)
"""States in which a school knows the product, or did."""

TO_BE_DELETED = (S.ACCESS_ENDED, S.LOST)
"""States in which data may still wait to be deleted; a loan that is closed has its certificate."""

MOVES: dict[str, Move] = {
    "submit_for_signoff": _move(1, S.DRAFT, to=S.SCHOOL_SIGNOFF),
    "submit": _move(1, S.DRAFT, to=S.REQUESTED),
    "join_queue": _move(2, S.DRAFT, to=S.WAITLISTED),
    "sign_off": _move(3, S.SCHOOL_SIGNOFF, to=S.REQUESTED),
    "refuse_signoff": _move(3, S.SCHOOL_SIGNOFF, to=S.CANCELLED, words_wanted=True),
    "approve": _move(4, S.REQUESTED, to=S.APPROVED),
    "propose_dates": _move(4, S.REQUESTED, to=S.OFFERED, words_wanted=True),
    "decline": _move(5, S.REQUESTED, to=S.DECLINED, words_wanted=True),
    "expire": _move(6, S.SCHOOL_SIGNOFF, S.REQUESTED, to=S.EXPIRED),
    "offer_place": _move(7, S.WAITLISTED, to=S.OFFERED),
    "accept_dates": _move(8, S.OFFERED, to=S.APPROVED),
    "take_place": _move(8, S.OFFERED, to=S.REQUESTED),
    "take_place_for_signoff": _move(8, S.OFFERED, to=S.SCHOOL_SIGNOFF),
    "step_back": _move(9, S.OFFERED, to=S.WAITLISTED),
    "let_lapse": _move(9, S.OFFERED, to=S.EXPIRED),
    "window_past": _move(9, S.WAITLISTED, to=S.EXPIRED),
    "complete_paperwork": _move(10, S.APPROVED, to=S.PREPARING),
    "dispatch": _move(11, S.PREPARING, to=S.DISPATCHED),
    "issue": _move(12, S.PREPARING, to=S.ISSUED),
    "confirm_receipt": _move(13, S.DISPATCHED, to=S.ACTIVE),
    "send_again": _move(14, S.DISPATCHED, words_wanted=True),
    "fail_delivery": _move(14, S.DISPATCHED, to=S.FAILED_DELIVERY, words_wanted=True),
    "start": _move(15, S.ISSUED, to=S.ACTIVE),
    "miss": _move(16, S.ISSUED, S.APPROVED, S.PREPARING, to=S.NO_SHOW),
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
    "ask_extension": _move(18, S.ACTIVE, S.OVERDUE, words_wanted=True),
    "extend": _move(19, S.ACTIVE, S.OVERDUE, to=S.ACTIVE),
    "decline_extension": _move(20, S.ACTIVE, S.OVERDUE, words_wanted=True),
    "become_overdue": _move(21, S.ACTIVE, to=S.OVERDUE),
    "book_return": _move(22, S.ACTIVE, S.OVERDUE, to=S.RETURNING),
    "take_back": _move(23, S.RETURNING, to=S.INSPECTION),
    "take_back_part": _move(23, S.RETURNING),
    "pass_inspection": _move(24, S.INSPECTION, to=S.CLOSED),
    "pass_inspection_for_deletion": _move(24, S.INSPECTION, to=S.ACCESS_ENDED),
    "close_with_incident": _move(25, S.INSPECTION, to=S.CLOSED, words_wanted=True),
    "find_incident_for_deletion": _move(25, S.INSPECTION, to=S.ACCESS_ENDED, words_wanted=True),
    "report_lost": _move(26, S.ACTIVE, S.OVERDUE, to=S.LOST, words_wanted=True),
    "end_access_early": _move(27, S.ACTIVE, to=S.ACCESS_ENDED),
    "end_access": _move(28, S.ACTIVE, to=S.ACCESS_ENDED),
    "confirm_deletion": _move(29, S.ACCESS_ENDED, to=S.CLOSED),
    "confirm_deletion_after_loss": _move(29, S.LOST),
    "mark_deletion_late": _move(30, *TO_BE_DELETED),
    "ask_price": _move(31, *WITH_THE_SCHOOL, words_wanted=True),
    "answer_price": _move(31, *WITH_THE_SCHOOL, words_wanted=True),
    "give_outcome": _move(32, *WITH_THE_SCHOOL, S.LOST),
}


def next_state(name: str, state: State) -> State:
    """Return where a move leads from a state; the state itself where it leads nowhere.

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
    return move.target or state
