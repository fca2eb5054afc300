"""Tables of stock, loans and the papers that go with them."""

from lended.loans.models.loan import Loan, LoanEvent, LoanLine
from lended.loans.models.papers import ContentsCheck, DeletionDuty, Paperwork, Plan
from lended.loans.models.stock import Pool, Unit

__all__ = [
    "ContentsCheck",
    "DeletionDuty",
    "Loan",
    "LoanEvent",
    "LoanLine",
    "Paperwork",
    "Plan",
    "Pool",
    "Unit",
]
