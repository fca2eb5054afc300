"""What did not happen in time: not taken up, not sent back, not closed."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select

from lended import clock
from lended.access import CLOCK
from lended.loans.events import LoanStillOut
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import OUT, State
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import DAY, next_working_day
from lended.loans.rules.deadlines import REMINDED_AFTER
from lended.loans.rules.openings import read_working_days
from lended.loans.service.change import change, note
from lended.loans.service.holding import keep_open_ended, kit_lines, open_ended, still_out
from lended.loans.service.promises import dates_of, last_to_take_up
from lended.loans.service.risks import recheck
from lended.work import Work

OF_KITS = Loan.lines.any(LoanLine.pool.has(kind="physical"))


def due_miss(today: date) -> Select[Loan]:
    """Find what should be at its school and was never agreed to, sent, or given."""
    return select(Loan).where(
        Loan.state.in_((State.APPROVED, State.PREPARING)),
        Loan.lines.any(LoanLine.starts_on < today),
    )


def miss(work: Work, loan: Loan) -> bool:
    """End a loan that was not taken up in time; what was held is free for others."""
    if clock.today() <= last_to_take_up(loan):
        return False
    change(work, CLOCK, loan, "miss")
    return True


def due_become_overdue(today: date) -> Select[Loan]:
    """Find kits in use whose last day is past."""
    return select(Loan).where(Loan.state == State.ACTIVE, Loan.act_by < today, OF_KITS)


def become_overdue(work: Work, loan: Loan) -> bool:
    """Call a loan late from the first day on which its school could have sent it back.

    That is a working day of the school: who is closed cannot hand anything over. From then on
    nobody knows when the kit comes back, so nobody is promised it.
    """
    school = read_working_days(loan.school.working_days)
    due_on = dates_of(loan).due_on
    if clock.today() < next_working_day(due_on + DAY, school):
        return False
    change(work, CLOCK, loan, "become_overdue", held=open_ended(loan, kit_lines(loan)))
    recheck(work, loan.product_id)
    return True


def due_keep_open_ended(today: date) -> Select[Loan]:
    """Find what is out, or not checked, on the day from which others could have it."""
    return select(Loan).where(
        Loan.state.in_(OUT - {State.OVERDUE}), Loan.lines.any(_free_by(today)), OF_KITS
    )


def do_keep_open_ended(work: Work, loan: Loan) -> bool:
    """Promise nobody what is not back: a kit that is out never looks free."""
    today = clock.today()
    lines = [line for line in kit_lines(loan) if line.holds and line.blocked_until <= today]
    if not lines:
        return False
    keep_open_ended(work, lines)
    note(work, CLOCK, loan, "not_back_yet", {})
    recheck(work, loan.product_id)
    return True


def due_reminder(today: date) -> Select[Loan]:
    """Find what is on its way back, perhaps in parts, many days after its last day.

    What nobody has begun to send back is late, and asked for by the reminders of notices.
    """
    longest_ago = today - timedelta(days=REMINDED_AFTER[0])
    return select(Loan).where(
        Loan.state == State.RETURNING,
        Loan.lines.any(LoanLine.due_on <= longest_ago),
        OF_KITS,
        ~Loan.events.any(LoanEvent.kind == _kind(REMINDED_AFTER[-1])),
    )


def remind(work: Work, loan: Loan) -> bool:
    """Ask again for what is not back, and for that only; once for each of the days agreed on."""
    missing = still_out(loan)
    late = (clock.today() - dates_of(loan).due_on).days
    kept = set(work.session.scalars(select(LoanEvent.kind).where(LoanEvent.loan_id == loan.id)))
    days = [day for day in REMINDED_AFTER if late >= day and _kind(day) not in kept]
    if not missing or not days:
        return False
    for day in days:
        note(work, CLOCK, loan, _kind(day), {"missing": missing})
        work.record(LoanStillOut(loan.id, day, missing, clock.now()))
    return True


def _kind(days: int) -> str:
    return f"reminded_{days}"


def _free_by(today: date) -> ColumnElement[bool]:
    return LoanLine.holds & (LoanLine.blocked_until <= today) & (LoanLine.blocked_until < NEVER)
