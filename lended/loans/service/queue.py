"""Standing in the line: joining it, taking what is offered, letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from lended import clock
from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Loan, Pool, QueuePlace
from lended.loans.rules import MOVED_ON
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import DAY, Window, in_words
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.queue import (
    MOST_LAPSES,
    Flexible,
    first_dates,
    last_offer_on,
    window_wrong,
)
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.guard import demand_held, windows_of
from lended.loans.service.promises import demand_in_time
from lended.loans.service.promotion import wish_of
from lended.loans.service.sign_off import asked_by, signs_alone
from lended.work import Work

TICK = timedelta(microseconds=1)
TOO_SOON = "It cannot be there and back within that time. Choose a later last day."
NO_NEED_TO_WAIT = (
    "There is no need to wait: within that time it is free from {day}. Choose that as the first "
    "day, and ask for it."
)


def take_place(work: Work, actor: Actor, loan_id: int) -> None:
    """Take the dates offered from the waiting list, which asks for the trial on these dates.

    It goes to the school's lead, or straight to the supplier where the teacher is the only lead.

    Raises
    ------
    NotFound, NotAllowed
        When they were not offered to the actor.
    Conflict
        When the offer has gone, or there is less than was promised.
    """
    alone = signs_alone(work, actor)
    move = "take_place" if alone else "take_place_for_signoff"
    loan = loan_to_move(work, actor, loan_id, move)
    _demand_from_queue(loan)
    demand_in_time(loan)
    demand_held(work, loan)
    change(work, actor, loan, move, **asked_by(actor, alone=alone))


def step_back(work: Work, actor: Actor, loan_id: int) -> None:
    """Let the dates offered go to the next in line; whoever does it again leaves the line.

    Raises
    ------
    NotFound, NotAllowed
        When they were not offered to the actor.
    Conflict
        When the offer has gone, or did not come from the waiting list.
    """
    loan = loan_to_move(work, actor, loan_id, "step_back")
    _demand_from_queue(loan)
    let_go(work, actor, loan)


def let_go(work: Work, actor: Actor, loan: Loan) -> None:
    """End an offer that was not taken: one place back; out of the line when that cannot be."""
    place = queries.place_of(work.session, loan.id) if from_queue(loan) else None
    pools = [line.pool for line in loan.lines]
    last_on = None
    if place and place.lapses < MOST_LAPSES:
        last_on = _last_offer_on(loan, pools, wish_of(place))
    if place is None or last_on is None:
        change(work, actor, loan, "let_lapse")
        return
    place.lapses += 1
    _let_one_pass(work, place)
    whole = windows_of(pools, loan.supplier, loan.school, wish_of(place).span)
    change(work, actor, loan, "step_back", held=whole, act_by=last_on)


def from_queue(loan: Loan) -> bool:
    """Tell whether a loan's offer came from the waiting list; else its supplier made it."""
    return loan.asked_at is None


def new_place(work: Work, loan: Loan, wish: Flexible) -> QueuePlace:
    """Return the last place on a product's waiting list; no two places have the same rank."""
    last = work.session.scalar(
        select(func.max(QueuePlace.ranked_at)).where(QueuePlace.product_id == loan.product_id)
    )
    now = clock.now()
    return QueuePlace(
        loan_id=loan.id,
        product_id=loan.product_id,
        earliest_on=wish.earliest_on,
        latest_on=wish.latest_on,
        weeks=wish.weeks,
        joined_at=now,
        ranked_at=max(now, last + TICK) if last else now,
    )


def demand_window(loan: Loan, pools: Sequence[Pool], wish: Flexible) -> date:
    """Return the last day on which an offer could still be made to somebody with this wish.

    Raises
    ------
    Invalid
        When the wish does not hold together, or nothing could be there within that time.
    """
    wrong = window_wrong(wish, clock.today(), loan.product.loan_weeks_most)
    if wrong:
        raise Invalid(problems=wrong)
    last_on = _last_offer_on(loan, pools, wish)
    if last_on is None:
        raise Invalid(problems={"latest_on": TOO_SOON})
    return last_on


def demand_none_free(
    work: Work, loan: Loan, pools: Sequence[Pool], wish: Flexible, sets: int
) -> None:
    """Go on only when somebody with this wish has to wait; the pools must be locked.

    Raises
    ------
    Conflict
        When it is free within that time, with the first day.
    """
    tomorrow = clock.today() + DAY
    stocks = queries.stocks(
        work.session, pools, loan.supplier, Window(tomorrow, NEVER), school=loan.school
    )
    dates = first_dates(stocks, sets, wish, tomorrow)
    if dates:
        raise Conflict(NO_NEED_TO_WAIT.format(day=in_words(dates.starts_on)))


def _last_offer_on(loan: Loan, pools: Sequence[Pool], wish: Flexible) -> date | None:
    return last_offer_on(
        wish,
        [queries.pauses_of(pool, loan.supplier, loan.school) for pool in pools],
        clock.today(),
        read_working_days(loan.school.working_days),
    )


def _demand_from_queue(loan: Loan) -> None:
    if not from_queue(loan):
        raise Conflict(MOVED_ON)


def _let_one_pass(work: Work, place: QueuePlace) -> None:
    """Change places with the next in line, so that exactly one passes."""
    behind = (
        each
        for each in queries.waiting(work.session, place.product_id)
        if each.ranked_at > place.ranked_at
    )
    following = next(behind, None)
    if following:
        place.ranked_at, following.ranked_at = following.ranked_at, place.ranked_at
