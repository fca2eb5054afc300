"""Nobody starves: random walks of schools that ask, wait, take, let go and leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lended.errors import Conflict, Invalid
from lended.loans import queries, service
from lended.loans.models import QueuePlace
from lended.loans.rules import State
from lended.loans.rules.availability import NEVER, Hold, Stock
from lended.loans.rules.calendar import Window, whole_weeks
from lended.loans.rules.queue import MOST_SKIPS, Flexible, first_dates, ready_after_offer
from tests.lended.loans.scene import Transaction
from tests.lended.loans.waiting import Line, at
from tests.makers import Makers

TODAY = date(2027, 1, 11)
FIRST = date(2027, 2, 1)
SEATS = 6
numbers = st.integers(1, SEATS)
weeks = st.integers(0, 5)


def test_whoever_waits_is_passed_over_three_times_at_most(
    make: Makers, transaction: Transaction
) -> None:
    class Walk(Waiting):
        def new_line(self) -> Line:
            return Line(make, transaction, kind="digital", capacity=SEATS, contents=[])

    run_state_machine_as_test(
        Walk, settings=settings(max_examples=8, stateful_step_count=14, deadline=None)
    )


class Waiting(RuleBasedStateMachine):
    """A product with a few seats, and schools that come and go."""

    line: Line

    def new_line(self) -> Line:
        raise NotImplementedError

    @initialize()
    def open(self) -> None:
        self.line = self.new_line()
        self.let_go: set[int] = set()

    @rule(sets=numbers, week=weeks, length=st.integers(1, 4))
    def ask(self, sets: int, week: int, length: int) -> None:
        start = FIRST + timedelta(weeks=week)
        with at(TODAY):
            self._try(self.line.ask, whole_weeks(start, length), sets)

    @rule(sets=numbers, week=weeks, length=st.integers(1, 4), more=st.integers(0, 3))
    def join(self, sets: int, week: int, length: int, more: int) -> None:
        start = FIRST + timedelta(weeks=week)
        wish = Flexible(start, start + timedelta(weeks=length + more, days=-1), length)
        with at(TODAY):
            self._try(self.line.join, wish, sets)

    @precondition(lambda self: self.in_state(State.SCHOOL_SIGNOFF, State.WAITLISTED))
    @rule(choice=st.integers(0, 99))
    def leave(self, choice: int) -> None:
        open_ones = self.in_state(State.SCHOOL_SIGNOFF, State.WAITLISTED)
        with at(TODAY):
            self.line.cancel(open_ones[choice % len(open_ones)])
        self.let_go.clear()

    @precondition(lambda self: self.in_state(State.OFFERED))
    @rule(choice=st.integers(0, 99), takes=st.booleans())
    def answer(self, choice: int, takes: bool) -> None:
        offered = self.in_state(State.OFFERED)
        loan_id = offered[choice % len(offered)]
        behind = self.line.order()
        with at(TODAY):
            self.line.act(service.take_place if takes else service.step_back, loan_id)
        if not takes:
            self.let_go = {loan_id}
            self._passed_by_one_at_most(loan_id, behind)

    @invariant()
    def nothing_is_promised_twice(self) -> None:
        held = self._held(kept=False)
        for start in range(0, 120, 7):
            day = TODAY + timedelta(days=start)
            assert sum(each.quantity for each in held if each.start <= day < each.end) <= SEATS

    @invariant()
    def nobody_is_passed_over_more_than_three_times(self) -> None:
        assert all(self.line.place(loan_id).skips <= MOST_SKIPS for loan_id in self.line.order())

    @invariant()
    def what_is_free_fits_nobody_who_waits(self) -> None:
        kept: list[Hold] = []
        held = self._held(kept=False)
        for place in self._places():
            stock = Stock(SEATS, queries.stock.NO_PAUSES, [*held, *kept])
            wish = Flexible(place.earliest_on, place.latest_on, place.weeks)
            ready_on = ready_after_offer(TODAY, queries.stock.NO_PAUSES.supplier)
            sets = place.loan.lines[0].quantity
            if place.loan_id not in self.let_go:
                assert first_dates([stock], sets, wish, ready_on) is None
            if place.skips == MOST_SKIPS:
                whole = place.loan.lines[0]
                kept.append(Hold(sets, whole.blocked_from, whole.blocked_until))

    def teardown(self) -> None:
        """Let everything be given back, again and again: nobody waits in the end."""
        for _ in range(len(self.in_state(State.WAITLISTED)) + 1):
            for loan_id in self.in_state(State.SCHOOL_SIGNOFF, State.OFFERED):
                with at(TODAY):
                    self.line.cancel(loan_id)
        assert set(self.in_state(State.WAITLISTED)) <= self.let_go

    def in_state(self, *states: State) -> list[int]:
        if not hasattr(self, "line"):
            return []
        loan_ids = list(self.line.teachers)
        pairs = zip(loan_ids, self.line.states(*loan_ids), strict=True)
        return [loan_id for loan_id, state in pairs if state in states]

    def _try(self, act: Any, *given: Any) -> None:
        """Ask or join where that can be; a refusal changes nothing and is fine."""
        try:
            act(*given)
        except (Conflict, Invalid):
            return
        self.let_go -= {max(self.line.teachers)}

    def _held(self, *, kept: bool) -> list[Hold]:
        ahead = Window(TODAY, NEVER)
        pool_id = self.line.pool.id
        found: dict[int, list[Hold]] = self.line.read(
            lambda session: queries.holds(session, [pool_id], ahead, kept=kept)
        )
        return found.get(pool_id, [])

    def _places(self) -> list[QueuePlace]:
        product_id = self.line.product.id
        found: list[QueuePlace] = self.line.read(
            lambda session: queries.waiting(session, product_id)
        )
        return found

    def _passed_by_one_at_most(self, loan_id: int, behind: list[int]) -> None:
        order = self.line.order()
        if loan_id in order:
            still = [each for each in behind if each in order]
            assert [each for each in order if each != loan_id] == still
