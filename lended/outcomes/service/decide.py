"""The school's decision after a trial: another record than the teachers' verdict (rule T4)."""

from __future__ import annotations

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.outcomes import policy, queries
from lended.outcomes.events import DecisionRecorded
from lended.outcomes.models import Decision
from lended.outcomes.rules.reports import demand_decision
from lended.work import Work

NOT_TRIED = "There is nothing to decide yet: the trial has not begun."


def decide(work: Work, actor: Actor, loan_id: int, code: str, words: str = "") -> None:
    """Record what the school will do, in place of what was recorded before.

    Raises
    ------
    NotFound, NotAllowed
        When the actor leads another school or none, or gave the verdict and is not the only lead.
    Conflict
        When nothing has been tried.
    Invalid
        When the decision is not in the list, or its conditions are not said.
    """
    findings = queries.findings(work.session, actor, loan_id)
    others = queries.has_other_leads(work.session, findings.loan)
    policy.demand_decider(actor, findings.loan, other_leads=others)
    if findings.trial is None:
        raise Conflict(NOT_TRIED)
    demand_decision(code, words)
    assert actor.person_id is not None
    now = clock.now()
    work.session.merge(
        Decision(loan_id=loan_id, person_id=actor.person_id, code=code, words=words, decided_at=now)
    )
    work.session.flush()
    work.record(DecisionRecorded(loan_id, actor.person_id, code, now))
