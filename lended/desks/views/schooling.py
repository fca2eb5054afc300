"""The desks of people in a school."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import render_template, url_for

from lended.access import Actor, Role
from lended.accounts import queries as accounts
from lended.desks import queries
from lended.desks.queries import Learnt
from lended.desks.views import groups, tasks
from lended.desks.views.lines import lines
from lended.desks.views.tasks import Task
from lended.loans import queries as loans
from lended.loans.rules import FINAL, State
from lended.needs import queries as needs
from lended.web.database import reader

if TYPE_CHECKING:
    from lended.loans.models import Loan

THE_LEADS = frozenset({State.SCHOOL_SIGNOFF, State.APPROVED})
"""States in which a lead acts for colleagues; in others only on what is their own."""

MOST_SHOWN = 5


def teacher(actor: Actor) -> str:
    """Show a teacher's desk."""
    own = loans.loans_of_teacher(reader(), actor)
    return render_template(
        "desks/desk_teacher.html",
        tasks=tasks.in_order(
            tasks.of_loans(actor, own, _product),
            tasks.of_outcomes(actor, own),
            tasks.of_unfinished_forms(actor),
        ),
        under_way=lines(loan for loan in own if loan.state not in FINAL)[:MOST_SHOWN],
        needs=needs.my_needs(reader(), actor)[:MOST_SHOWN],
    )


def lead(actor: Actor) -> str:
    """Show a school lead's desk, with what is theirs as a teacher."""
    all_loans = loans.loans_of_school(reader(), actor)
    learnt = queries.learnt(reader(), actor)
    teaching = actor.has(Role.TEACHER)
    return render_template(
        "desks/desk_school.html",
        tasks=tasks.in_order(
            tasks.of_loans(actor, _leads(actor, all_loans), _product_and_teacher),
            _to_decide(actor, learnt),
            tasks.of_join_requests(actor),
            tasks.of_outcomes(actor, all_loans) if teaching else (),
            tasks.of_unfinished_forms(actor),
        ),
        groups=groups.of_school(all_loans),
        learnt=learnt[:MOST_SHOWN],
        more_learnt=len(learnt) > MOST_SHOWN,
        members=accounts.members(reader(), actor),
        teaching=teaching,
    )


def newcomer(actor: Actor) -> str:
    """Show the desk of somebody who belongs nowhere yet."""
    asked = accounts.own_join_requests(reader(), actor)
    return render_template("desks/desk_newcomer.html", asked=asked)


def _leads(actor: Actor, found: Iterable[Loan]) -> list[Loan]:
    own = (actor.person_id,)
    return [
        loan
        for loan in found
        if loan.state in THE_LEADS or loan.teacher_id in own or loan.responsible_id in own
    ]


def _to_decide(actor: Actor, learnt: Iterable[Learnt]) -> list[Task]:
    """Return the verdicts that wait for the school's decision; not on the lead's own trial."""
    return [
        Task(
            "Decide what the school does next",
            url_for("outcomes.outcome", loan_id=each.loan_id, _anchor="decision"),
            f"{each.product}: {each.teacher} has given the verdict",
        )
        for each in learnt
        if not each.decision and each.teacher_id != actor.person_id
    ]


def _product(loan: Loan) -> str:
    return loan.product.name


def _product_and_teacher(loan: Loan) -> str:
    return f"{loan.product.name}, asked for by {loan.teacher.name}"
