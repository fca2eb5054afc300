"""On which days people are there, and what every date reckoned from them says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from lended import clock
from lended.errors import Conflict, Invalid, NotAllowed
from lended.loans import queries, service
from lended.loans.rules.availability import Hold, Stock, earliest_start, fits
from lended.loans.rules.calendar import (
    DAY,
    NATIONS,
    Closure,
    Dates,
    Pauses,
    WorkingDays,
    bank_holidays,
    first_start,
    whole_weeks,
)
from lended.loans.rules.months import day_of
from lended.loans.rules.openings import demand_working_days, read_working_days
from tests.lended.loans.scene import Scene, a_wish

WINTER, EASTER = date(2027, 2, 10), date(2027, 3, 24)
AUTUMN = Closure(date(2027, 10, 25), date(2027, 10, 29), "Half term")
CASES = 10_000


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.LONDON)


def days_kept(scene: Scene, organisation_id: int) -> WorkingDays:
    with scene.transaction() as work:
        row = work.session.get_one(type(scene.school), organisation_id)
        return read_working_days(row.working_days)


def test_a_school_and_a_supplier_keep_their_days(scene: Scene) -> None:
    scene.do(service.keep_weekdays, scene.lead, "SCT", {0, 1, 2, 3})
    scene.do(service.add_closure, scene.lead, AUTUMN)
    kept = days_kept(scene, scene.school.id)
    assert kept == WorkingDays("SCT", frozenset(range(4)), (AUTUMN,))
    assert days_kept(scene, scene.business.id) == WorkingDays()
    scene.do(service.remove_closure, scene.lead, replace(AUTUMN, words=""))
    assert days_kept(scene, scene.school.id) == replace(kept, closures=())
    scene.do(service.add_closure, scene.supplier, AUTUMN)
    assert days_kept(scene, scene.business.id).closures == (AUTUMN,)


def test_a_teacher_does_not_close_the_school(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        scene.do(service.keep_weekdays, scene.teacher, "ENG", {0})
    with pytest.raises(NotAllowed):
        scene.do(service.add_closure, scene.teacher, AUTUMN)


def test_days_that_cannot_be_are_refused_and_nothing_changes(scene: Scene) -> None:
    for nation, weekdays in (("FRA", {0}), ("ENG", set()), ("ENG", {7})):
        with pytest.raises(Invalid):
            scene.do(service.keep_weekdays, scene.lead, nation, weekdays)
    scene.do(service.add_closure, scene.lead, AUTUMN)
    with pytest.raises(Invalid):
        scene.do(service.add_closure, scene.lead, AUTUMN)
    backwards = Closure(AUTUMN.last_on, AUTUMN.first_on)
    with pytest.raises(Invalid):
        scene.do(service.add_closure, scene.lead, backwards)
    assert days_kept(scene, scene.school.id) == WorkingDays(closures=(AUTUMN,))


def test_closures_in_a_row_cannot_close_a_year() -> None:
    first = date(2027, 1, 1)
    rows = [Closure(first + n * 90 * DAY, first + (n * 90 + 89) * DAY) for n in range(4)]
    demand_working_days(WorkingDays(closures=(rows[0],)))
    with pytest.raises(Invalid):
        demand_working_days(WorkingDays(closures=tuple(rows)))


def test_a_loan_keeps_what_it_holds_when_its_supplier_closes(scene: Scene) -> None:
    before = scene.row(scene.loan("requested")).lines[0]
    scene.do(service.add_closure, scene.supplier, Closure(before.starts_on, before.due_on))
    after = scene.row(before.loan_id).lines[0]
    assert (after.blocked_from, after.blocked_until) == (before.blocked_from, before.blocked_until)


def test_over_easter_list_calendar_request_and_approval_agree(scene: Scene) -> None:
    """Scenario 11."""
    with scene.transaction() as work:
        supplier = work.session.merge(scene.supplier_row)
        supplier.preparation_days, supplier.transit_out_days = 0, 2
        supplier.transit_back_days, supplier.turnaround_days = 2, 1
    expected = date(2027, 4, 5)
    with clock.at(noon(WINTER)):
        due_before_easter = Dates(date(2027, 3, 1), EASTER)
        taken = scene.row(scene.loan("requested", due_before_easter))
        assert taken.lines[0].blocked_until == date(2027, 4, 1)
        scene.do(service.approve, scene.supplier, taken.id)
    with clock.at(noon(date(2027, 2, 25))):
        with scene.transaction() as work:
            listed = queries.next_free(work.session, [scene.product.id])
            pools = queries.stock_of_product(work.session, scene.product.id)
            shown = queries.availability_months(work.session, pools)
        assert listed == {scene.product.id: expected}
        free = [
            day.on
            for month in shown
            for week in month.weeks
            for day in week
            if day and day.state == "free"
        ]
        assert free[0] == expected
        teacher, lead = scene.another_school()
        too_soon = a_wish(dates=whole_weeks(expected - 3 * DAY, 4))
        loan_id = scene.draft(teacher)
        with pytest.raises(Conflict, match="Monday 5 April 2027"):
            scene.do(service.submit, teacher, loan_id, too_soon)
        scene.do(service.submit, teacher, loan_id, a_wish(dates=whole_weeks(expected, 4)))
        scene.do(service.sign_off, lead, loan_id, lead.person_id)
        scene.do(service.approve, scene.supplier, loan_id)


def random_days(chance: Random) -> WorkingDays:
    weekdays = frozenset(chance.sample(range(7), chance.randint(2, 7))) | {1}
    closures = []
    for _ in range(chance.randint(0, 3)):
        first = WINTER + chance.randint(0, 90) * DAY
        closures.append(Closure(first, first + chance.randint(0, 12) * DAY))
    return WorkingDays(chance.choice(list(NATIONS)), weekdays, tuple(closures))


def random_stock(chance: Random) -> Stock:
    pauses = Pauses(
        chance.randint(0, 2),
        chance.randint(0, 2),
        chance.randint(0, 2),
        chance.randint(0, 2),
        supplier=random_days(chance),
        school=random_days(chance) if chance.random() < 0.7 else None,
    )
    holds = []
    for _ in range(chance.randint(0, 4)):
        start = WINTER + chance.randint(-20, 60) * DAY
        holds.append(Hold(chance.randint(1, 2), start, start + chance.randint(1, 40) * DAY))
    return Stock(chance.randint(1, 3), pauses, holds)


class Oracle:
    """Walks from day to day and knows no other way."""

    def __init__(self, stock: Stock) -> None:
        self.stock, self.pauses = stock, stock.pauses

    def works(self, day: date, days: WorkingDays) -> bool:
        closed = {
            closure.first_on + n * DAY
            for closure in days.closures
            for n in range((closure.last_on - closure.first_on).days + 1)
        }
        holiday = day in bank_holidays(day.year, days.nation)
        return day.weekday() in days.weekdays and not holiday and day not in closed

    def meet(self, day: date) -> bool:
        school = self.pauses.school
        return self.works(day, self.pauses.supplier) and (school is None or self.works(day, school))

    def taken_before(self, start: date) -> set[date]:
        """Return the days before a loan on which the kit is packed or under way."""
        taken: set[date] = set()
        wanted, day, handed_over = self.pauses.before, start, not self.pauses.transit_out
        while wanted:
            day -= DAY
            taken.add(day)
            if not handed_over:
                handed_over = self.meet(day)
                wanted -= handed_over
            else:
                wanted -= self.works(day, self.pauses.supplier)
        return taken

    def taken_after(self, due: date) -> set[date]:
        """Return the days after a loan until the kit is checked."""
        taken: set[date] = set()
        wanted, day, handed_over = self.pauses.after, due, not self.pauses.transit_back
        while wanted:
            day += DAY
            taken.add(day)
            if not handed_over:
                handed_over = self.meet(day)
                wanted -= handed_over
            else:
                wanted -= self.works(day, self.pauses.supplier)
        return taken

    def free(self, dates: Dates) -> int:
        days = {dates.starts_on + n * DAY for n in range((dates.due_on - dates.starts_on).days + 1)}
        days |= self.taken_before(dates.starts_on) | self.taken_after(dates.due_on)
        assert self.stock.capacity is not None
        return self.stock.capacity - max(
            sum(hold.quantity for hold in self.stock.holds if hold.start <= day < hold.end)
            for day in days
        )

    def can_begin(self, day: date, ready: date) -> bool:
        return self.meet(day) and min(self.taken_before(day) | {day}) >= ready

    def earliest(self, ready: date, weeks: int, sets: int) -> date | None:
        for count in range(250):
            day = ready + count * DAY
            if self.can_begin(day, ready) and self.free(whole_weeks(day, weeks)) >= sets:
                return day
        return None


def test_whatever_the_calendars_list_calendar_and_request_say_what_walking_says() -> None:
    chance = Random(11)
    for case in range(CASES):
        stock, weeks = random_stock(chance), chance.randint(1, 4)
        sets = chance.randint(1, stock.capacity or 1)
        oracle, ready = Oracle(stock), WINTER
        day = ready + timedelta(days=chance.randint(0, 80))
        dates = whole_weeks(day, weeks)
        found = oracle.free(dates)
        assert fits([stock], dates, sets) == (found >= sets), case
        shown = day_of([stock], day, sets=sets, weeks=weeks, first=first_start(ready, stock.pauses))
        can_begin = oracle.can_begin(day, ready)
        assert (shown.state in {"free", "some"}) == (can_begin and found >= sets), case
        if can_begin:
            assert shown.free == max(found, 0), case
        if case % 4 == 0:
            earliest = earliest_start([stock], sets, weeks, ready)
            assert earliest == oracle.earliest(ready, weeks, sets), case
