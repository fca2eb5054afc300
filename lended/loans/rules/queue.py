"""The waiting list: who is offered what, and who may no longer be passed over.

Those who wait stand in a line. What becomes free is offered to the first whom it fits; who was
passed over too often because too little was free has the next of it kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lended.errors import Conflict
from lended.loans.rules.availability import Stock, earliest_start
from lended.loans.rules.calendar import (
    DAY,
    Dates,
    Pauses,
    WorkingDays,
    add_working_days,
    in_words,
    whole_weeks,
)
from lended.loans.rules.deadlines import DAYS_TO_ANSWER
from lended.loans.rules.plans import MOST_DAYS_AHEAD
from lended.loans.rules.states import State

MOST_SKIPS = 3
"""How often somebody is passed over at most; then stock is kept until there is enough."""

MOST_LAPSES = 1
"""How many offers may be let go without leaving the line."""

ORDINALS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


class NoneFree(Conflict):
    """None is free on the dates asked for; there is a waiting list."""


@dataclass(frozen=True, slots=True)
class Flexible:
    """Any so many whole weeks between two days, both inclusive, as a teacher says it."""

    earliest_on: date
    latest_on: date
    weeks: int

    @property
    def span(self) -> Dates:
        """The whole time between the two days."""
        return Dates(self.earliest_on, self.latest_on)

    @property
    def last_start_on(self) -> date:
        """The last first day with which it is over in time."""
        return self.latest_on - timedelta(weeks=self.weeks) + DAY

    @property
    def words(self) -> str:
        """The wish as people read it."""
        length = "week" if self.weeks == 1 else f"{self.weeks} weeks"
        return f"any {length} between {in_words(self.earliest_on)} and {in_words(self.latest_on)}"


def window_wrong(wish: Flexible, today: date, weeks_most: int) -> dict[str, str]:
    """Return what is wrong with a flexible wish, keyed by field; nothing when all is well."""
    if wish.weeks > weeks_most:
        weeks = "1 week" if weeks_most == 1 else f"{weeks_most} weeks"
        return {"weeks": f"This is lent for {weeks} at most. Choose a shorter time."}
    if wish.latest_on <= today:
        return {"latest_on": "Choose a last day that lies in the future."}
    if wish.last_start_on < wish.earliest_on:
        return {"latest_on": "There is too little time between the two days for so many weeks."}
    if (wish.latest_on - today).days > MOST_DAYS_AHEAD:
        return {"latest_on": "Choose a last day within the next twelve months."}
    return {}


def first_dates(stocks: Sequence[Stock], sets: int, wish: Flexible, ready_on: date) -> Dates | None:
    """Return the earliest dates inside a wish over which so many sets are free; None when none are.

    Parameters
    ----------
    ready_on
        The first day on which the supplier could begin to prepare.
    """
    start = earliest_start(stocks, sets, wish.weeks, ready_on, not_before=wish.earliest_on)
    return whole_weeks(start, wish.weeks) if start and start <= wish.last_start_on else None


def ready_after_offer(offered_on: date, school: WorkingDays) -> date:
    """Return the first day on which can be prepared what is taken on an offer's last day."""
    return add_working_days(offered_on, DAYS_TO_ANSWER[State.OFFERED], school) + DAY


def can_be_offered(
    wish: Flexible, pauses: Sequence[Pauses], offered_on: date, school: WorkingDays
) -> bool:
    """Tell whether an offer on a day could still lead to dates inside a wish, were all free."""
    free = [Stock(None, each) for each in pauses]
    return first_dates(free, 1, wish, ready_after_offer(offered_on, school)) is not None


def last_offer_on(
    wish: Flexible, pauses: Sequence[Pauses], today: date, school: WorkingDays
) -> date | None:
    """Return the last day on which an offer could still be made; None when that day is past."""
    day = wish.last_start_on
    while day >= today and not can_be_offered(wish, pauses, day, school):
        day -= DAY
    return day if day >= today else None


def ordinal(number: int) -> str:
    """Return a place in a line as people write it: 1st, 2nd, 11th."""
    ending = "th" if number % 100 in TEENS else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
