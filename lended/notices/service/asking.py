"""Asking teachers what happened in their trials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from lended.accounts.queries import Recipient
from lended.loans.models import Loan
from lended.notices import queries
from lended.notices.rules import TEACHER, Condition, CountsFrom, Reminder
from lended.notices.rules.reminders import TRIED
from lended.notices.service.reminding import OpenWork
from lended.notices.service.telling import remind_each
from lended.outcomes import queries as outcomes
from lended.outcomes.queries import DueTrial
from lended.outcomes.rules.windows import Trial, occasion
from lended.work import Work

ASKED = CountsFrom.OUTCOME


def ask_for_outcomes(open_work: OpenWork, today: date) -> int:
    """Ask for each outcome that is due by a day and was not asked for on this occasion before.

    A trial is asked about two days before its end and three and fourteen days after. A missed day
    is caught up. Trials go in portions, each in a transaction of its own.

    Parameters
    ----------
    open_work
        Opens the transaction of a portion.

    Returns
    -------
    int
        For how many trials it was asked.
    """
    asked, last_id = 0, 0
    while True:
        with open_work() as work:
            portion = outcomes.due_trials(work.session, today, last_id)
            due = _not_asked_for(work, portion, today)
            remind_each(work, _questions(work, due))
        asked += len(due)
        if not portion:
            return asked
        last_id = portion[-1].loan_id


def _not_asked_for(work: Work, portion: list[DueTrial], today: date) -> list[tuple[DueTrial, str]]:
    given = queries.reminders_given(work.session, [due.loan_id for due in portion])
    return [
        (due, kind)
        for due in portion
        if (name := occasion(due.trial, today))
        and (due.loan_id, kind := f"outcome_{name}", ASKED.cycle(due.due_on)) not in given
    ]


def _questions(work: Work, due: list[tuple[DueTrial, str]]) -> Iterator[tuple[Recipient, Reminder]]:
    """Yield whom to ask, and what."""
    loans = queries.loans_with_sides(work.session, [trial.loan_id for trial, _ in due])
    for trial, kind in due:
        loan = loans[trial.loan_id]
        condition = Condition(loan.id, TRIED, ASKED.cycle(trial.due_on), fades=True)
        question = _question(kind, condition, loan, trial.trial)
        for person in queries.side(work.session, loan, TEACHER):
            yield person, question


def _question(kind: str, condition: Condition, loan: Loan, trial: Trial) -> Reminder:
    return Reminder(
        kind,
        condition,
        f"What happened with {loan.product.name}?",
        f"Your trial ends on {_day(trial.ends_on)}. Telling takes about ten minutes, and “it did "
        f"not help” is as good an answer as any. You can tell until {_day(trial.closes_on)}.",
        link=f"/loans/{loan.id}/outcome",
        action="Say what happened",
    )


def _day(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM", locale="en_GB"))
