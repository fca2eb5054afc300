"""Saying what happened."""

from __future__ import annotations

from sqlalchemy import delete, select

from lended import clock
from lended.access import Actor
from lended.accounts import service as accounts
from lended.errors import Conflict
from lended.loans import service as loans
from lended.loans.models import Loan
from lended.outcomes import policy, queries
from lended.outcomes.events import OutcomeGiven
from lended.outcomes.models import Outcome, OutcomeReason
from lended.outcomes.queries import Findings
from lended.outcomes.rules.reports import OutcomeWish, demand_complete
from lended.work import Work

FORM = "outcome"
NOT_TRIED = "There is nothing to tell yet: the trial has not begun."
TOO_SOON = "The outcome can be given from the third day of the trial."
TOO_LATE = "The outcome could be given until 60 days after the trial, and that time is over."


def give_outcome(work: Work, actor: Actor, loan_id: int, wish: OutcomeWish) -> int:
    """Keep what the teacher of a trial says happened, in place of what was said before.

    Returns
    -------
    int
        The outcome's id.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's trial.
    Conflict
        When it is too soon or too late.
    Invalid
        When the outcome does not hold together.
    """
    _one_at_a_time(work, loan_id)
    findings = queries.findings(work.session, actor, loan_id)
    policy.demand_teller(actor, findings.loan)
    demand_open(findings)
    demand_complete(wish)
    moment, changed = clock.now(), findings.outcome is not None
    outcome = findings.outcome or Outcome(
        loan_id=loan_id, person_id=actor.person_id, given_at=moment
    )
    outcome.changed_at = moment
    _write(work, outcome, wish)
    if not changed:
        loans.give_outcome(work, actor, loan_id)
    accounts.drop_unfinished(work, actor, FORM, str(loan_id))
    work.record(OutcomeGiven(outcome.id, loan_id, outcome.person_id, wish.verdict, moment, changed))
    return outcome.id


def demand_open(findings: Findings) -> None:
    """Go on only while the outcome of a trial may be given or changed.

    Raises
    ------
    Conflict
        Otherwise, saying why.
    """
    if findings.trial is None:
        raise Conflict(NOT_TRIED)
    if not findings.trial.is_open(clock.today()):
        raise Conflict(TOO_SOON if clock.today() < findings.trial.opens_on else TOO_LATE)


def _one_at_a_time(work: Work, loan_id: int) -> None:
    """Keep a second outcome of the same trial waiting, so that it changes the first."""
    work.session.execute(select(Loan.id).where(Loan.id == loan_id).with_for_update())


def _write(work: Work, outcome: Outcome, wish: OutcomeWish) -> None:
    assert wish.weeks is not None
    outcome.verdict = wish.verdict
    outcome.design = wish.design
    outcome.pupils = wish.pupils
    outcome.teachers = wish.teachers
    outcome.teachers_again = wish.teachers_again
    outcome.weeks = wish.weeks
    outcome.baseline_value = wish.baseline_value
    outcome.result_value = wish.result_value
    outcome.unit = wish.unit
    outcome.what_happened = wish.what_happened
    outcome.would_use_again = wish.would_use_again
    work.session.add(outcome)
    work.session.flush()
    work.session.execute(delete(OutcomeReason).where(OutcomeReason.outcome_id == outcome.id))
    work.session.add_all(
        OutcomeReason(
            outcome_id=outcome.id,
            code=reason.code,
            weight=reason.weight,
            hands=reason.hands,
            would_have_worked=reason.would_have_worked,
        )
        for reason in wish.reasons
        if reason.is_begun
    )
    work.session.flush()
