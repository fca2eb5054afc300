"""What does not come back at all."""

from __future__ import annotations

from lended.access import Actor
from lended.errors import Conflict
from lended.loans.models import Loan
from lended.loans.rules.returns import IncidentWish
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.give_back import (
    deletion_due_on,
    may_leave_data,
    owe_deletion,
    unbind,
)
from lended.loans.service.guard import is_physical
from lended.loans.service.holding import kit_lines
from lended.loans.service.incidents import open_incident
from lended.loans.service.kits import kits_of, reduce_capacity, retire
from lended.work import Work


def report_lost(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say that a kit is lost: there is one fewer to lend, and what happened is to be settled.

    The data behind seats that went with it is to be deleted all the same, beside the loan.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to report.
    Conflict
        When it is not with the school, or access, which cannot be lost.
    Invalid
        When no words say what happened.
    """
    loan = loan_to_move(work, actor, loan_id, "report_lost")
    if not is_physical(loan):
        raise Conflict("This is access. It cannot be lost; end it instead.")
    units, value = kits_of(loan), value_pence(loan)
    gone = [(line.pool_id, line.quantity - line.back) for line in kit_lines(loan)]
    capacity = reduce_capacity(work, loan, gone)
    change(
        work,
        actor,
        loan,
        "report_lost",
        words=words,
        before={"capacity": {label: counts[0] for label, counts in capacity.items()}},
        after={
            "capacity": {label: counts[1] for label, counts in capacity.items()},
            "value_pence": value,
        },
        act_by=deletion_due_on() if may_leave_data(loan) else None,
    )
    owe_deletion(work, loan)
    unbind(work, loan)
    retire(work, actor, units, words, loan.id)
    open_incident(work, actor, loan, IncidentWish("lost", words, items=()))


def value_pence(loan: Loan) -> int | None:
    """Return what a loan's kits would cost new; None where the supplier has not said it of all."""
    values = [unit.value_pence for unit in kits_of(loan)]
    known = [value for value in values if value is not None]
    complete = values and len(known) == sum(line.quantity for line in kit_lines(loan))
    return sum(known) if complete else None
