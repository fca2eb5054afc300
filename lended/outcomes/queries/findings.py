"""Reading what a school found out in a trial: its plan, its teachers' verdict, its decision."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from lended.access import Actor, Role
from lended.accounts import queries as accounts
from lended.catalogue.models import Product
from lended.errors import NotFound
from lended.loans import queries as loans
from lended.loans.models import Loan, Plan
from lended.outcomes.models import Decision, Outcome
from lended.outcomes.queries.stories import Story, figures_of, told
from lended.outcomes.queries.trials import trial_of
from lended.outcomes.rules.claims import Figures
from lended.outcomes.rules.schools import described
from lended.outcomes.rules.windows import Trial
from lended.schools import queries as schools


@dataclass(frozen=True, slots=True)
class Findings:
    """A loan and what is known about its trial; None for what there is not yet."""

    loan: Loan
    plan: Plan | None
    trial: Trial | None
    outcome: Outcome | None
    decision: Decision | None

    @property
    def figures(self) -> Figures | None:
        """The outcome's numbers beside the plan's."""
        return figures_of(self.outcome, self.plan) if self.outcome else None


def findings(session: Session, actor: Actor, loan_id: int) -> Findings:
    """Return what is known about a trial of the actor's school.

    Raises
    ------
    NotFound
        When there is no such loan, or the actor has no part in it at the school.
    """
    if actor.has(Role.SUPPLIER):
        raise NotFound
    row = session.execute(
        select(Loan, Plan, Outcome, Decision)
        .outerjoin(Plan, Plan.loan_id == Loan.id)
        .outerjoin(Outcome, Outcome.loan_id == Loan.id)
        .outerjoin(Decision, Decision.loan_id == Loan.id)
        .where(Loan.id == loan_id, loans.in_sight(actor))
        .options(
            joinedload(Loan.product).joinedload(Product.supplier),
            joinedload(Loan.school),
            joinedload(Loan.teacher),
            joinedload(Loan.need),
            joinedload(Outcome.person),
            selectinload(Outcome.reasons),
            joinedload(Decision.person),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    loan, plan, outcome, decision = row
    return Findings(loan, plan, trial_of(session, loan), outcome, decision)


def story_to_be(found: Findings, school: str) -> Story | None:
    """Return an outcome as everyone would read it; None before it is given."""
    if found.outcome is None:
        return None
    decision = found.decision.code if found.decision else ""
    return told(found.outcome, found.loan, found.plan, decision, school=school)


def description(session: Session, organisation_id: int) -> str:
    """Return how a school is described where its name is not said."""
    school = schools.school_of(session, organisation_id)
    if school is None:
        return described("", "", "")
    return described(school.phase, school.type_group, school.region or school.authority_name)


def has_other_leads(session: Session, loan: Loan) -> bool:
    """Tell whether the loan's school has a lead who is not the teacher of the trial."""
    leads = accounts.people_with_role(session, loan.school_id, Role.SCHOOL_LEAD)
    return any(lead.id != loan.teacher_id for lead in leads)
