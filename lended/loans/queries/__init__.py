"""Reading loans and stock, each within the scope of who asks."""

from lended.loans.queries.dated import changes, dated_loans, times
from lended.loans.queries.deletion import deletion_waits_since
from lended.loans.queries.loans import (
    Papers,
    draft_of,
    enquiries,
    in_sight,
    loan,
    loan_to_move,
    loans_in_sight,
    loans_of_school,
    loans_of_supplier,
    loans_of_teacher,
    open_loans_of_teacher,
    page_of_loans,
    papers,
)
from lended.loans.queries.months import availability_months
from lended.loans.queries.periods import availability
from lended.loans.queries.seats import codes, seats
from lended.loans.queries.stock import (
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
    "Papers",
    "availability",
    "availability_months",
    "borrowable_product_ids",
    "changes",
    "codes",
    "dated_loans",
    "deletion_waits_since",
    "draft_of",
    "enquiries",
    "holds",
    "in_sight",
    "loan",
    "loan_to_move",
    "loans_in_sight",
    "loans_of_school",
    "loans_of_supplier",
    "loans_of_teacher",
    "next_free",
    "open_loans_of_teacher",
    "page_of_loans",
    "papers",
    "pauses_of",
    "seats",
    "stock_of_product",
    "stock_of_supplier",
    "stocks",
    "times",
    "units",
    "units_free",
]
