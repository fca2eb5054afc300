"""What needs somebody now, in one list: loans, outcomes, forms left unfinished, people who ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import url_for

from lended import clock
from lended.access import Actor
from lended.accounts import queries as accounts
from lended.accounts.rules import RESUMABLE
from lended.loans.rules import State
from lended.loans.views.next_step import NextStep, next_step
from lended.outcomes import queries as outcomes
from lended.outcomes.rules.windows import OCCASIONS
from lended.web.database import reader
from lended.web.theme import day

if TYPE_CHECKING:
    from lended.loans.models import Loan

SOON = timedelta(days=7)
OUTCOME_SOON = max(-after for _name, after in OCCASIONS)
IN_USE = frozenset({State.ACTIVE, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, as ``components/task.html`` draws it; of a loan, with its id."""

    words: str
    url: str
    about: str = ""
    by: str = ""
    late: bool = False
    on: date = date.max
    loan_id: int | None = None


def in_order(*lists: Iterable[Task]) -> list[Task]:
    """Return each thing to do once, what is late first, then by date."""
    once: dict[str, Task] = {}
    for tasks in lists:
        for task in tasks:
            once.setdefault(task.url, task)
    return sorted(once.values(), key=lambda task: (not task.late, task.on))


def of_loans(
    actor: Actor,
    loans: Iterable[Loan],
    about: Callable[[Loan], str],
) -> list[Task]:
    """Return the next steps that are the actor's, of loans in sight."""
    found = []
    for loan in loans:
        step = next_step(actor, loan)
        if step and step.primary and _is_now(loan, step):
            found.append(_task(loan, step, about(loan)))
    return found


def of_outcomes(actor: Actor, loans: Iterable[Loan]) -> list[Task]:
    """Return the trials of which the actor may say now what happened."""
    names = {loan.id: loan.product.name for loan in loans}
    today = clock.today()
    return [
        Task(
            "Say what happened",
            url_for("outcomes.give", loan_id=due.loan_id),
            names.get(due.loan_id, ""),
            f"Until {day(due.trial.closes_on)}",
            on=due.trial.closes_on,
        )
        for due in outcomes.due_trials_of(reader(), actor)
        if due.trial.is_open(today) and today >= due.trial.ends_on - OUTCOME_SOON
    ]


def of_unfinished_forms(actor: Actor) -> list[Task]:
    """Return the forms the actor has begun and not sent."""
    return [
        Task(
            f"Go on with: {RESUMABLE[kept.form].words.lower()}",
            RESUMABLE[kept.form].path.format(subject=kept.subject),
            f"Left on {day(kept.saved_at)}",
        )
        for kept in accounts.unfinished_forms(reader(), actor)
    ]


def of_join_requests(actor: Actor) -> list[Task]:
    """Return the people who wait for the actor to let them in."""
    return [
        Task(
            f"{asked.person.name} asks to join",
            url_for("accounts.join_request", request_id=asked.id),
            asked.organisation.name,
            f"Asked on {day(asked.asked_at)}",
            on=clock.day_of(asked.asked_at),
        )
        for asked in accounts.waiting_join_requests(reader(), actor)
    ]


def _is_now(loan: Loan, step: NextStep) -> bool:
    """Tell whether a step is to be done now; what is in use only near its last day."""
    if loan.state not in IN_USE or step.by is None:
        return True
    return step.by <= clock.today() + SOON


def _page_of(step: NextStep) -> str:
    """Return where a step is taken; a plan is read before it is agreed to."""
    assert step.primary is not None
    on_the_loan = step.primary.post or step.primary.move == "sign_off"
    return "loans.loan" if on_the_loan else step.primary.endpoint


def _task(loan: Loan, step: NextStep, about: str) -> Task:
    task = Task(step.words, url_for(_page_of(step), loan_id=loan.id), about, loan_id=loan.id)
    if step.by is None:
        return task
    return replace(task, by=step.by_words, late=step.late, on=step.by)
