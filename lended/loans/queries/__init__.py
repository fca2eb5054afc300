"""Reading loans and stock, each within the scope of who asks."""

from lended.loans.queries.answers import Answered, answered
from lended.loans.queries.dated import changes, dated_loans
from lended.loans.queries.deletion import deletion_waits_since
from lended.loans.queries.holds import holds, is_promised, out_now
from lended.loans.queries.incidents import (
    answer_by,
    incident,
    incidents_of,
    kits_set_aside,
    may_still_answer,
    photo_name,
    side_of,
    unit_history,
)
from lended.loans.queries.labels import borrowers, kit_of_label, loan_of_label
from lended.loans.queries.loans import (
    Papers,
    draft_of,
    enquiries,
    loan,
    loan_to_move,
    loans_in_sight,
    loans_of_school,
    loans_of_supplier,
    loans_of_teacher,
    open_loans_of_teacher,
    page_of_loans,
    papers,
    requests_of_supplier,
)
from lended.loans.queries.months import Asked, availability_months, earliest_for
from lended.loans.queries.periods import availability
from lended.loans.queries.queue import Standing, place_of, standing_in_line, waiting
from lended.loans.queries.seats import code_just_taken, codes, seats
from lended.loans.queries.sight import in_sight
from lended.loans.queries.stock import (
    FARTHEST,
    borrowable_product_ids,
    next_free,
    pauses_of,
    stock_of_product,
    stock_of_supplier,
    stocks,
    units,
    units_free,
)
from lended.loans.rules.months import CalendarDay, Month, may_begin_on, month_later

__all__ = [
    "FARTHEST",
    "Answered",
    "Asked",
    "CalendarDay",
    "Month",
    "Papers",
    "Standing",
    "answer_by",
    "answered",
    "availability",
    "availability_months",
    "borrowable_product_ids",
    "borrowers",
    "changes",
    "code_just_taken",
    "codes",
    "dated_loans",
    "deletion_waits_since",
    "draft_of",
    "earliest_for",
    "enquiries",
    "holds",
    "in_sight",
    "incident",
    "incidents_of",
    "is_promised",
    "kit_of_label",
    "kits_set_aside",
    "loan",
    "loan_of_label",
    "loan_to_move",
    "loans_in_sight",
    "loans_of_school",
    "loans_of_supplier",
    "loans_of_teacher",
    "may_begin_on",
    "may_still_answer",
    "month_later",
    "next_free",
    "open_loans_of_teacher",
    "out_now",
    "page_of_loans",
    "papers",
    "pauses_of",
    "photo_name",
    "place_of",
    "requests_of_supplier",
    "seats",
    "side_of",
    "standing_in_line",
    "stock_of_product",
    "stock_of_supplier",
    "stocks",
    "unit_history",
    "units",
    "units_free",
    "waiting",
]
