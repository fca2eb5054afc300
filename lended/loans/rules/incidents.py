"""What is left to settle when something came back amiss, or not at all.

The school agrees or disputes within five working days. What it agreed to, or left unanswered until
then, the supplier settles in words; what it disputes is settled by the staff of LendED, who hear
both sides. Money is no business of LendED.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lended.errors import Conflict

OPEN, AGREED, DISPUTED, SETTLED = "open", "agreed", "disputed", "settled"
SCHOOL, SUPPLIER, STAFF = "school", "supplier", "staff"

KINDS: dict[str, str] = {
    "missing": "Something is missing",
    "damaged": "Something is damaged",
    "unsafe": "Something is not safe, for example a swollen battery",
    "lost": "It was lost",
}
FOUND_IN_A_CHECK = tuple(kind for kind in KINDS if kind != "lost")
STATES: dict[str, str] = {
    OPEN: "Not answered yet",
    AGREED: "The school agrees",
    DISPUTED: "The school sees it differently",
    SETTLED: "Settled",
}
SAY = "say"
STANCES: dict[str, str] = {
    SAY: "I only want to say something",
    AGREED: "We agree with this",
    DISPUTED: "We see it differently",
    SETTLED: "This settles it",
}
MOST_PHOTOS = 6
OVER = "The five working days for an answer are over. Write to the supplier if more is to be said."


@dataclass(frozen=True, slots=True)
class SayWish:
    """What one side says about an incident.

    Parameters
    ----------
    stance
        A code of `STANCES`.
    photo_names
        Of files that are kept already.
    """

    stance: str
    words: str
    photo_names: Sequence[str] = ()


def stances(side: str, state: str, *, in_time: bool) -> tuple[str, ...]:
    """Return what a side may say now about an incident; nothing when it is not its turn.

    Parameters
    ----------
    in_time
        Whether the school's days to answer are still running.
    """
    if state == SETTLED:
        return ()
    if side == STAFF:
        return (SAY, SETTLED) if state == DISPUTED else ()
    if side == SUPPLIER:
        answered = state == AGREED or (state == OPEN and not in_time)
        return (SAY, SETTLED) if answered else (SAY,)
    if state == DISPUTED:
        return (SAY, AGREED)
    if not in_time:
        return ()
    return (SAY, AGREED, DISPUTED) if state == OPEN else (SAY, DISPUTED)


def demand_stance(side: str, state: str, stance: str, *, in_time: bool) -> None:
    """Go on only when a side may say this now.

    Raises
    ------
    Conflict
        Otherwise.
    """
    if stance in stances(side, state, in_time=in_time):
        return
    if state == SETTLED:
        raise Conflict("This has been settled.")
    if side == SCHOOL and not in_time:
        raise Conflict(OVER)
    raise Conflict("It is not for you to say this now. Here is how it stands.")


def state_after(state: str, stance: str) -> str:
    """Return how an incident stands after somebody spoke."""
    return state if stance == SAY else stance
