"""A delivery that does not arrive: sent once more, or given up."""

from __future__ import annotations

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans.models import Loan
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.give_back import unbind
from lended.loans.service.holding import lines_without_serials, open_ended
from lended.loans.service.kits import kits_of, set_aside
from lended.work import Work

ONCE_ONLY = "It was sent again once already. Say that it could not be delivered."
NOT_DELIVERED = "Could not be delivered; waiting to be back"


def send_again(work: Work, actor: Actor, loan_id: int, words: str, tracking: str = "") -> None:
    """Say that a parcel did not arrive and is sent once more; its days on the way begin anew.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to send.
    Conflict
        When nothing is on its way, or it was sent again before.
    Invalid
        When no words say what happened.
    """
    loan = loan_to_move(work, actor, loan_id, "send_again", with_history=True)
    if sent_again_before(loan):
        raise Conflict(ONCE_ONLY)
    after = {"tracking": tracking} if tracking else {}
    change(work, actor, loan, "send_again", words=words, after=after, changed_at=clock.now())


def sent_again_before(loan: Loan) -> bool:
    """Tell whether a loan's parcel was sent once more already."""
    return any(event.kind == "send_again" for event in loan.events)


def fail_delivery(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """End a loan whose parcel could not be delivered; nobody has it until it is back and ready.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to send, or nothing is on its way.
    Invalid
        When no words say what happened.
    """
    loan = loan_to_move(work, actor, loan_id, "fail_delivery")
    units, lines = kits_of(loan), lines_without_serials(loan)
    change(work, actor, loan, "fail_delivery", words=words, held=open_ended(loan, lines))
    unbind(work, loan)
    set_aside(work, actor, units, NOT_DELIVERED, loan.id)
