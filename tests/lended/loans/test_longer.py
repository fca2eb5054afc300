"""Nothing is kept longer at the cost of a school that waits for just that time, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.models import Extension, LoanLine, QueuePlace
from lended.loans.rules.calendar import DAY, in_words, ready_again_on, whole_weeks
from lended.loans.rules.queue import MOST_SKIPS, Flexible
from lended.loans.rules.stock import Content, StockWish
from tests.lended.loans.scene import Transaction
from tests.lended.loans.waiting import Line, at
from tests.makers import Makers

MONDAY = date(2027, 1, 11)
LENT = whole_weeks(date(2027, 2, 1), 4)
UNTIL = LENT.due_on + timedelta(weeks=1)
NEXT = whole_weeks(date(2027, 3, 22), 4)
"""What another school was promised after that, with some weeks in between."""

AFTERWARDS = Flexible(LENT.due_on + DAY, NEXT.due_on - timedelta(weeks=2), 4)
"""Four weeks that there would be, were it not for what others were promised."""

WHY = "Half of the class was ill"


@pytest.fixture(params=["physical", "digital"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return that something is sent, then that access is given."""
    kind: str = request.param
    return kind


@pytest.fixture
def one(make: Makers, transaction: Transaction, kind: str) -> Line:
    """Return a line with one kit, or one seat."""
    return Line(make, transaction, kind=kind)


@pytest.fixture
def two(make: Makers, transaction: Transaction, kind: str) -> Line:
    """Return a line with two kits, or two seats."""
    return Line(make, transaction, kind=kind, capacity=2)


def ask(line: Line, loan_id: int, until: date = UNTIL) -> None:
    line.do(service.ask_extension, line.teacher, loan_id, until, WHY)


def due(line: Line, loan_id: int) -> date:
    return line.row(loan_id).lines[0].due_on


def test_what_somebody_waits_for_cannot_be_kept_longer(one: Line, session: Session) -> None:
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        one.others_wait(NEXT, AFTERWARDS)
        before = one.moves(loan_id)
        with pytest.raises(Conflict) as refused:
            ask(one, loan_id)
        hindrance = service.why_no_longer(session, one.row(loan_id))
    first = in_words(AFTERWARDS.earliest_on)
    words = f"Another school is waiting for it from {first}, so it has to go back on its day."
    assert refused.value.words == hindrance == words
    assert one.moves(loan_id) == before
    assert due(one, loan_id) == LENT.due_on
    assert session.scalars(select(Extension)).all() == []


def test_with_another_one_for_who_waits_it_may_be_asked(two: Line, session: Session) -> None:
    with at(MONDAY):
        loan_id = two.loan("active", LENT)
        two.others_wait(NEXT, AFTERWARDS)
        assert service.why_no_longer(session, two.row(loan_id)) == ""
        ask(two, loan_id)
        assert two.moves(loan_id)[-1] == "ask_extension"
        two.do(service.extend, two.supplier, loan_id)
    assert due(two, loan_id) == UNTIL


def test_another_one_is_not_enough_for_two_who_wait(two: Line) -> None:
    with at(MONDAY):
        loan_id = two.loan("active", LENT)
        two.others_wait(NEXT, AFTERWARDS)
        two.join(AFTERWARDS)
        with pytest.raises(Conflict, match="is waiting for it"):
            ask(two, loan_id)


def test_who_waits_for_another_time_is_in_nobodys_way(one: Line) -> None:
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        one.others_wait(NEXT)
        one.join(Flexible(LENT.due_on - timedelta(weeks=2) + DAY, LENT.due_on, 2))
        ask(one, loan_id)
        assert one.moves(loan_id)[-1] == "ask_extension"


def test_it_is_said_until_when_what_is_waited_for_can_be_kept(one: Line) -> None:
    later = Flexible(date(2027, 3, 15), date(2027, 4, 11), 4)
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        last = last_day_before(one, loan_id, one.others_wait(NEXT, later))
        with pytest.raises(Conflict, match="is waiting for it from Monday 15 March") as refused:
            ask(one, loan_id, last + DAY)
        assert refused.value.words.endswith(f"It could be kept until {in_words(last)}.")
        ask(one, loan_id, last)
        one.do(service.extend, one.supplier, loan_id)
    assert due(one, loan_id) == last


