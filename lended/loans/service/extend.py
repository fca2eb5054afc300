"""Keeping a loan longer: the school asks, and the supplier answers, or nobody needs to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from lended import clock
from lended.access import CLOCK, Actor
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Extension, Loan
from lended.loans.rules.extensions import MOST_EXTENSIONS, extension_wrong
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.queue import MOST_SKIPS
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.guard import Held, demand_stock_of
from lended.loans.service.longer import Longer
from lended.loans.service.promises import dates_of
from lended.loans.service.promotion import pass_over
from lended.work import Work

ASKED_ALREADY = "You have asked to keep it longer already; the supplier has not answered yet."
NOTHING_ASKED = "Nobody asks to keep this longer now."
AT_MOST = (
    f"It has been extended {MOST_EXTENSIONS} times, and that is the most. Please send it back, so "
    "that others can try it too."
)


def ask_extension(work: Work, actor: Actor, loan_id: int, until: date, words: str) -> None:
    """Ask to keep a loan until a later day; it is granted at once when nobody waits for it.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's trial.
    Invalid
        When the day cannot be, or no words say why.
    Conflict
        When it is not in use, was asked or extended before too often, or others were promised it
        or wait for it; then with the last day that would do.
    """
    loan = loan_to_move(work, actor, loan_id, "ask_extension")
    dates = dates_of(loan)
    school_days = read_working_days(loan.school.working_days)
    wrong = extension_wrong(until, dates, loan.product.loan_weeks_most, clock.today(), school_days)
    if wrong:
        raise Invalid(problems=wrong)
    _demand_not_too_often(work, loan)
    pools = demand_stock_of(work, loan)
    waiting = queries.waiting(work.session, loan.product_id)
    held = Longer.beside(work.session, loan, pools, waiting).demand(until)
    wish = Extension(
        loan_id=loan.id,
        was_due_on=dates.due_on,
        until_on=until,
        words=words,
        state="asked",
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
    )
    change(work, actor, loan, "ask_extension", words=words, after={"until": until.isoformat()})
    work.session.add(wish)
    work.session.flush()
    if not waiting:
        _grant(work, CLOCK, loan, wish, held)


def extend(work: Work, actor: Actor, loan_id: int, words: str = "") -> None:
    """Agree that a loan is kept until the day that was asked for.

    Who began to wait for that time since is passed over; who was so too often is not.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Conflict
        When nobody asks, it is no longer in use, others were promised it meanwhile, or it is kept
        for who waits.
    """
    loan = loan_to_move(work, actor, loan_id, "extend")
    wish = _asked(work, loan)
    pools = demand_stock_of(work, loan)
    waiting = queries.waiting(work.session, loan.product_id)
    kept_for = [place for place in waiting if place.skips >= MOST_SKIPS]
    longer = Longer.beside(work.session, loan, pools, kept_for)
    held = longer.demand(wish.until_on)
    pass_over(work, loan, longer.added(wish.until_on))
    _grant(work, actor, loan, wish, held, words=words)


def decline_extension(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say that a loan has to come back on its day, and why.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Invalid
        When no words say why.
    Conflict
        When nobody asks, or it is no longer in use.
    """
    loan = loan_to_move(work, actor, loan_id, "decline_extension")
    wish = _asked(work, loan)
    change(work, actor, loan, "decline_extension", words=words)
    _answer(wish, actor, "declined", words)
    work.session.flush()


def _grant(
    work: Work, actor: Actor, loan: Loan, wish: Extension, held: Held, *, words: str = ""
) -> None:
    dates = {"was": wish.was_due_on.isoformat(), "until": wish.until_on.isoformat()}
    change(work, actor, loan, "extend", words=words, after=dates, held=held)
    _answer(wish, actor, "approved", words)
    work.session.flush()


def _answer(wish: Extension, actor: Actor, state: str, words: str) -> None:
    wish.state = state
    wish.answered_at = clock.now()
    wish.answered_by_id = actor.person_id
    wish.answer_words = words


def _asked(work: Work, loan: Loan) -> Extension:
    wish = work.session.scalar(
        select(Extension).where(Extension.loan_id == loan.id, Extension.state == "asked")
    )
    if wish is None:
        raise Conflict(NOTHING_ASKED)
    return wish


def _demand_not_too_often(work: Work, loan: Loan) -> None:
    found = select(Extension.state, func.count()).where(Extension.loan_id == loan.id)
    rows = work.session.execute(found.group_by(Extension.state))
    counts = {state: count for state, count in rows}  # noqa: C416 - typed by being taken apart
    if counts.get("asked"):
        raise Conflict(ASKED_ALREADY)
    if counts.get("approved", 0) >= MOST_EXTENSIONS:
        raise Conflict(AT_MOST)
