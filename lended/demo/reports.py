"""The demo's outcomes: verdicts, reasons, stories and decisions, each at its moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from lended import clock
from lended.demo.cast import Cast
from lended.demo.content import Entry
from lended.demo.moments import Step
from lended.demo.trials import Trial
from lended.outcomes import service as outcomes
from lended.outcomes.rules.reports import OutcomeWish, ReasonWish
from lended.work import Work

DAYS_UNTIL_TOLD = 2
HOURS_UNTIL_SHARED = 1
DAYS_UNTIL_DECIDED = 6


def report_steps(work: Work, cast: Cast, trial: Trial, entry: Entry) -> list[Step]:
    """Return the steps that tell how a trial ended, share it and decide about it."""
    told_at = _not_ahead(
        datetime.combine(
            trial.left_on + timedelta(days=DAYS_UNTIL_TOLD), time(16, 5), tzinfo=clock.LONDON
        )
    )
    steps = [Step(told_at, lambda: _tell(work, trial, entry))]
    if entry["story"]["published"]:
        shared_at = _not_ahead(told_at + timedelta(hours=HOURS_UNTIL_SHARED))
        steps.append(Step(shared_at, lambda: _share(work, trial, entry)))
    if _is_led_by_the_decider(cast, trial, entry):
        decided_at = _not_ahead(told_at + timedelta(days=DAYS_UNTIL_DECIDED))
        steps.append(Step(decided_at, lambda: _decide(work, cast, trial, entry)))
    return steps


def _tell(work: Work, trial: Trial, entry: Entry) -> None:
    wish = OutcomeWish(
        verdict=entry["verdict"],
        design=entry["design"],
        weeks=entry["weeks"],
        what_happened=entry["what_happened"],
        pupils=entry["pupils"],
        teachers=entry["teachers"],
        would_use_again=entry["would_use_again"],
        baseline_value=entry["baseline_value"],
        result_value=entry["result_value"],
        unit=entry["unit"] or "",
        reasons=tuple(
            ReasonWish(
                reason["code"], reason["weight"], reason["hands"], reason["would_have_worked"]
            )
            for reason in entry["reasons"]
        ),
    )
    outcomes.give_outcome(work, trial.teacher, trial.loan_id, wish)


def _share(work: Work, trial: Trial, entry: Entry) -> None:
    described = entry["story"]["school_described_as"]
    outcomes.publish_story(work, trial.teacher, trial.loan_id, described)


def _decide(work: Work, cast: Cast, trial: Trial, entry: Entry) -> None:
    decision = entry["school_decision"]
    actor = cast.actor(decision["by_email"])
    outcomes.decide(work, actor, trial.loan_id, decision["code"], decision["words"])


def _is_led_by_the_decider(cast: Cast, trial: Trial, entry: Entry) -> bool:
    """Tell whether the decision is one that the school's own lead took."""
    decision = entry["school_decision"]
    return bool(decision) and (
        cast.actor(decision["by_email"]).organisation_id == trial.teacher.organisation_id
    )


def _not_ahead(moment: datetime) -> datetime:
    return min(moment, clock.now() - timedelta(minutes=1))
