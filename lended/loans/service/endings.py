"""What ends by itself when a loan leaves a state, by whatever route it does."""

from __future__ import annotations

from sqlalchemy import select, update

from lended.loans.events import LoanMoved
from lended.loans.models import Binding, Extension, LoanLine
from lended.loans.rules import State
from lended.work import Work

IN_USE = frozenset({State.ACTIVE, State.OVERDUE})
WITH_ACCESS = frozenset({State.ISSUED, State.ACTIVE})
"""States in which the school can get in."""


def end_what_ends(work: Work, moved: LoanMoved) -> None:
    """Withdraw a wish to keep what goes back, and spend the codes of access that is over."""
    if moved.from_state in IN_USE and moved.to_state not in IN_USE:
        _forget_wish_to_keep(work, moved)
    if moved.from_state in WITH_ACCESS and moved.to_state not in WITH_ACCESS:
        _spend_codes(work, moved)


def _forget_wish_to_keep(work: Work, moved: LoanMoved) -> None:
    asked = update(Extension).where(Extension.loan_id == moved.loan_id, Extension.state == "asked")
    work.session.execute(asked.values(state="withdrawn", answered_at=moved.at))


def _spend_codes(work: Work, moved: LoanMoved) -> None:
    lines = select(LoanLine.id).where(LoanLine.loan_id == moved.loan_id)
    given = update(Binding).where(
        Binding.line_id.in_(lines), Binding.code_id.is_not(None), Binding.ended_at.is_(None)
    )
    work.session.execute(given.values(ended_at=moved.at))
