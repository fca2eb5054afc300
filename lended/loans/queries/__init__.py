"""Reading loans and stock, each within the scope of who asks."""

from lended.loans.queries.labels import kit_of_label, loan_of_label
from lended.loans.queries.loans import (
    Papers,
    draft_of,
    in_sight,
    loan,
    loans_in_sight,
    loans_of_school,
    loans_of_supplier,
    loans_of_teacher,
    open_loans_of_teacher,
    papers,
)
from lended.loans.queries.months import Asked, availability_months, earliest_for
from lended.loans.queries.stock import (
    FARTHEST,
    borrowable_product_ids,
    holds,
    next_free,
    pauses_of,
    stock_of_product,
    stock_of_supplier,
    stocks,
    units,
    units_free,
)

__all__ = [
    "FARTHEST",
    "Asked",
    "Papers",
    "availability_months",
    "borrowable_product_ids",
    "draft_of",
    "earliest_for",
    "holds",
    "in_sight",
    "kit_of_label",
    "loan",
    "loan_of_label",
    "loans_in_sight",
    "loans_of_school",
    "loans_of_supplier",
    "loans_of_teacher",
    "next_free",
    "open_loans_of_teacher",
    "papers",
    "pauses_of",
    "stock_of_product",
    "stock_of_supplier",
    "stocks",
    "units",
    "units_free",
]
