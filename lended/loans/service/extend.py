"""Keeping a loan longer: the school asks, and the supplier answers, or nobody needs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from lended import clock
from lended.access import CLOCK, Actor
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Extension, Loan, Pool
from lended.loans.rules import State
from lended.loans.rules.availability import free_in
from lended.loans.rules.calendar import DAY, Dates, Window, in_words
from lended.loans.rules.extensions import MOST_EXTENSIONS, extension_wrong
from lended.loans.rules.openings import read_working_days
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.guard import Held, demand_stock_of, sets_of, windows_of
from lended.loans.service.promises import dates_of
from lended.loans.service.promotion import pass_over, waiting_for
from lended.work import Work

ASKED_ALREADY = "You have asked to keep it longer already; the supplier has not answered yet."
NOTHING_ASKED = "Nobody asks to keep this longer now."
WAITED_FOR = (
    "Another school waits for this time and there is none left for it, so it has to go back on its "
    "day."
)
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
        When it is not in use, was asked or extended before too often, others wait for that time
        and none is left for them, or were promised it; then with the last day that would do.
    """
    loan = loan_to_move(work, actor, loan_id, "ask_extension")
    dates = dates_of(loan)
    school_days = read_working_days(loan.school.working_days)
    wrong = extension_wrong(until, dates, loan.product.loan_weeks_most, clock.today(), school_days)
    if wrong:
        raise Invalid(problems=wrong)
    _demand_not_too_often(work, loan)
    pools = demand_stock_of(work, loan)
    held = _demand_longer(work, loan, pools, until)
    _demand_enough_for_who_waits(work, loan, pools, _added(loan, held))
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
    if not _somebody_waits(work, loan):
        _grant(work, CLOCK, loan, wish, held)


def extend(work: Work, actor: Actor, loan_id: int, words: str = "") -> None:
    """Agree that a loan is kept until the day that was asked for.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to answer.
    Conflict
        When nobody asks, it is no longer in use, or others were promised it meanwhile.
    """
    loan = loan_to_move(work, actor, loan_id, "extend")
    wish = _asked(work, loan)
    pools = demand_stock_of(work, loan)
    held = _demand_longer(work, loan, pools, wish.until_on)
    pass_over(work, loan, _added(loan, held))
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


def _demand_longer(work: Work, loan: Loan, pools: list[Pool], until: date) -> Held:
    """Return what to hold until a later day when nobody else was promised it.

    Raises
    ------
    Conflict
        Otherwise, with the last day that would do.
    """
    held = _held_until(loan, pools, until)
    alone = {line.pool_id: line.quantity for line in loan.lines}
    if _is_free(work, loan, pools, held, alone):
        return held
    day = until - DAY
    while day > max(dates_of(loan).due_on, clock.today()):
        if _is_free(work, loan, pools, _held_until(loan, pools, day), alone):
            raise Conflict(
                "Somebody else was promised this, so it cannot be kept as long. It could be kept "
                f"until {in_words(day)}."
            )
        day -= DAY
    raise Conflict("Somebody else was promised this, so it has to go back on its day.")


def _added(loan: Loan, held: Held) -> Held:
    """Return what a loan would hold beyond its last day as it is now."""
    after = dates_of(loan).due_on + DAY
    return Held(
        held.dates, {pool_id: Window(after, each.end) for pool_id, each in held.windows.items()}
    )


def _demand_enough_for_who_waits(work: Work, loan: Loan, pools: list[Pool], added: Held) -> None:
    """Go on only while whoever waits for some of the added time could have another one.

    Raises
    ------
    Conflict
        When a school would go on waiting because of it.
    """
    for waits in waiting_for(work, loan.product_id, added):
        sets = sets_of(waits)
        both = {line.pool_id: line.quantity + sets * line.pool.in_a_set for line in loan.lines}
        if not _is_free(work, loan, pools, added, both):
            raise Conflict(WAITED_FOR)


def _held_until(loan: Loan, pools: list[Pool], until: date) -> Held:
    """Return what a loan holds with another last day; from when stays as it is."""
    dates = Dates(dates_of(loan).starts_on, until)
    ends = windows_of(pools, loan.supplier, loan.school, dates).windows
    return Held(
        dates,
        {line.pool_id: Window(line.blocked_from, ends[line.pool_id].end) for line in loan.lines},
    )


def _is_free(
    work: Work, loan: Loan, pools: list[Pool], held: Held, wanted: Mapping[int, int]
) -> bool:
    """Tell whether so many of each pool are there from now on, beside what others hold."""
    in_service = {pool.id: pool.in_service for pool in pools}
    for line in loan.lines:
        window = held.windows[line.pool_id]
        window = Window(max(clock.today(), window.start), window.end)
        others = queries.holds(work.session, [line.pool_id], window, without_loan=loan.id)
        free = free_in(in_service[line.pool_id], others.get(line.pool_id, ()), window)
        if free is not None and free < wanted[line.pool_id]:
            return False
    return True


def _somebody_waits(work: Work, loan: Loan) -> bool:
    waiting = select(Loan.id).where(
        Loan.product_id == loan.product_id, Loan.state == State.WAITLISTED
    )
    return work.session.scalar(waiting.limit(1)) is not None
