"""The whole machine as something to walk through at random.

Schools ask and wait, everybody makes whatever move the tables allow, and days pass. After each step
the integrity checks find nothing, and days are counted here once more, in another way.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import Engine, select

from lended.access import Actor
from lended.errors import Refusal
from lended.loans import service
from lended.loans.models import Binding, Incident, Loan, LoanEvent, LoanLine, Pool, Unit
from lended.loans.policy import PERMISSIONS, Party
from lended.loans.rules import HOLDING, MOVES, State
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.incidents import SayWish
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.queue import Flexible
from lended.loans.rules.stock import Content, StockWish, UnitWish
from lended.operations.checks import loans as of_loans
from lended.operations.checks import stock as of_stock
from lended.operations.checks.notices import nobody_is_told_twice
from tests.lended.loans.acts import ACTS, WHY
from tests.lended.loans.scene import ITEMS
from tests.lended.loans.town import CAPACITY, Town
from tests.lended.loans.waiting import at

FIRST = date(2027, 1, 11)
CHECKS = (*of_loans.CHECKS, *of_stock.CHECKS, nobody_is_told_twice)
HAS_KITS = (State.DISPATCHED, State.ACTIVE, State.OVERDUE, State.RETURNING, State.INSPECTION)
ONWARD = {
    State.SCHOOL_SIGNOFF: "sign_off",
    State.REQUESTED: "approve",
    State.OFFERED: "take_place",
    State.APPROVED: "complete_paperwork",
    State.DISPATCHED: "confirm_receipt",
    State.ISSUED: "start",
    State.ACTIVE: "ask_extension",
    State.OVERDUE: "book_return",
    State.RETURNING: "take_back",
    State.INSPECTION: "pass_inspection",
    State.ACCESS_ENDED: "confirm_deletion",
}
"""What usually comes next; what is prepared is sent or issued."""

choices = st.integers(0, 999)


class WholeMachine(RuleBasedStateMachine):
    """A product with a little stock, schools that borrow it, and days that pass."""

    line: Town
    engine: Engine

    def new_line(self) -> Town:
        """Return a scene in a database of its own, so that no walk sees another's loans."""
        raise NotImplementedError

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()

    def seen(self) -> Counter[str]:
        """Return what has happened to loans, and how often."""
        kinds = select(LoanEvent.kind)
        return Counter(self.line.read(lambda session: session.scalars(kinds).all()))

    @initialize()
    def open(self) -> None:
        self.line, self.today = self.new_line(), FIRST
        with at(self.today):
            self.line.fill()

    @rule(
        weeks=st.integers(1, 4),
        later=st.integers(1, 8),
        sets=st.integers(1, 2),
        steps=st.integers(0, 6),
    )
    def ask(self, weeks: int, later: int, sets: int, steps: int) -> None:
        """Ask for some weeks, and go so many steps of the usual way at once."""
        start = next_working_day(self.today + timedelta(weeks=later))
        self._try(self.line.ask, whole_weeks(start, weeks), sets)
        self.go_steps(max(self.loans()), steps)

    @rule(weeks=st.integers(1, 4), later=st.integers(1, 6), more=st.integers(0, 6))
    def wait(self, weeks: int, later: int, more: int) -> None:
        first = self.today + timedelta(weeks=later)
        last = first + timedelta(weeks=weeks + more, days=-1)
        self._try(self.line.join, Flexible(first, last, weeks))

    @precondition(lambda self: self.loans())
    @rule(choice=choices, steps=st.integers(1, 6))
    def go_on(self, choice: int, steps: int) -> None:
        loan_ids = list(self.loans())
        self.go_steps(loan_ids[choice % len(loan_ids)], steps)

    @precondition(lambda self: self.loans())
    @rule(choice=choices)
    def go_any_way(self, choice: int) -> None:
        """Let anybody make any move of any loan that the tables allow."""
        pairs = [
            (loan_id, move)
            for loan_id, state in self.loans().items()
            for move in ACTS
            if state in MOVES[move].sources
        ]
        if pairs:
            self.move(*pairs[choice % len(pairs)])

    @precondition(lambda self: self.in_use())
    @rule(choice=choices, amiss=st.booleans())
    def bring_back(self, choice: int, amiss: bool) -> None:
        """Let what is in use go back, whole or with something missing."""
        loan_id = self.in_use()[choice % len(self.in_use())]
        checked = "close_with_incident" if amiss else "pass_inspection"
        kit = ("book_return", "take_back", checked)
        back = kit if self.line.pool.kind == "physical" else ("end_access_early",)
        for move in (*back, "confirm_deletion"):
            self.move(loan_id, move)

    @precondition(lambda self: self.loans())
    @rule(choice=choices, good=st.booleans())
    def make_ready(self, choice: int, good: bool) -> None:
        """Let what was set aside be lent again, or written off."""
        loan_ids = list(self.loans())
        act = service.release if good else service.write_off
        self._try(self.line.do, act, self.line.supplier, loan_ids[choice % len(loan_ids)], WHY)

    @rule()
    def buy_again(self) -> None:
        """Let the supplier replace the kits that are lost or written off."""
        if self.line.pool.kind == "digital":
            return
        of_pool = select(Unit.state).where(Unit.pool_id == self.line.pool.id)
        known = self.line.read(lambda session: session.scalars(of_pool).all())
        slug, supplier = self.line.product.slug, self.line.supplier
        tiles, label = [Content("Fraction tiles", 24)], self.line.pool.label
        wish = StockWish("physical", CAPACITY["physical"], label=label, contents=tiles)
        for number in range(known.count("retired") + CAPACITY["physical"] - len(known)):
            kit = UnitWish(f"KIT-{len(known) + number}", "New", electrical_check_on=self.today)
            self._try(self.line.do, service.add_unit, supplier, slug, kit)
        self._try(self.line.do, service.keep_stock, supplier, slug, wish, self.line.pool.id)

    @rule(choice=choices, stance=st.sampled_from(["say", "agreed", "disputed", "settled"]))
    def speak(self, choice: int, stance: str) -> None:
        """Let one side of an incident say something."""
        product = self.line.product.id
        query = select(Incident.id, Incident.loan_id).join(Loan).where(Loan.product_id == product)
        incidents = self.line.read(
            lambda session: session.execute(query.order_by(Incident.id)).all()
        )
        if incidents:
            incident_id, loan_id = incidents[choice % len(incidents)]
            who = self.line.leads[loan_id] if choice % 2 else self.line.supplier
            self._try(self.line.do, service.speak, who, incident_id, SayWish(stance, WHY))

    @rule(days=st.sampled_from([1, 1, 3, 7, 21]))
    def let_days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        run = self.line.tick(self.today)
        assert run.failed == ()
        assert self.line.tick(self.today).total == 0, "a second run finds nothing to do"

    @invariant()
    def every_check_is_clean(self) -> None:
        if not hasattr(self, "line"):
            return
        with at(self.today), self.line.transaction() as work:
            found = [f"{check.__name__}: {one}" for check in CHECKS for one in check(work.session)]
        assert found == []

    @invariant()
    def no_day_is_agreed_with_more_than_there_are(self) -> None:
        """Count, day by day, what was agreed: an end that nobody knows is not an agreement."""
        if not hasattr(self, "line"):
            return
        query = select(LoanLine).where(
            LoanLine.pool_id == self.line.pool.id, LoanLine.state.in_(HOLDING)
        )
        days: Counter[date] = Counter()
        for line in self.line.read(lambda session: session.scalars(query).all()):
            open_ended = line.blocked_until == NEVER
            end = line.due_on + timedelta(days=1) if open_ended else line.blocked_until
            for number in range((end - line.blocked_from).days):
                days[line.blocked_from + timedelta(days=number)] += line.quantity
        assert max(days.values(), default=0) <= CAPACITY[self.line.pool.kind]

    @invariant()
    def no_seat_is_held_once_it_is_given_back(self) -> None:
        if not hasattr(self, "line"):
            return
        seats = (
            select(LoanLine.id)
            .join(Pool)
            .where(Pool.kind == "digital", LoanLine.holds, LoanLine.state.not_in(HOLDING))
        )
        assert self.line.read(lambda session: session.scalars(seats).all()) == []

    @invariant()
    def every_kit_that_is_out_is_known_and_is_out_once(self) -> None:
        if not hasattr(self, "line") or self.line.pool.kind == "digital":
            return
        out = select(LoanLine.id, LoanLine.quantity).where(
            LoanLine.pool_id == self.line.pool.id, LoanLine.state.in_(HAS_KITS)
        )
        bound = (
            select(Binding.line_id, Binding.unit_id)
            .join(Unit, Unit.id == Binding.unit_id)
            .where(Binding.ended_at.is_(None), Unit.pool_id == self.line.pool.id)
        )
        lines = dict(self.line.read(lambda session: session.execute(out).all()))
        pairs = self.line.read(lambda session: session.execute(bound).all())
        assert Counter(line_id for line_id, _unit in pairs) == lines
        assert len({unit_id for _line, unit_id in pairs}) == len(pairs)

    def loans(self) -> dict[int, State]:
        """Return every loan with its state."""
        if not hasattr(self, "line"):
            return {}
        query = select(Loan.id, Loan.state).where(Loan.product_id == self.line.product.id)
        rows = self.line.read(lambda session: session.execute(query.order_by(Loan.id)).all())
        return {loan_id: State(state) for loan_id, state in rows}

    def in_use(self) -> list[int]:
        """Return the loans a school has, in time or late."""
        with_school = (State.ACTIVE, State.OVERDUE)
        return [loan_id for loan_id, state in self.loans().items() if state in with_school]

    def go_steps(self, loan_id: int, steps: int) -> None:
        """Let a loan go so many steps of the usual way."""
        sent = "dispatch" if self.line.pool.kind == "physical" else "issue"
        for _ in range(steps):
            state = self.loans()[loan_id]
            move = sent if state is State.PREPARING else ONWARD.get(state)
            if move:
                self.move(loan_id, move)

    def move(self, loan_id: int, move: str) -> None:
        """Let whom it falls to make a move; the service says whether it is possible now."""
        self._try(self.line.do, self._act(move), self._who(loan_id, move), loan_id)

    def _who(self, loan_id: int, move: str) -> Actor:
        parties = PERMISSIONS[move].parties
        if Party.TEACHER in parties:
            return self.line.teachers[loan_id]
        return self.line.leads[loan_id] if Party.LEAD in parties else self.line.supplier

    def _act(self, move: str) -> Any:
        if move == "ask_extension":
            return self.line.ask_longer
        if move != "dispatch":
            return ACTS[move]
        units = select(Unit.id).where(
            Unit.pool_id == self.line.pool.id,
            Unit.state == "in_service",
            Unit.id.not_in(
                select(Binding.unit_id).where(
                    Binding.ended_at.is_(None), Binding.unit_id.is_not(None)
                )
            ),
        )
        free = self.line.read(lambda session: session.scalars(units.order_by(Unit.id)).all())

        def dispatch(work: Any, actor: Actor, loan_id: int) -> None:
            kits = select(LoanLine.quantity).where(LoanLine.pool_id == self.line.pool.id)
            sets = work.session.scalar(kits.where(LoanLine.loan_id == loan_id))
            wish = DispatchWish(ITEMS, "As new", unit_ids=free[:sets], safety_words="Looked over")
            service.dispatch(work, actor, loan_id, wish)

        return dispatch

    def _try(self, act: Any, *given: Any) -> None:
        """Do something where that can be; a refusal is an answer too."""
        try:
            with at(self.today):
                act(*given)
        except Refusal:
            return
