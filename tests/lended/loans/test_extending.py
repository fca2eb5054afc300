"""Keeping a loan longer, and asking what it costs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import CLOCK
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import Enquiry, Extension, LoanLine
from lended.loans.rules.calendar import (
    ENGLAND,
    Dates,
    add_working_days,
    in_words,
    next_working_day,
    ready_again_on,
    whole_weeks,
)
from lended.loans.rules.extensions import GRACE_DAYS, MOST_EXTENSIONS, extension_wrong
from lended.loans.service.change import change
from tests.lended.loans.scene import Scene, Transaction, a_wish
from tests.lended.loans.waiting import Line
from tests.makers import Makers

WEEK = timedelta(weeks=1)
WHY = "Half of the class was ill"
FIRST = date(2027, 3, 1)


def on(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=clock.LONDON)


def due(scene: Scene, loan_id: int) -> date:
    return scene.row(loan_id).lines[0].due_on


@pytest.fixture(params=["physical", "digital"])
def lent(make: Makers, transaction: Transaction, request: pytest.FixtureRequest) -> Line:
    """Return a line with one kit, then one with one seat."""
    return Line(make, transaction, kind=request.param)


@pytest.fixture
def kit(make: Makers, transaction: Transaction) -> Line:
    """Return a line with one kit."""
    return Line(make, transaction)


def others_wait_for_later(line: Line, loan_id: int) -> None:
    """Let somebody wait for a time that a longer loan does not touch."""
    line.others_wait(whole_weeks(next_working_day(due(line, loan_id) + 6 * WEEK), 2))


def test_what_nobody_waits_for_is_extended_at_once(lent: Line, session: Session) -> None:
    loan_id = lent.loan("active")
    until = due(lent, loan_id) + 2 * WEEK
    lent.do(service.ask_extension, lent.teacher, loan_id, until, WHY)
    loan = lent.row(loan_id)
    assert (loan.state, loan.act_by) == ("active", until)
    line = loan.lines[0]
    pauses = queries.pauses_of(line.pool, loan.supplier, loan.school)
    assert (line.due_on, line.blocked_until) == (until, ready_again_on(until, pauses))
    assert [event.kind for event in loan.events][-2:] == ["ask_extension", "extend"]
    assert loan.events[-1].person_id is None
    assert session.scalars(select(Extension.state)).all() == ["approved"]


def test_somebody_who_waits_makes_it_the_suppliers_answer(lent: Line, session: Session) -> None:
    loan_id = lent.loan("active")
    others_wait_for_later(lent, loan_id)
    before = due(lent, loan_id)
    lent.do(service.ask_extension, lent.teacher, loan_id, before + WEEK, WHY)
    assert due(lent, loan_id) == before
    with pytest.raises(Conflict, match="already"):
        lent.do(service.ask_extension, lent.teacher, loan_id, before + WEEK, WHY)
    with pytest.raises(Invalid):
        lent.do(service.decline_extension, lent.supplier, loan_id, " ")
    lent.do(service.decline_extension, lent.supplier, loan_id, "It is promised")
    lent.do(service.ask_extension, lent.teacher, loan_id, before + WEEK, WHY)
    lent.do(service.extend, lent.supplier, loan_id)
    assert due(lent, loan_id) == before + WEEK
    with pytest.raises(Conflict, match="Nobody asks"):
        lent.do(service.extend, lent.supplier, loan_id)
    assert session.scalars(select(Extension.state).order_by(Extension.id)).all() == [
        "declined",
        "approved",
    ]


def test_what_others_were_promised_is_refused_with_the_last_day_that_would_do(
    scene: Scene,
) -> None:
    loan_id = scene.loan("active")
    loan = scene.row(loan_id)
    pauses = queries.pauses_of(scene.pool, loan.supplier)
    next_start = next_working_day(loan.lines[0].due_on + 4 * WEEK)
    teacher, _lead = scene.another_school()
    scene.do(
        service.submit, teacher, scene.draft(teacher), a_wish(dates=whole_weeks(next_start, 2))
    )
    too_long = loan.lines[0].due_on + 5 * WEEK
    with pytest.raises(Conflict, match="It could be kept until") as refused:
        scene.do(service.ask_extension, scene.teacher, loan_id, too_long, WHY)
    named = refused.value.words.rsplit("until ", 1)[1].rstrip(".")
    days = (loan.lines[0].due_on + timedelta(days=n) for n in range(60))
    possible = next(day for day in days if in_words(day) == named)
    assert ready_again_on(possible, pauses) <= next_start
    scene.do(service.ask_extension, scene.teacher, loan_id, possible, WHY)
    assert due(scene, loan_id) == possible


def test_it_is_extended_so_often_and_not_again(lent: Scene) -> None:
    loan_id = lent.loan("active")
    for _ in range(MOST_EXTENSIONS):
        lent.do(service.ask_extension, lent.teacher, loan_id, due(lent, loan_id) + WEEK, WHY)
    with pytest.raises(Conflict, match="that is the most"):
        lent.do(service.ask_extension, lent.teacher, loan_id, due(lent, loan_id) + WEEK, WHY)


@pytest.mark.parametrize(
    ("until", "today", "words"),
    [
        (FIRST + 3 * WEEK, FIRST, "yours until"),
        (FIRST + 8 * WEEK, FIRST, "at the latest"),
        (FIRST + 5 * WEEK, FIRST + 6 * WEEK, "due back some days ago"),
        (FIRST + 4 * WEEK + timedelta(1), FIRST + 4 * WEEK + timedelta(1), "has passed"),
    ],
)
def test_a_day_that_cannot_be_is_answered_beside_it(until: date, today: date, words: str) -> None:
    dates = whole_weeks(FIRST, 4)
    assert words in extension_wrong(until, dates, 4, today, ENGLAND)["until"]


def test_it_can_be_asked_in_the_days_of_grace_and_not_after() -> None:
    dates = Dates(FIRST, FIRST + 4 * WEEK)
    last = add_working_days(dates.due_on, GRACE_DAYS)
    assert extension_wrong(last + WEEK, dates, 6, last, ENGLAND) == {}
    assert extension_wrong(last + WEEK, dates, 6, last + timedelta(1), ENGLAND)


def test_what_is_late_and_extended_is_in_use_again(scene: Scene) -> None:
    loan_id = scene.loan("active")
    last = due(scene, loan_id)
    late = next_working_day(last + timedelta(1))
    with scene.transaction() as work, clock.at(on(late)):
        loan = queries.loan_to_move(work.session, scene.teacher, loan_id)
        change(work, CLOCK, loan, "become_overdue")
    with clock.at(on(late)):
        scene.do(service.ask_extension, scene.teacher, loan_id, late + 2 * WEEK, WHY)
    assert scene.state(loan_id) == "active"
    assert due(scene, loan_id) == late + 2 * WEEK


def test_a_wish_is_forgotten_when_it_goes_back(kit: Line, session: Session) -> None:
    loan_id = kit.loan("active")
    others_wait_for_later(kit, loan_id)
    kit.do(service.ask_extension, kit.teacher, loan_id, due(kit, loan_id) + WEEK, WHY)
    kit.do(service.book_return, kit.teacher, loan_id, "Friday")
    assert session.scalars(select(Extension.state)).all() == ["withdrawn"]
    with pytest.raises(Conflict):
        kit.do(service.extend, kit.supplier, loan_id)


def test_only_its_teacher_asks_and_only_its_supplier_answers(scene: Scene) -> None:
    loan_id = scene.loan("active")
    until = due(scene, loan_id) + WEEK
    stranger, _lead = scene.another_school()
    with pytest.raises(NotAllowed):
        scene.do(service.ask_extension, scene.lead, loan_id, until, WHY)
    with pytest.raises(NotFound):
        scene.do(service.ask_extension, stranger, loan_id, until, WHY)
    with pytest.raises(NotAllowed):
        scene.do(service.extend, scene.teacher, loan_id)


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Do things at the same moment; tell of each whether it was not refused."""
    barrier = Barrier(len(acts))

    def tried(act: Callable[[], object]) -> bool:
        barrier.wait()
        try:
            act()
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tried, acts))


