"""Offering what has become free to those who wait, in the transaction that freed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lended import clock
from lended.access import CLOCK
from lended.catalogue.rules.listings import PUBLISHED
from lended.loans import queries
from lended.loans.models import Loan, QueuePlace
from lended.loans.rules.availability import NEVER, Hold, Stock
from lended.loans.rules.calendar import Dates, Window
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.queue import MOST_SKIPS, Flexible, first_dates, ready_after_offer
from lended.loans.service.change import change
from lended.loans.service.guard import Held, lock_stock, sets_of, windows_of
from lended.loans.service.terms import terms_of
from lended.work import Work

Taken = Mapping[int, list[Hold]]
"""What is taken of each pool, by its id."""


def promote(work: Work, product_id: int, let_go_by: int | None = None) -> int:
    """Offer what is free to those who wait, in the order of the line; return how many offers.

    What is no longer public is offered to nobody: those who wait for it may see their time pass.
    Each whom it fits is offered the earliest dates inside the own wish, and they are held. Who has
    been passed over too often keeps everybody behind away from what is needed.

    Parameters
    ----------
    let_go_by
        A loan that has just let it go, and is not offered the same again at once.
    """
    pools = lock_stock(work, product_id)
    places = queries.waiting(work.session, product_id)
    if not places or places[0].loan.product.state != PUBLISHED:
        return 0
    ahead = Window(clock.today(), NEVER)
    taken = queries.holds(work.session, [pool.id for pool in pools], ahead, kept=False)
    passed: list[QueuePlace] = []
    offers = 0
    for place in places:
        if place.loan_id == let_go_by:
            continue
        dates = _first_dates(place, taken)
        if dates is None:
            passed.append(place)
            _keep(taken, [place])
        else:
            held = _offer(work, place, dates)
            offers += 1
            _take(taken, place.loan, held.windows)
            _keep(taken, _skip(passed, held.windows))
    work.session.flush()
    return offers


def pass_over(work: Work, loan: Loan, held: Held) -> None:
    """Count it for those who wait when somebody else is given what they might have had."""
    _skip(queries.waiting(work.session, loan.product_id), held.windows)
    work.session.flush()


def wish_of(place: QueuePlace) -> Flexible:
    """Return what somebody waits for."""
    return Flexible(place.earliest_on, place.latest_on, place.weeks)


def could_be_served(place: QueuePlace) -> bool:
    """Tell whether there is as much as somebody waits for, were all of it free."""
    return all(
        line.pool.unlimited or line.quantity <= line.pool.capacity for line in place.loan.lines
    )


def touches(loan: Loan, windows: Mapping[int, Window]) -> bool:
    """Tell whether a loan holds or wants some of what is held in these windows."""
    return any(
        line.blocked_from < windows[line.pool_id].end
        and windows[line.pool_id].start < line.blocked_until
        for line in loan.lines
        if line.pool_id in windows
    )


def _first_dates(place: QueuePlace, taken: Taken) -> Dates | None:
    """Return the earliest dates for a place, such that there is time to take them."""
    loan = place.loan
    stocks = [
        Stock(
            line.pool.in_service,
            queries.pauses_of(line.pool, loan.supplier, loan.school),
            taken.get(line.pool_id, ()),
            line.pool.in_a_set,
        )
        for line in loan.lines
    ]
    ready_on = ready_after_offer(clock.today(), read_working_days(loan.school.working_days))
    return first_dates(stocks, sets_of(loan), wish_of(place), ready_on)


def _offer(work: Work, place: QueuePlace, dates: Dates) -> Held:
    """Hold dates for a place until its teacher answers; whoever is offered is no longer skipped."""
    loan = place.loan
    pools = [line.pool for line in loan.lines]
    held = windows_of(pools, loan.supplier, loan.school, dates)
    place.skips = 0
    change(
        work,
        CLOCK,
        loan,
        "offer_place",
        after={"starts_on": dates.starts_on.isoformat(), "due_on": dates.due_on.isoformat()},
        held=held,
        terms=terms_of(loan, pools, sets_of(loan), dates),
    )
    return held


def _skip(places: Iterable[QueuePlace], windows: Mapping[int, Window]) -> list[QueuePlace]:
    """Count a skip for each place whose time is touched; return those that reach the most."""
    reached = []
    for place in places:
        if place.skips < MOST_SKIPS and touches(place.loan, windows):
            place.skips += 1
            if place.skips == MOST_SKIPS:
                reached.append(place)
    return reached


def _keep(taken: Taken, places: Sequence[QueuePlace]) -> None:
    """Let nobody behind take what is needed by those of these places that waited longest."""
    for place in places:
        whole = {
            line.pool_id: Window(line.blocked_from, line.blocked_until)
            for line in place.loan.lines
            if line.pool.unlimited or line.quantity <= line.pool.capacity
        }
        if place.skips >= MOST_SKIPS:
            _take(taken, place.loan, whole)


def _take(taken: Taken, loan: Loan, windows: Mapping[int, Window]) -> None:
    for line in loan.lines:
        window = windows.get(line.pool_id)
        if window:
            taken[line.pool_id].append(Hold(line.quantity, window.start, window.end))
