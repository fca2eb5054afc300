"""Reading outcomes and stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from lended.loans.models import Loan
from lended.outcomes.models import Outcome


@dataclass(frozen=True, slots=True)
class StoryCount:
    """How many published trials of a product there are, and how they ended."""

    trials: int
    worked: int
    did_not: int


def story_counts(session: Session, product_ids: Iterable[int]) -> dict[int, StoryCount]:
    """Count the published stories of products, keyed by product id; none is not in it."""
    worked = func.sum(case((Outcome.verdict == "met", 1), else_=0))
    did_not = func.sum(case((Outcome.verdict == "not_met", 1), else_=0))
    rows = session.execute(
        select(Loan.product_id, func.count(), worked, did_not)
        .join(Outcome.loan)
        .where(Loan.product_id.in_(list(product_ids)), Outcome.published_at.is_not(None))
        .group_by(Loan.product_id)
        .order_by(Loan.product_id)
    )
    return {
        product_id: StoryCount(int(trials), int(met), int(not_met))
        for product_id, trials, met, not_met in rows
    }