def race(scene: Scene) -> list[bool]:
    """Let a teacher keep a kit and another school ask for the same days."""
    loan_id = scene.loan("active")
    later = due(scene, loan_id) + 3 * WEEK
    teacher, _lead = scene.another_school()
    draft = scene.draft(teacher)
    wish = a_wish(dates=whole_weeks(next_working_day(later), 1))
    return at_once(
        lambda: scene.do(service.ask_extension, scene.teacher, loan_id, later, WHY),
        lambda: scene.do(service.submit, teacher, draft, wish),
    )


def test_the_next_school_and_an_extension_never_both_have_it(
    make_scene: Callable[..., Scene], session: Session
) -> None:
    """Scenario 3."""
    for _ in range(6):
        scene = make_scene()
        kept, lent_on = race(scene)
        assert kept != lent_on
        session.rollback()
        held = select(LoanLine.id).where(LoanLine.holds, LoanLine.pool_id == scene.pool.id)
        assert len(session.scalars(held).all()) == (1 if kept else 2)


def test_a_price_is_asked_and_answered_on_purpose(lent: Scene, session: Session) -> None:
    loan_id = lent.loan("active")
    with pytest.raises(Invalid):
        lent.do(service.ask_price, lent.lead, loan_id, "")
    with pytest.raises(Conflict):
        lent.do(service.answer_price, lent.supplier, loan_id, "12 pounds")
    lent.do(service.ask_price, lent.lead, loan_id, "For 60 pupils?", keep_our_data=True)
    lent.do(service.answer_price, lent.supplier, loan_id, "120 pounds a year")
    asked = session.scalars(select(Enquiry)).one()
    assert (asked.words, asked.keep_our_data) == ("For 60 pupils?", True)
    assert asked.answer_words == "120 pounds a year"
    assert lent.state(loan_id) == "active"


def test_a_price_can_be_asked_when_all_is_over(scene: Scene) -> None:
    loan_id = scene.loan("closed")
    scene.do(service.ask_price, scene.teacher, loan_id, "What would a class set cost?")
    assert scene.state(loan_id) == "closed"


def test_a_price_is_not_asked_of_what_was_never_there(scene: Scene) -> None:
    loan_id = scene.loan("requested")
    with pytest.raises(Conflict):
        scene.do(service.ask_price, scene.teacher, loan_id, "What does it cost?")
