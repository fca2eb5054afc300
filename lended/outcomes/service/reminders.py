"""Reminding teachers to say what happened."""

from __future__ import annotations

from datetime import date

from lended.outcomes import queries
from lended.outcomes.events import OutcomeDue
from lended.outcomes.rules.windows import occasion
from lended.work import Work


def remind(work: Work, today: date) -> int:
    """Record an `OutcomeDue` for each trial that ends in two days, or ended 3 or 14 days ago.

    A missed day is caught up. The same occasion is recorded again at every run while it lasts;
    a teacher hears of it once.

    Returns
    -------
    int
        For how many trials an outcome is due.
    """
    found = [
        OutcomeDue(due.loan_id, due.teacher_id, reminder, due.trial.ends_on, due.trial.closes_on)
        for due in queries.due_trials(work.session, today)
        if (reminder := occasion(due.trial, today))
    ]
    for event in found:
        work.record(event)
    return len(found)
