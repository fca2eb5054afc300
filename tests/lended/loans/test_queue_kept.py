"""Who is passed over thrice has what is freed kept, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.rules.calendar import whole_weeks
from lended.loans.rules.queue import Flexible, NoneFree
from tests.lended.loans.scene import Transaction
from tests.lended.loans.waiting import Line, at
from tests.makers import Makers

MONDAY = date(2027, 1, 11)


@pytest.fixture
def seats(make: Makers, transaction: Transaction) -> Line:
    """Return schools that want some of thirty seats."""
    return Line(make, transaction, kind="digital", capacity=30, contents=[])


def test_a_late_school_is_passed_by_who_fits_and_kept_for_after_three(seats: Line) -> None:
    """Scenario 7."""
    with at(MONDAY):
        dates = whole_weeks(date(2027, 2, 8), 6)
        seats.ask(dates, sets=20)
        ten = seats.ask(dates, sets=10)
        wish = Flexible(date(2027, 2, 8), date(2027, 3, 21), 6)
        many = seats.join(wish, sets=25)
        few = [seats.join(wish, sets=8)]
        seats.cancel(ten)
        assert seats.states(many, few[0]) == ["waitlisted", "offered"]
        assert seats.order() == [many]
        for _ in range(2):
            few.append(seats.join(wish, sets=8))
            seats.cancel(few[-2])
            assert seats.states(few[-1]) == ["offered"]
        assert seats.place(many).skips == 3
        fourth = seats.join(wish, sets=2)
        seats.cancel(few[-1])
        assert seats.states(many, fourth) == ["waitlisted", "waitlisted"]
        with pytest.raises(NoneFree, match="is kept for a school that has waited"):
            seats.ask(dates, sets=2)
        outside = seats.ask(whole_weeks(date(2027, 4, 12), 6), sets=30)
        assert seats.states(outside) == ["school_signoff"]


def test_what_is_kept_is_not_shown_as_free_and_stops_no_yes(seats: Line, session: Session) -> None:
    with at(MONDAY):
        dates = whole_weeks(date(2027, 2, 8), 6)
        held = seats.ask(dates, sets=20)
        many = seats.join(Flexible(date(2027, 2, 8), date(2027, 3, 21), 6), sets=25)
        others = [seats.ask(dates, sets=1) for _ in range(3)]
        assert seats.place(many).skips == 3
        free = queries.borrowable_product_ids(session, date(2027, 2, 15), date(2027, 3, 1))
        assert seats.product.id not in free
        tomorrow = clock.today() + timedelta(days=1)
        assert queries.next_free(session, [seats.product.id])[seats.product.id] not in (
            tomorrow,
            None,
        )
        lead = seats.leads[held]
        seats.do(service.sign_off, lead, held, lead.person_id)
        seats.do(service.approve, seats.supplier, held)
        for loan_id in (held, *others):
            seats.cancel(loan_id)
        assert seats.states(many) == ["offered"]
        assert seats.place(many).skips == 0


UNTIL = date(2027, 3, 14)


def in_use_until_a_week_before(seats: Line) -> int:
    """Return a loan of one seat whose teacher would like to keep it a week longer."""
    return seats.loan("active", whole_weeks(date(2027, 2, 8), 4))


def test_nothing_is_kept_longer_while_a_school_waits_for_it(seats: Line) -> None:
    with at(MONDAY):
        loan_id = in_use_until_a_week_before(seats)
        seats.ask(whole_weeks(date(2027, 3, 8), 6), sets=10)
        seats.join(Flexible(date(2027, 3, 8), date(2027, 4, 18), 6), sets=21)
        with pytest.raises(Conflict, match="is waiting for it from Monday 8 March 2027"):
            seats.do(service.ask_extension, seats.teacher, loan_id, UNTIL, "Half were ill")
    assert seats.moves(loan_id)[-1] == "start"


def test_who_keeps_something_longer_passes_over_those_who_wait_for_later(seats: Line) -> None:
    """There is enough for them in the time added, so the supplier decides."""
    with at(MONDAY):
        loan_id = in_use_until_a_week_before(seats)
        seats.ask(whole_weeks(date(2027, 4, 5), 2), sets=10)
        many = seats.join(Flexible(date(2027, 3, 8), date(2027, 4, 18), 6), sets=25)
        before = seats.place(many).skips
        seats.do(service.ask_extension, seats.teacher, loan_id, UNTIL, "Half were ill")
        assert seats.moves(loan_id)[-1] == "ask_extension"
        seats.do(service.extend, seats.supplier, loan_id)
    assert seats.row(loan_id).lines[0].due_on == UNTIL
    assert seats.place(many).skips == before + 1
