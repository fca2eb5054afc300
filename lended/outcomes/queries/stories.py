"""Reading stories: outcomes their teachers published, without what would give anyone away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session, joinedload, selectinload

from lended import clock
from lended.access import Actor
from lended.catalogue.models import Product, Supplier
from lended.errors import NotFound
from lended.loans.models import Loan, Plan
from lended.needs.models import Need
from lended.outcomes.models import Decision, Outcome
from lended.outcomes.rules.claims import Figures, group_words, said
from lended.outcomes.rules.pictures import Picture, picture

MOST_OF_A_PRODUCT = 30
LATEST = 5
COUNTS = (
    select(
        Loan.product_id,
        func.count(),
        func.sum(case((Outcome.verdict == "met", 1), else_=0)),
        func.sum(case((Outcome.verdict == "not_met", 1), else_=0)),
    )
    .join(Outcome.loan)
    .where(Loan.product_id.in_(bindparam("ids", expanding=True)), Outcome.published_at.is_not(None))
    .group_by(Loan.product_id)
    .order_by(Loan.product_id)
)
"""Built once: every page of cards asks it."""


@dataclass(frozen=True, slots=True)
class StoryCount:
    """How many published trials of a product there are, and how they ended."""

    trials: int
    worked: int
    did_not: int


@dataclass(frozen=True, slots=True)
class StoriesCount:
    """The needs and the verdict of each story there is."""

    told: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def by_need(self) -> Counter[str]:
        """How many stories there are about each need."""
        return Counter(code for codes, _verdict in self.told for code in codes)

    def by_verdict(self, need: str = "") -> Counter[str]:
        """How many stories, of all or of those about a need, have each verdict."""
        return Counter(verdict for codes, verdict in self.told if not need or need in codes)

    def fitting(self, need: str = "", verdict: str = "") -> int:
        """How many stories are about a need and have a verdict; empty stands for any."""
        counted = self.by_verdict(need)
        return counted[verdict] if verdict else counted.total()


@dataclass(frozen=True, slots=True)
class StoryReason:
    """Why a trial did not fully work; codes of ``failure_reason``, ``_weight`` and ``_hands``."""

    code: str
    weight: str
    hands: str
    would_have_worked: str


@dataclass(frozen=True, slots=True)
class Story:
    """A published outcome as everyone may read it.

    Parameters
    ----------
    product_public
        Whether the product can still be looked at.
    need_text, needs
        The need the trial began with, in its teacher's words and in codes.
    group
        Who took part, small groups not counted out.
    said
        Sentences on what may be concluded, and what may not.
    chart
        None where there are no numbers, or they stay in the school.
    decision
        Code of what the school decided, another person than the verdict's; may be empty.
    """

    id: int
    product_name: str
    product_slug: str
    product_public: bool
    supplier_name: str
    need_text: str
    needs: tuple[str, ...]
    goal: str
    teaching_change: str
    verdict: str
    design: str
    weeks: int
    group: str
    said: tuple[str, ...]
    what_happened: str
    reasons: tuple[StoryReason, ...]
    school: str
    decision: str
    published_on: date
    chart: Picture | None


def story_counts(session: Session, product_ids: Iterable[int]) -> dict[int, StoryCount]:
    """Count the published stories of products, keyed by product id; none is not in it."""
    rows = session.execute(COUNTS, {"ids": list(product_ids)})
    return {
        product_id: StoryCount(int(trials), int(met), int(not_met))
        for product_id, trials, met, not_met in rows
    }


def stories_of_product(session: Session, product_id: int) -> list[Story]:
    """Return the published stories of a product, latest first, whatever their verdict."""
    return _stories(session, Loan.product_id == product_id, limit=MOST_OF_A_PRODUCT)


def stories_of_supplier(session: Session, actor: Actor) -> list[Story]:
    """Return the latest stories about products of the supplier the actor acts for."""
    own = Loan.supplier.has(Supplier.organisation_id == actor.organisation_id)
    return _stories(session, own, limit=LATEST)


def stories(
    session: Session, *, need: str = "", verdict: str = "", first: int = 0, size: int
) -> list[Story]:
    """Return so many stories, the latest first, from one counted from 0.

    Parameters
    ----------
    need, verdict
        A code to narrow to; empty for all.
    """
    conditions = [Loan.need.has(_about(need))] if need else []
    if verdict:
        conditions.append(Outcome.verdict == verdict)
    return _stories(session, *conditions, limit=size, offset=first)


def story(session: Session, outcome_id: int) -> Story:
    """Return one story.

    Raises
    ------
    NotFound
        When there is none, or it is not told to everyone.
    """
    found = _stories(session, Outcome.id == outcome_id, limit=1)
    if not found:
        raise NotFound
    return found[0]


def count_stories(session: Session) -> StoriesCount:
    """Count all stories by the needs they are about and by verdict."""
    rows = session.execute(
        select(Need.codes, Outcome.verdict)
        .select_from(Outcome)
        .join(Outcome.loan)
        .outerjoin(Loan.need)
        .where(Outcome.published_at.is_not(None))
        .order_by(Outcome.id)
    ).all()
    return StoriesCount(tuple((codes or (), verdict) for codes, verdict in rows))


def figures_of(outcome: Outcome, plan: Plan | None) -> Figures:
    """Return an outcome's numbers beside what its plan had fixed."""
    return Figures(
        design=outcome.design,
        weeks=outcome.weeks,
        pupils=outcome.pupils,
        teachers=outcome.teachers,
        again=outcome.teachers_again,
        would_use_again=outcome.would_use_again,
        baseline=outcome.baseline_value,
        result=outcome.result_value,
        unit=outcome.unit,
        threshold=plan.threshold_value if plan else None,
        direction=plan.direction if plan else "up",
        about=plan.criterion_about if plan else "",
    )


