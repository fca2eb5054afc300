"""Tables of stock, loans and the papers that go with them."""

from lended.loans.models.aftermath import Enquiry, Incident, IncidentPhoto, IncidentWords
from lended.loans.models.loan import Binding, Loan, LoanEvent, LoanLine
from lended.loans.models.papers import ContentsCheck, DeletionDuty, Paperwork, Plan
from lended.loans.models.stock import ActivationCode, Pool, Unit, UnitEvent
from lended.loans.models.waiting import Extension, QueuePlace

__all__ = [
    "ActivationCode",
    "Binding",
    "ContentsCheck",
    "DeletionDuty",
    "Enquiry",
    "Extension",
    "Incident",
    "IncidentPhoto",
    "IncidentWords",
    "Loan",
    "LoanEvent",
    "LoanLine",
    "Paperwork",
    "Plan",
    "Pool",
    "QueuePlace",
    "Unit",
    "UnitEvent",
]
