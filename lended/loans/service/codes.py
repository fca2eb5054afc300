"""Activation codes: kept by the supplier, given to a loan, each shown once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from lended import clock
from lended.access import Actor, demand
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import policy, queries
from lended.loans.models import ActivationCode, Binding, Loan, LoanLine, Pool
from lended.loans.policy import Party
from lended.loans.rules.codes import CodeRow, masked, wrong_rows
from lended.loans.service.change import note
from lended.loans.service.endings import WITH_ACCESS
from lended.loans.service.guard import lock_stock, lock_stock_of_loans
from lended.work import Work

SHOWN_PROBLEMS = 20
ONCE_EACH = "Every code of this loan has been shown. Each is shown once."
NO_CODES = "This loan has no codes. Its page says in words how to get in."
MOVED_ON = "Something has become of this code since you opened the page, so nothing was changed."


def import_codes(work: Work, actor: Actor, product_slug: str, rows: Sequence[CodeRow]) -> int:
    """Keep the activation codes of a file, all or none; return how many.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own, or has no seats.
    Invalid
        When a row cannot be kept, with its line and the reason, or there is none.
    """
    pool = _pool_of_seats(work, actor, product_slug)
    known = {code.code for code in queries.codes(work.session, pool.id)}
    problems = wrong_rows(rows, known)
    if not rows:
        problems = ["There is no code in this file."]
    if problems:
        raise Invalid(problems={"sheet": _in_short(problems)})
    now = clock.now()
    work.session.add_all(
        ActivationCode(pool_id=pool.id, code=row.code, state="free", added_at=now) for row in rows
    )
    work.session.flush()
    return len(rows)


def withdraw_code(work: Work, actor: Actor, product_slug: str, code_id: int) -> None:
    """Take a code out of use before it is given to anybody.

    Raises
    ------
    NotAllowed, NotFound
        When it is not the actor's own.
    Conflict
        When it was given to a loan, or withdrawn before.
    """
    _own_code(work, actor, product_slug, code_id, "free").state = "withdrawn"
    work.session.flush()


def put_back_code(work: Work, actor: Actor, product_slug: str, code_id: int) -> None:
    """Take a code into use again that was withdrawn.

    Raises
    ------
    NotAllowed, NotFound
        When it is not the actor's own.
    Conflict
        When it is not withdrawn.
    """
    _own_code(work, actor, product_slug, code_id, "withdrawn").state = "free"
    work.session.flush()


def claim_codes(work: Work, loan: Loan) -> list[Binding]:
    """Return what binds free codes to a loan, as many as its seats; the stock must be locked.

    Nothing where the supplier keeps no codes.

    Raises
    ------
    Conflict
        When fewer are left than the loan has seats.
    """
    return [binding for line in loan.lines for binding in _claim(work, line)]


def take_seat(work: Work, actor: Actor, loan_id: int) -> int:
    """Give the next seat of a loan that nobody has to the actor, and return its id.

    Its code is then shown by `queries.code_just_taken`.

    Raises
    ------
    NotFound
        When the loan does not exist for the actor.
    NotAllowed
        When the actor is neither the teacher nor the responsible person.
    Conflict
        When it has no codes, access is over, or every code was shown.
    """
    lock_stock_of_loans(work, [loan_id])
    loan = queries.loan_to_move(work.session, actor, loan_id)
    if policy.parties(actor, loan).isdisjoint({Party.TEACHER, Party.RESPONSIBLE}):
        raise NotAllowed("Codes are shown to the teacher and the responsible person only.")
    seats = queries.seats(work.session, loan_id)
    if not seats:
        raise Conflict(NO_CODES)
    if loan.state not in WITH_ACCESS:
        raise Conflict("Access to this has ended.")
    seat_id, code = _next_unseen(work, actor, loan)
    note(work, actor, loan, "seat_taken", {"code": masked(code)})
    return seat_id


def _next_unseen(work: Work, actor: Actor, loan: Loan) -> tuple[int, str]:
    unseen = (
        select(Binding.id)
        .where(
            Binding.line_id.in_([line.id for line in loan.lines]),
            Binding.code_id.is_not(None),
            Binding.shown_at.is_(None),
            Binding.ended_at.is_(None),
        )
        .order_by(Binding.id)
        .limit(1)
    )
    taken = work.session.execute(
        update(Binding)
        .where(Binding.id == unseen.scalar_subquery(), Binding.shown_at.is_(None))
        .values(shown_at=clock.now(), shown_to_id=actor.person_id)
        .returning(Binding.id, Binding.code_id)
    ).one_or_none()
    if taken is None:
        raise Conflict(ONCE_EACH)
    return taken.id, work.session.get_one(ActivationCode, taken.code_id).code


def _claim(work: Work, line: LoanLine) -> list[Binding]:
    kept = [code for code in queries.codes(work.session, line.pool_id) if code.state != "withdrawn"]
    free = [code for code in kept if code.state == "free"][: line.quantity]
    if not kept:
        return []
    if len(free) < line.quantity:
        left = "1 code is" if len(free) == 1 else f"{len(free) or 'No'} codes are"
        raise Conflict(f"{left} left, and this loan is for {line.quantity}. Add codes first.")
    for code in free:
        code.state = "given"
    return [Binding(line_id=line.id, code_id=code.id, made_at=clock.now()) for code in free]


def _own_code(
    work: Work, actor: Actor, product_slug: str, code_id: int, state: str
) -> ActivationCode:
    pool = _pool_of_seats(work, actor, product_slug)
    found = [code for code in queries.codes(work.session, pool.id) if code.id == code_id]
    if not found:
        raise NotFound
    if found[0].state != state:
        raise Conflict(MOVED_ON)
    return found[0]


def _pool_of_seats(work: Work, actor: Actor, product_slug: str) -> Pool:
    demand(actor, policy.KEEP_STOCK)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    seats = [pool for pool in lock_stock(work, product.id) if pool.kind == "digital"]
    if not seats:
        raise NotFound
    return seats[0]


def _in_short(problems: Sequence[str]) -> str:
    shown = " ".join(problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    return f"{shown} And {more} more." if more > 0 else shown
