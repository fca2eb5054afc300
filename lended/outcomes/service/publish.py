"""Letting everyone read an outcome as a story, or no longer."""

from __future__ import annotations

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.outcomes import policy, queries
from lended.outcomes.events import StoryPublished
from lended.outcomes.models import Outcome
from lended.outcomes.rules.reports import demand_description
from lended.work import Work

NOTHING_TO_TELL = "Say what happened first; then it can be shared as a story."


def publish_story(work: Work, actor: Actor, loan_id: int, school_described_as: str) -> None:
    """Let everyone read the outcome of a trial, or change how its school is described.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's trial.
    Conflict
        When no outcome has been given.
    Invalid
        When the school is not described.
    """
    outcome = _own(work, actor, loan_id)
    demand_description(school_described_as)
    outcome.school_described_as = school_described_as
    if outcome.published_at is None:
        outcome.published_at = clock.now()
        assert actor.person_id is not None
        work.record(StoryPublished(outcome.id, loan_id, actor.person_id, outcome.published_at))
    work.session.flush()


def withdraw_story(work: Work, actor: Actor, loan_id: int) -> None:
    """Take a story back; the outcome stays in the school.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's trial.
    Conflict
        When no outcome has been given.
    """
    _own(work, actor, loan_id).published_at = None
    work.session.flush()


def _own(work: Work, actor: Actor, loan_id: int) -> Outcome:
    findings = queries.findings(work.session, actor, loan_id)
    policy.demand_teller(actor, findings.loan)
    if findings.outcome is None:
        raise Conflict(NOTHING_TO_TELL)
    return findings.outcome
