"""Activation codes: kept, given whole or not at all, each shown once, and spent afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import ActivationCode, Binding, LoanEvent
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.codes import CodeRow, masked, wrong_rows
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.stock import StockWish
from lended.operations.checks.stock import CHECKS
from lended.work import Work
from tests.lended.loans.scene import ITEMS, PAPERS, Scene, a_wish

SEATS = 30


def rows(many: int, name: str = "TILES") -> list[CodeRow]:
    return [CodeRow(number + 2, f"{name}-{number:04}") for number in range(many)]


def keep(seats: Scene, many: int, name: str = "TILES") -> int:
    found: int = seats.do(
        service.import_codes, seats.supplier, seats.product.slug, rows(many, name)
    )
    return found


def prepared(seats: Scene, quantity: int) -> int:
    loan_id = seats.draft()
    wish = a_wish(quantity=quantity)
    seats.do(service.submit, seats.teacher, loan_id, wish)
    seats.do(service.sign_off, seats.lead, loan_id, seats.lead_person.id)
    seats.do(service.approve, seats.supplier, loan_id)
    seats.do(service.complete_paperwork, seats.lead, loan_id, PAPERS)
    return loan_id


def issued(seats: Scene, quantity: int) -> int:
    loan_id = prepared(seats, quantity)
    seats.do(service.issue, seats.supplier, loan_id)
    return loan_id


def take(seats: Scene, loan_id: int) -> str:
    """Take a seat, and return its code."""
    seat_id = seats.do(service.take_seat, seats.teacher, loan_id)
    return code_of(seats, loan_id, seat_id)


def code_of(seats: Scene, loan_id: int, seat_id: int, who: Actor | None = None) -> str:
    def read(work: Work) -> str:
        return queries.code_just_taken(work.session, who or seats.teacher, loan_id, seat_id)

    return str(seats.do(read))


def open_bindings(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count(Binding.id)).where(Binding.ended_at.is_(None))) or 0


@pytest.mark.parametrize(
    ("code", "shown"), [("TILES-0042", "•••042"), ("ABCDEF", "•••EF"), ("A1", "•••"), ("", "•••")]
)
def test_most_of_a_code_stays_hidden(code: str, shown: str) -> None:
    assert masked(code) == shown


def test_each_line_that_cannot_be_kept_is_named_with_its_reason() -> None:
    file = [CodeRow(2, "A-100"), CodeRow(3, ""), CodeRow(4, "A-100"), CodeRow(5, "B" * 201)]
    file.append(CodeRow(6, "OLD-77"))
    assert wrong_rows(file, {"OLD-77"}) == [
        "Line 3: there is no code.",
        "Line 4: •••0 stands on line 2 already.",
        "Line 5: a code has 200 letters at most.",
        "Line 6: you have •••77 already.",
    ]


def test_a_file_with_one_bad_line_leaves_nothing(seats: Scene, session: Session) -> None:
    bad = [*rows(3), CodeRow(9, "TILES-0001")]
    with pytest.raises(Invalid) as refused:
        seats.do(service.import_codes, seats.supplier, seats.product.slug, bad)
    assert "Line 9" in refused.value.problems["sheet"]
    assert session.scalar(select(func.count(ActivationCode.id))) == 0


def test_codes_are_given_all_or_none(seats: Scene, session: Session) -> None:
    keep(seats, 4)
    loan_id = prepared(seats, 5)
    with pytest.raises(Conflict, match="4 codes are left, and this loan is for 5"):
        seats.do(service.issue, seats.supplier, loan_id)
    assert seats.state(loan_id) == "preparing"
    assert open_bindings(session) == 0
    keep(seats, 1, "MORE")
    seats.do(service.issue, seats.supplier, loan_id)
    assert open_bindings(session) == 5


def test_a_withdrawn_code_is_given_to_nobody(seats: Scene, session: Session) -> None:
    keep(seats, 2)
    first, second = session.scalars(select(ActivationCode).order_by(ActivationCode.id))
    seats.do(service.withdraw_code, seats.supplier, seats.product.slug, first.id)
    with pytest.raises(Conflict):
        seats.do(service.withdraw_code, seats.supplier, seats.product.slug, first.id)
    loan_id = issued(seats, 1)
    assert take(seats, loan_id) == second.code


def test_a_withdrawn_code_can_be_put_back_and_no_other(seats: Scene, session: Session) -> None:
    keep(seats, 1)
    only = session.scalars(select(ActivationCode)).one()
    act = (seats.supplier, seats.product.slug, only.id)
    with pytest.raises(Conflict):
        seats.do(service.put_back_code, *act)
    seats.do(service.withdraw_code, *act)
    seats.do(service.put_back_code, *act)
    loan_id = issued(seats, 1)
    with pytest.raises(Conflict):
        seats.do(service.put_back_code, *act)
    assert take(seats, loan_id) == only.code


def test_the_thirty_first_of_thirty_is_refused(seats: Scene, session: Session) -> None:
    """Scenario 13."""
    keep(seats, SEATS)
    loan_id = issued(seats, SEATS)
    shown = {take(seats, loan_id) for _ in range(SEATS)}
    assert len(shown) == SEATS
    with pytest.raises(Conflict, match="Each is shown once"):
        seats.do(service.take_seat, seats.teacher, loan_id)
    events = session.scalars(select(LoanEvent).where(LoanEvent.kind == "seat_taken")).all()
    assert len(events) == SEATS
    assert not any(code in str(event.after) for event in events for code in shown)


def test_two_who_claim_the_last_code_at_once_get_one(seats: Scene) -> None:
    """Scenario 13."""
    for number in range(6):
        keep(seats, 1, f"R{number}")
        loan_id = issued(seats, 1)
        barrier = Barrier(2)

        def claim(_number: int, loan_id: int = loan_id, barrier: Barrier = barrier) -> str:
            barrier.wait()
            try:
                return take(seats, loan_id)
            except Conflict:
                return ""

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(claim, range(2)))
        assert answers == ["", f"R{number}-0000"]
        seats.do(service.start, seats.teacher, loan_id)
        seats.do(service.end_access_early, seats.teacher, loan_id)


def test_the_last_codes_go_to_one_of_two_loans_issued_at_once(
    seats: Scene, session: Session
) -> None:
    keep(seats, 3)
    loans = [prepared(seats, 3), prepared(seats, 3)]
    barrier = Barrier(2)

    def issue(loan_id: int) -> bool:
        barrier.wait()
        try:
            seats.do(service.issue, seats.supplier, loan_id)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(issue, loans)) == [False, True]
    assert open_bindings(session) == 3


def test_codes_are_for_those_who_teach_with_it(seats: Scene) -> None:
    keep(seats, 2)
    loan_id = issued(seats, 2)
    with pytest.raises(NotAllowed):
        seats.do(service.take_seat, seats.supplier, loan_id)
    with pytest.raises(NotFound):
        seats.do(service.take_seat, seats.another_school()[0], loan_id)


def test_seats_end_with_their_last_day_and_their_codes_are_spent(
    seats: Scene, session: Session
) -> None:
    keep(seats, 2)
    loan_id = issued(seats, 2)
    seats.do(service.start, seats.teacher, loan_id)
    due_on = seats.row(loan_id).lines[0].due_on
    seats.tick(due_on)
    assert seats.state(loan_id) == "active"
    assert take(seats, loan_id) == "TILES-0000"
    seats.tick(due_on + timedelta(days=1))
    assert seats.state(loan_id) == "access_ended"
    assert open_bindings(session) == 0
    with pytest.raises(Conflict, match="ended"):
        seats.do(service.take_seat, seats.teacher, loan_id)
    with pytest.raises(Conflict, match="No codes are left"):
        seats.do(service.issue, seats.supplier, prepared(seats, 1))


def test_words_are_wanted_where_no_codes_are_kept(seats: Scene) -> None:
    loan_id = prepared(seats, 2)
    with pytest.raises(Invalid):
        seats.do(service.issue, seats.supplier, loan_id)


def test_ending_early_frees_the_seats_at_once(seats: Scene) -> None:
    dates = whole_weeks(next_working_day(clock.today() + timedelta(days=2)), 4)
    first = seats.draft()
    seats.do(service.submit, seats.teacher, first, a_wish(quantity=SEATS, dates=dates))
    second = seats.draft(seats.another_school()[0])
    assert second != first
    seats.do(service.sign_off, seats.lead, first, seats.lead_person.id)
    seats.do(service.approve, seats.supplier, first)
    seats.do(service.complete_paperwork, seats.lead, first, PAPERS)
    seats.do(service.issue, seats.supplier, first, "Code TILES-27")
    seats.do(service.start, seats.teacher, first)
    teacher = seats.another_school()[0]
    wish = a_wish(quantity=SEATS, dates=dates)
    with pytest.raises(Conflict):
        seats.do(service.submit, teacher, seats.draft(teacher), wish)
    seats.do(service.end_access_early, seats.teacher, first)
    seats.do(service.submit, teacher, seats.draft(teacher), wish)


def test_a_code_is_shown_for_some_minutes_to_who_took_the_seat(seats: Scene) -> None:
    keep(seats, 2)
    loan_id = issued(seats, 2)
    seat_id = seats.do(service.take_seat, seats.teacher, loan_id)
    assert code_of(seats, loan_id, seat_id) == code_of(seats, loan_id, seat_id) == "TILES-0000"
    for who, seat in ((seats.lead, seat_id), (seats.supplier, seat_id), (seats.teacher, 9_999)):
        with pytest.raises(NotFound):
            code_of(seats, loan_id, seat, who)
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Conflict, match="lost"):
        code_of(seats, loan_id, seat_id)


def test_the_seats_of_a_set_get_their_codes_when_it_is_sent(scene: Scene) -> None:
    """A set of robots and seats: the codes go with the box, and are shown when it is there."""
    slug, supplier = scene.product.slug, scene.supplier
    robots = StockWish("physical", 12, label="Robots", in_a_set=6)
    scene.do(service.keep_stock, supplier, slug, robots)
    seats = StockWish("digital", 60, label="Seats", in_a_set=2)
    scene.do(service.add_part, supplier, slug, seats)
    keep(scene, 1)
    loan_id = scene.loan("preparing")
    sent = DispatchWish(ITEMS, "As new")
    with pytest.raises(Conflict, match="1 code is left, and this loan is for 2"):
        scene.do(service.dispatch, supplier, loan_id, sent)
    keep(scene, 1, "MORE")
    scene.do(service.dispatch, supplier, loan_id, sent)
    with pytest.raises(Conflict):
        take(scene, loan_id)
    with scene.transaction() as work:
        assert [found for check in CHECKS for found in check(work.session)] == []
    scene.do(service.confirm_receipt, scene.teacher, loan_id, ITEMS)
    assert {take(scene, loan_id), take(scene, loan_id)} == {"TILES-0000", "MORE-0000"}
    scene.do(service.book_return, scene.teacher, loan_id, "Friday at the office")
    with scene.transaction() as work:
        assert [found for check in CHECKS for found in check(work.session)] == []
