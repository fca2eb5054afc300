"""With the school: it arrives, access is shown, the trial begins, or it is all called off."""

from __future__ import annotations

from collections.abc import Sequence

from lended import vocabularies
from lended.access import Actor
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import policy, queries
from lended.loans.policy import Party
from lended.loans.rules.papers import Item, demand_items
from lended.loans.service.change import SAY_WHY, change, loan_to_move, note
from lended.loans.service.contents import keep_check
from lended.loans.service.endings import WITH_ACCESS
from lended.loans.service.kits import keep_history, kits_of
from lended.work import Work


def confirm_receipt(
    work: Work, actor: Actor, loan_id: int, items: Sequence[Item], words: str = ""
) -> None:
    """Say that a kit has arrived, and what was in it.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it was not sent to the actor, or receipt was confirmed before.
    Invalid
        When an item has no condition.
    """
    loan = loan_to_move(work, actor, loan_id, "confirm_receipt")
    demand_items(items)
    change(work, actor, loan, "confirm_receipt", words=words)
    keep_check(work, actor, loan, "receipt", items, words=words)
    keep_history(work, actor, kits_of(loan), "receipt", words=words, loan_id=loan.id)


def start(work: Work, actor: Actor, loan_id: int) -> None:
    """Say that the trial of something digital has begun.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's trial, or it has begun before.
    """
    loan = loan_to_move(work, actor, loan_id, "start")
    change(work, actor, loan, "start")


def show_access(work: Work, actor: Actor, loan_id: int) -> str:
    """Return the words that give access, and keep that they were shown and to whom.

    Raises
    ------
    NotFound
        When the loan does not exist for the actor, or there is nothing to show.
    NotAllowed
        When the actor is neither the teacher nor the responsible person.
    Conflict
        When the access is over.
    """
    loan = queries.loan(work.session, actor, loan_id)
    if policy.parties(actor, loan).isdisjoint({Party.TEACHER, Party.RESPONSIBLE}):
        raise NotAllowed("Access is shown to the teacher and the responsible person only.")
    if not loan.access_words:
        raise NotFound
    if loan.state not in WITH_ACCESS:
        raise Conflict("Access to this has ended.")
    note(work, actor, loan, "access_shown", {})
    return loan.access_words


def give_outcome(work: Work, actor: Actor, loan_id: int) -> None:
    """Keep in a loan's history that its teacher has said what happened.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's trial, or it never began.
    """
    loan = loan_to_move(work, actor, loan_id, "give_outcome")
    change(work, actor, loan, "give_outcome")


def cancel(work: Work, actor: Actor, loan_id: int, reason: str = "", words: str = "") -> None:
    """Call a loan off before anything is sent; a supplier, and staff, have to say why.

    Parameters
    ----------
    reason
        A code of ``cancel_reason``; may be empty for the school.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to cancel, or something was sent already.
    Invalid
        When a supplier or staff give no reason, or the reason is not in the list.
    """
    loan = loan_to_move(work, actor, loan_id, "cancel")
    parties = policy.parties(actor, loan)
    wanted = not parties.isdisjoint({Party.SUPPLIER, Party.STAFF})
    problems = {}
    if (wanted or reason) and reason not in vocabularies.codes("cancel_reason"):
        problems["reason"] = "Choose a reason."
    if wanted and not words.strip():
        problems["words"] = SAY_WHY
    if problems:
        raise Invalid(problems=problems)
    after = {"by": Party.STAFF} if Party.STAFF in parties else None
    change(work, actor, loan, "cancel", reason=reason, words=words, after=after)