def told(
    outcome: Outcome, loan: Loan, plan: Plan | None, decision: str, *, school: str = ""
) -> Story:
    """Return an outcome as everyone may read it.

    Parameters
    ----------
    loan
        With its product, supplier and need; the outcome comes with its reasons.
    school
        How the school would be described, for a story that is not told yet.
    """
    figures = figures_of(outcome, plan)
    return Story(
        id=outcome.id,
        product_name=loan.product.name,
        product_slug=loan.product.slug,
        product_public=loan.product.state == "published",
        supplier_name=loan.product.supplier.name,
        need_text=loan.need_text,
        needs=loan.need.codes if loan.need else (),
        goal=plan.goal if plan else "",
        teaching_change=plan.teaching_change if plan else "",
        verdict=outcome.verdict,
        design=outcome.design,
        weeks=outcome.weeks,
        group=group_words(figures),
        said=said(figures, outside=True),
        what_happened=outcome.what_happened,
        reasons=tuple(
            StoryReason(reason.code, reason.weight, reason.hands, reason.would_have_worked)
            for reason in outcome.reasons
        ),
        school=school or outcome.school_described_as,
        decision=decision,
        published_on=clock.day_of(outcome.published_at or clock.now()),
        chart=picture(figures, plan.measure if plan else "Before and after", outside=True),
    )


def _about(need: str) -> ColumnElement[bool]:
    return cast(Need.codes, Text).contains(f'"{need}"', autoescape=True)


def _stories(
    session: Session, *conditions: ColumnElement[bool], limit: int, offset: int = 0
) -> list[Story]:
    rows: Sequence[Row[*tuple[Any, ...]]] = session.execute(
        story_rows()
        .where(Outcome.published_at.is_not(None), *conditions)
        .order_by(Outcome.published_at.desc(), Outcome.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    return [told(outcome, outcome.loan, plan, decision or "") for outcome, plan, decision in rows]


def story_rows() -> Select[Outcome, Plan, str]:
    """Select outcomes with everything `told` needs: two queries, however many there are."""
    return (
        select(Outcome, Plan, Decision.code)
        .join(Outcome.loan)
        .outerjoin(Plan, Plan.loan_id == Outcome.loan_id)
        .outerjoin(Decision, Decision.loan_id == Outcome.loan_id)
        .options(
            joinedload(Outcome.loan).joinedload(Loan.product).joinedload(Product.supplier),
            joinedload(Outcome.loan).joinedload(Loan.need),
            selectinload(Outcome.reasons),
        )
    )
