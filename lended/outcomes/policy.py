"""Who may do what with outcomes.

The verdict belongs to the teacher of the trial, the decision to a lead of the school (rule T4).
"""

from __future__ import annotations

from lended.access import Actor, Right, Role, demand
from lended.errors import NotAllowed
from lended.loans.models import Loan

GIVE = Right(
    "outcome:give",
    frozenset({Role.TEACHER}),
    "The verdict belongs to the teacher who tried it.",
)
DECIDE = Right(
    "outcome:decide", frozenset({Role.SCHOOL_LEAD}), "A school lead records the school’s decision."
)
OTHER_LEAD = (
    "The verdict on this trial is yours, so that another lead of your school records the decision."
)


def may_give(actor: Actor, loan: Loan) -> bool:
    """Tell whether the outcome of a loan is the actor's to give, change and publish."""
    return actor.may(GIVE) and actor.person_id == loan.teacher_id


def demand_teller(actor: Actor, loan: Loan) -> None:
    """Go on only when the outcome of a loan is the actor's.

    Raises
    ------
    NotAllowed
        Otherwise.
    """
    demand(actor, GIVE)
    if not may_give(actor, loan):
        raise NotAllowed(GIVE.refusal)


def may_decide(actor: Actor, loan: Loan, *, other_leads: bool) -> bool:
    """Tell whether the decision is the actor's to record.

    Parameters
    ----------
    other_leads
        Whether the school has a lead who is not the teacher of the trial.
    """
    return actor.may(DECIDE) and (actor.person_id != loan.teacher_id or not other_leads)


def demand_decider(actor: Actor, loan: Loan, *, other_leads: bool) -> None:
    """Go on only when the decision is the actor's to record.

    Raises
    ------
    NotAllowed
        Otherwise.
    """
    demand(actor, DECIDE)
    if not may_decide(actor, loan, other_leads=other_leads):
        raise NotAllowed(OTHER_LEAD)
