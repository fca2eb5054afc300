"""Reading what only desks show: a trust's schools, unmet demand, the platform in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from lended import clock, vocabularies
from lended.access import Actor
from lended.accounts.models import Organisation, Person
from lended.catalogue.models import Product, Supplier
from lended.desks.rules import UnmetNeed
from lended.loans.models import Loan, Plan
from lended.loans.rules import OUT, State
from lended.needs.models import Need
from lended.outcomes.models import Decision, Outcome
from lended.outcomes.queries import TRIED
from lended.schools.models import School, Trust

UNDER_WAY = OUT - {State.INSPECTION}
"""States in which something of a supplier's is with a school or on its way."""

DEMAND_LASTS = timedelta(days=366)
MOST_LEARNT = 50


@dataclass(frozen=True, slots=True)
class SchoolAtATrust:
    """A school of a trust, what it has out and what it has tried."""

    name: str
    out: int
    tried: int
    told: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """An outcome in a line, with the decision beside it; empty while there is none."""

    loan_id: int
    product: str
    teacher: str
    teacher_id: int
    verdict: str
    decision: str
    given_on: date


@dataclass(frozen=True, slots=True)
class Comparable:
    """A story of a trust's school, with everything that makes it like another."""

    need: str
    story_id: int
    school: str
    phase: str
    product: str
    measure_kind: str
    design: str
    verdict: str
    weeks: int

    @property
    def likeness(self) -> tuple[str, str, str, str]:
        """What two stories must share to stand side by side."""
        return self.need, self.measure_kind, self.phase, self.design


def learnt(session: Session, actor: Actor) -> list[Learnt]:
    """Return the outcomes of the school the actor acts for, the latest first."""
    rows = session.execute(
        select(Outcome, Product.name, Person.name, Decision.code)
        .join(Loan, Loan.id == Outcome.loan_id)
        .join(Product, Product.id == Loan.product_id)
        .join(Person, Person.id == Outcome.person_id)
        .outerjoin(Decision, Decision.loan_id == Loan.id)
        .where(Loan.school_id == actor.organisation_id)
        .order_by(Outcome.given_at.desc(), Outcome.id.desc())
        .limit(MOST_LEARNT)
    ).all()
    return [
        Learnt(
            outcome.loan_id,
            product,
            teacher,
            outcome.person_id,
            outcome.verdict,
            decision or "",
            clock.day_of(outcome.given_at),
        )
        for outcome, product, teacher, decision in rows
    ]


def schools_of_trust(session: Session, actor: Actor) -> list[SchoolAtATrust]:
    """Return the open schools of the trust the actor acts for, from A to Z."""
    rows = session.execute(
        select(
            School.name,
            func.count(case((Loan.state.in_(UNDER_WAY), 1))),
            func.count(case((Loan.state.in_(TRIED), 1))),
            func.count(Outcome.published_at),
        )
        .join(Trust, Trust.id == School.trust_id)
        .outerjoin(Loan, Loan.school_id == School.organisation_id)
        .outerjoin(Outcome, Outcome.loan_id == Loan.id)
        .where(Trust.organisation_id == actor.organisation_id, School.status == "open")
        .group_by(School.id, School.name)
        .order_by(School.name, School.id)
    ).all()
    return [SchoolAtATrust(*row) for row in rows]


def comparable(session: Session, actor: Actor) -> list[list[Comparable]]:
    """Return the stories of a trust's schools in groups of like with like, never ranked.

    Stories stand together that are about the same need, seen in the same way, in the same phase and
    with the same design; inside a group they go by school, from A to Z.
    """
    rows = session.execute(
        select(
            Need.codes,
            Outcome.id,
            School.name,
            School.phase,
            Product.name,
            Plan.measure_kind,
            Outcome.design,
            Outcome.verdict,
            Outcome.weeks,
        )
        .join(Loan, Loan.id == Outcome.loan_id)
        .join(Product, Product.id == Loan.product_id)
        .join(Plan, Plan.loan_id == Loan.id)
        .join(Need, Need.id == Loan.need_id)
        .join(School, School.organisation_id == Loan.school_id)
        .join(Trust, Trust.id == School.trust_id)
        .where(Trust.organisation_id == actor.organisation_id, Outcome.published_at.is_not(None))
        .order_by(School.name, Outcome.id)
    ).all()
    groups: dict[tuple[str, str, str, str], list[Comparable]] = defaultdict(list)
    for row in rows:
        for need in row.codes:
            story = Comparable(need, *row[1:])
            groups[story.likeness].append(story)
    return [groups[likeness] for likeness in sorted(groups)]


def unmet_needs(session: Session) -> list[UnmetNeed]:
    """Return last year's needs of schools that nothing fits, without words and names."""
    rows = session.execute(
        select(Need.codes, School.id, Trust.identifier, School.authority_code)
        .join(School, School.organisation_id == Need.organisation_id)
        .outerjoin(Trust, Trust.id == School.trust_id)
        .where(Need.unmet_at >= clock.now() - DEMAND_LASTS, Need.closed_at.is_(None))
        .order_by(Need.id)
    ).all()
    return [
        UnmetNeed(_groups(codes), school_id, trust or authority)
        for codes, school_id, trust, authority in rows
    ]


def platform(session: Session) -> list[tuple[str, int]]:
    """Return the state of the platform: pairs of what is counted and how many there are."""
    counted = {
        "Schools that use LendED": select(func.count(distinct(Organisation.id))).where(
            Organisation.kind == "school"
        ),
        "People": select(func.count(Person.id)).where(Person.disabled_at.is_(None)),
        "Suppliers who lend": select(func.count(Supplier.id)).where(
            Supplier.state == "approved", Supplier.organisation_id.is_not(None)
        ),
        "Products listed": select(func.count(Product.id)).where(Product.state == "published"),
        "Needs kept": select(func.count(Need.id)),
        "Loans out now": select(func.count(Loan.id)).where(Loan.state.in_(UNDER_WAY)),
        "Loans late": select(func.count(Loan.id)).where(Loan.state == State.OVERDUE),
        "Trials": select(func.count(Loan.id)).where(Loan.state.in_(TRIED)),
        "Outcomes given": select(func.count(Outcome.id)),
        "Stories told": select(func.count(Outcome.id)).where(Outcome.published_at.is_not(None)),
    }
    columns = [count.scalar_subquery() for count in counted.values()]
    return list(zip(counted, session.execute(select(*columns)).one(), strict=True))


def _groups(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vocabularies.entry("need", code).group for code in codes))
