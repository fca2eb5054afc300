"""The terms of one loan, put together from what is lent."""

from __future__ import annotations

from collections.abc import Sequence

from lended.loans.models import Loan, Pool
from lended.loans.rules.calendar import Dates
from lended.loans.rules.terms import Part, terms_text


def terms_of(loan: Loan, pools: Sequence[Pool], sets: int, dates: Dates) -> str:
    """Return the terms of a loan of so many sets over some dates."""
    parts = [Part(pool.kind, sets * pool.in_a_set, pool.label) for pool in pools]
    return terms_text(loan.product.name, loan.supplier.name, parts, dates)
