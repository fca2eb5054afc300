"""A school would like to know what a product costs: only ever asked on purpose."""

from __future__ import annotations

from sqlalchemy import select

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans.models import Enquiry
from lended.loans.service.change import change, loan_to_move
from lended.work import Work

NOTHING_ASKED = "Nobody has asked what this costs, or it was answered already."


def ask_price(
    work: Work, actor: Actor, loan_id: int, words: str, *, keep_our_data: bool = False
) -> None:
    """Ask the supplier what it would cost to keep a product.

    Parameters
    ----------
    keep_our_data
        Whether what was saved in the trial is to be kept for that; a choice of its own.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's loan, or was never at the school.
    Invalid
        When there are no words.
    """
    loan = loan_to_move(work, actor, loan_id, "ask_price")
    after = {"keep_our_data": keep_our_data}
    change(work, actor, loan, "ask_price", words=words, after=after)
    work.session.add(
        Enquiry(
            loan_id=loan.id,
            person_id=actor.person_id,
            at=clock.now(),
            words=words,
            keep_our_data=keep_our_data,
        )
    )
    work.session.flush()


def answer_price(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Answer what a product costs, in words.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Conflict
        When nobody has asked, or all is answered.
    Invalid
        When there are no words.
    """
    loan = loan_to_move(work, actor, loan_id, "answer_price")
    asked = work.session.scalar(
        select(Enquiry)
        .where(Enquiry.loan_id == loan.id, Enquiry.answered_at.is_(None))
        .order_by(Enquiry.id)
        .limit(1)
    )
    if asked is None:
        raise Conflict(NOTHING_ASKED)
    change(work, actor, loan, "answer_price", words=words)
    asked.answered_at = clock.now()
    asked.answered_by_id = actor.person_id
    asked.answer_words = words
    work.session.flush()