def last_day_before(line: Line, loan_id: int, waits: int) -> date:
    """Return the last day until which a loan leaves all the time that another waits for."""
    loan = line.row(loan_id)
    pauses = queries.pauses_of(loan.lines[0].pool, loan.supplier, loan.school)
    wanted = select(LoanLine.blocked_from).where(LoanLine.loan_id == waits)
    first: date = line.read(lambda session: session.scalars(wanted).one())
    days = (first - number * DAY for number in range(60))
    return next(day for day in days if ready_again_on(day, pauses) <= first)


def test_once_nobody_waits_for_it_any_longer_it_is_kept_at_once(one: Line) -> None:
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        waits = one.others_wait(NEXT, AFTERWARDS)
        with pytest.raises(Conflict):
            ask(one, loan_id)
        one.cancel(waits)
        ask(one, loan_id)
    assert one.moves(loan_id)[-1] == "extend"
    assert due(one, loan_id) == UNTIL


def test_what_is_late_goes_back_to_who_waits_for_it(make: Makers, transaction: Transaction) -> None:
    """What is not back holds without end, yet today is the day from which others could have it."""
    kit = Line(make, transaction)
    with at(MONDAY):
        loan_id = kit.loan("active", LENT)
    with at(LENT.due_on - 2 * DAY):
        kit.others_wait(NEXT, Flexible(LENT.due_on + DAY, LENT.due_on + timedelta(weeks=4), 2))
    late = LENT.due_on + 2 * DAY
    kit.tick(late)
    assert kit.state(loan_id) == "overdue"
    with at(late), pytest.raises(Conflict, match="is waiting for it"):
        ask(kit, loan_id, late + timedelta(weeks=1))


def test_who_waits_for_more_than_there_is_by_now_is_in_nobodys_way(two: Line) -> None:
    stock = StockWish(two.pool.kind, 1, contents=[Content("Fraction tiles", 24)])
    with at(MONDAY):
        loan_id = two.loan("active", LENT)
        two.others_wait(NEXT, AFTERWARDS, sets=2)
        with pytest.raises(Conflict, match="is waiting for it"):
            ask(two, loan_id)
        two.do(service.keep_stock, two.supplier, two.product.slug, stock)
        ask(two, loan_id)
    assert two.moves(loan_id)[-1] == "ask_extension"


def test_a_yes_passes_over_who_began_to_wait_meanwhile_but_not_too_often(one: Line) -> None:
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        one.others_wait(NEXT)
        ask(one, loan_id)
        waits = one.join(AFTERWARDS)
        keep_for(one, waits, MOST_SKIPS)
        with pytest.raises(Conflict, match="is waiting for it"):
            one.do(service.extend, one.supplier, loan_id)
        keep_for(one, waits, MOST_SKIPS - 1)
        one.do(service.extend, one.supplier, loan_id)
    assert due(one, loan_id) == UNTIL
    assert one.place(waits).skips == MOST_SKIPS


def keep_for(line: Line, loan_id: int, skips: int) -> None:
    """Let somebody have been passed over so often."""
    with line.transaction() as work:
        work.session.get_one(QueuePlace, loan_id).skips = skips


def test_what_others_were_promised_meanwhile_cannot_be_kept_by_a_yes(one: Line) -> None:
    with at(MONDAY):
        loan_id = one.loan("active", LENT)
        one.others_wait(whole_weeks(date(2027, 4, 12), 4))
        ask(one, loan_id, LENT.due_on + timedelta(weeks=2))
        one.ask(whole_weeks(date(2027, 3, 12), 1))
        with pytest.raises(Conflict, match="Somebody else was promised this"):
            one.do(service.extend, one.supplier, loan_id)
    assert due(one, loan_id) == LENT.due_on
