"""Filling an empty database with the demo, in one transaction, as it happened day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from lended import clock
from lended.accounts import service as accounts
from lended.demo import cast as people
from lended.demo import content
from lended.demo.cast import Cast
from lended.demo.content import Entry
from lended.demo.moments import Step
from lended.demo.reports import report_steps
from lended.demo.trials import Trial
from lended.loans.service.ask import UNFINISHED
from lended.needs import service as needs
from lended.needs.rules import NeedWish
from lended.notices import service as notices
from lended.work import Work

FOUNDED_DAYS_AGO = 400
NOTICES_KEPT_UNREAD_DAYS = 10


def fill(work: Work) -> None:
    """Fill an empty database; the same every time, with dates relative to today."""
    with clock.at(clock.now() - timedelta(days=FOUNDED_DAYS_AGO)):
        cast = people.gather(work)
        people.stock_up(work, cast)
    people.arrive(work)
    kept = {entry["slug"]: _keep_need(work, cast, entry) for entry in content.read("needs")}
    _follow(work, _agenda(work, cast, kept))
    notices.settle_the_past(work, clock.now() - timedelta(days=NOTICES_KEPT_UNREAD_DAYS))


def _keep_need(work: Work, cast: Cast, entry: Entry) -> int:
    wish = NeedWish(
        text=entry["text"],
        stages=tuple(entry["stages"]),
        subjects=tuple(entry["subjects"]),
        codes=tuple(entry["codes"]),
    )
    with clock.at(clock.now() - timedelta(days=entry["made_days_ago"])):
        return needs.keep_need(work, cast.actor(entry["person"]), wish, unmet=entry["unmet"])


def _agenda(work: Work, cast: Cast, kept: Mapping[str, int]) -> list[Step]:
    told = {outcome["loan"]: outcome for outcome in content.read("outcomes")}
    steps: list[Step] = []
    for entry in content.read("loans"):
        outcome = told.get(entry["slug"])
        weeks = outcome["weeks"] if outcome else entry["weeks"]
        trial = Trial(work, cast, entry, kept[entry["need"]], weeks)
        steps += trial.steps()
        if entry["state"] == "draft":
            steps.append(_unfinished(work, trial, steps[-1]))
        if outcome:
            steps += report_steps(work, cast, trial, outcome)
    return sorted(steps, key=lambda step: step.moment)


def _unfinished(work: Work, trial: Trial, draft: Step) -> Step:
    typed = {"goal": [trial.entry["goal"]], "teaching_change": [trial.entry["teaching_change"]]}
    return Step(
        draft.moment + timedelta(minutes=5),
        lambda: accounts.keep_unfinished(
            work, trial.teacher, UNFINISHED, str(trial.loan_id), typed
        ),
    )


def _follow(work: Work, agenda: list[Step]) -> None:
    for step in agenda:
        with clock.at(step.moment):
            step.do()
            work.settle()
