"""The waiting list: joining, offers, letting go, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.catalogue.models import Product
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import LoanLine
from lended.loans.rules.calendar import add_working_days, next_working_day, whole_weeks
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.queue import Flexible
from lended.loans.rules.stock import StockWish
from tests.lended.loans.scene import ITEMS, PAPERS, Transaction, a_wish
from tests.lended.loans.waiting import Line, at
from tests.makers import Makers

MONDAY = date(2027, 1, 11)


@pytest.fixture
def line(make: Makers, transaction: Transaction) -> Line:
    """Return schools that want one kit."""
    return Line(make, transaction)


def test_who_waits_holds_nothing_and_knows_the_own_place(line: Line, session: Session) -> None:
    line.everything()
    first, second = line.join(), line.join()
    holding = session.scalars(select(LoanLine.holds).where(LoanLine.loan_id.in_([first, second])))
    assert list(holding) == [False, False]
    for loan_id, number in ((first, 1), (second, 2)):
        standing = queries.standing_in_line(session, line.loan_row(loan_id))
        assert standing is not None
        assert standing.number == number
    assert line.told(second, "join_queue") == [line.teachers[second].person_id]


def test_waiting_asks_nobody_at_the_supplier_and_shows_it_no_school(line: Line) -> None:
    line.everything()
    loan_id = line.join()
    with pytest.raises(NotFound), line.transaction() as work:
        queries.loan(work.session, line.supplier, loan_id)


def test_what_is_freed_is_offered_at_once_and_held_for_two_working_days(line: Line) -> None:
    with at(MONDAY):
        taken = line.everything()
        wish = line.window()
        loan_id = line.join(wish)
        line.cancel(taken)
        assert line.states(loan_id) == ["offered"]
        loan = line.loan_row(loan_id)
        assert loan.act_by == add_working_days(MONDAY, 2)
        (held,) = line.read(
            lambda session: session.scalars(
                select(LoanLine).where(LoanLine.loan_id == loan_id)
            ).all()
        )
        assert held.holds
        assert held.starts_on == next_working_day(wish.earliest_on)
        assert (held.due_on - held.starts_on).days == 7 * wish.weeks - 1
        with pytest.raises(NotFound), line.transaction() as work:
            queries.loan(work.session, line.supplier, loan_id)
    told = {line.teachers[loan_id].person_id, line.leads[loan_id].person_id}
    assert set(line.told(loan_id, "offer_place")) == told


def test_a_place_is_taken_by_asking_the_lead_or_the_supplier(line: Line) -> None:
    taken = line.everything()
    loan_id = line.join()
    line.cancel(taken)
    queued_at = line.place(loan_id).ranked_at
    line.act(service.take_place, loan_id)
    assert line.states(loan_id) == ["school_signoff"]
    assert line.place(loan_id).ranked_at == queued_at
    lead = line.leads[loan_id]
    line.do(service.sign_off, lead, loan_id, lead.person_id)
    line.do(service.approve, line.supplier, loan_id)
    assert line.states(loan_id) == ["approved"]


def test_who_is_the_only_lead_asks_the_supplier_at_once(line: Line) -> None:
    taken = line.everything()
    school = line.make.organisation("school")
    person = line.make.person(school, "teacher", "school_lead")
    actor = line.make.actor(person, school, "teacher", "school_lead")
    loan_id = line.draft(actor)
    line.do(service.join_queue, actor, loan_id, a_wish(), line.window())
    line.cancel(taken)
    line.do(service.take_place, actor, loan_id)
    loan = line.loan_row(loan_id)
    assert (loan.state, loan.responsible_id) == ("requested", person.id)
    assert loan.asked_at is not None
    assert line.told(loan_id, "take_place") == [line.supplier_person.id]


def test_only_the_own_offer_can_be_taken(line: Line) -> None:
    taken = line.everything()
    first, second = line.join(), line.join()
    line.cancel(taken)
    with pytest.raises(NotFound):
        line.do(service.take_place, line.teachers[second], first)
    with pytest.raises(NotAllowed):
        line.do(service.take_place, line.leads[first], first)
    with pytest.raises(Conflict):
        line.act(service.take_place, second)
    with pytest.raises(Conflict):
        line.act(service.accept_dates, first)


def test_nobody_waits_for_what_is_free(line: Line) -> None:
    with pytest.raises(Conflict, match="no need to wait"):
        line.join()


@pytest.mark.parametrize(
    ("first", "last", "weeks", "field"),
    [
        (21, 40, 4, "latest_on"),
        (21, 10, 1, "latest_on"),
        (-20, -1, 1, "latest_on"),
        (21, 500, 4, "latest_on"),
        (21, 200, 20, "weeks"),
        (1, 8, 1, "latest_on"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_beside_its_field(
    line: Line, first: int, last: int, weeks: int, field: str
) -> None:
    with at(MONDAY), pytest.raises(Invalid) as refused:
        line.join(line.window(first, last, weeks))
    assert set(refused.value.problems) == {field}


def test_who_wants_more_than_there_is_cannot_wait(line: Line) -> None:
    line.everything()
    with pytest.raises(Invalid) as refused:
        line.join(sets=2)
    assert set(refused.value.problems) == {"quantity"}


def test_an_offer_let_go_goes_to_the_next_and_its_owner_one_place_back(line: Line) -> None:
    taken = line.everything()
    x, y, z = line.join(), line.join(), line.join()
    line.cancel(taken)
    line.act(service.step_back, x)
    assert line.states(x, y, z) == ["waitlisted", "offered", "waitlisted"]
    assert line.order() == [x, z]
    line.act(service.step_back, y)
    assert line.states(x, y, z) == ["offered", "waitlisted", "waitlisted"]
    assert line.order() == [y, z]
    line.act(service.step_back, x)
    assert line.states(x, y, z) == ["expired", "offered", "waitlisted"]


def test_who_waits_alone_is_not_offered_again_what_was_just_let_go(line: Line) -> None:
    taken = line.everything()
    loan_id = line.join()
    line.cancel(taken)
    line.act(service.step_back, loan_id)
    assert line.states(loan_id) == ["waitlisted"]
    other = line.ask(a_wish().dates)
    line.cancel(other)
    assert line.states(loan_id) == ["offered"]


def test_an_offer_cannot_be_taken_after_its_last_day_although_the_clock_has_not_run(
    line: Line,
) -> None:
    with at(MONDAY):
        taken = line.everything()
        loan_id = line.join()
        line.cancel(taken)
    last = add_working_days(MONDAY, 2)
    with at(last + timedelta(days=1)), pytest.raises(Conflict, match="were held until"):
        line.act(service.take_place, loan_id)
    with at(last):
        line.act(service.take_place, loan_id)


def test_other_dates_of_the_supplier_lapse_into_nothing(line: Line) -> None:
    with at(MONDAY):
        loan_id = line.ask(a_wish().dates)
        lead = line.leads[loan_id]
        line.do(service.sign_off, lead, loan_id, lead.person_id)
        later = next_working_day(clock.today() + timedelta(days=60))
        line.do(service.propose_dates, line.supplier, loan_id, whole_weeks(later, 2), "Then")
        with pytest.raises(Conflict):
            line.act(service.take_place, loan_id)
        with pytest.raises(Conflict):
            line.act(service.step_back, loan_id)
    line.tick(add_working_days(MONDAY, 2))
    assert line.states(loan_id) == ["offered"]
    with at(add_working_days(MONDAY, 3)), pytest.raises(Conflict, match="were held until"):
        line.act(service.accept_dates, loan_id)
    line.tick(add_working_days(MONDAY, 3))
    assert line.states(loan_id) == ["expired"]


def test_other_dates_free_the_first_ones_for_those_who_wait(line: Line) -> None:
    with at(MONDAY):
        dates = whole_weeks(date(2027, 2, 1), 4)
        loan_id = line.ask(dates)
        waiting = line.join(Flexible(date(2027, 2, 1), date(2027, 3, 1), 4))
        lead = line.leads[loan_id]
        line.do(service.sign_off, lead, loan_id, lead.person_id)
        later = whole_weeks(date(2027, 4, 12), 4)
        line.do(service.propose_dates, line.supplier, loan_id, later, "A fair")
        assert line.states(waiting) == ["offered"]


def test_more_stock_is_offered_to_those_who_wait(line: Line) -> None:
    line.everything()
    loan_id = line.join()
    wish = StockWish("physical", 2)
    line.do(service.keep_stock, line.supplier, line.product.slug, wish)
    assert line.states(loan_id) == ["offered"]


def test_what_was_withdrawn_is_offered_to_nobody_who_waits(line: Line) -> None:
    taken, loan_id = line.everything(), line.join()
    with line.transaction() as work:
        work.session.get_one(Product, line.product.id).state = "withdrawn"
    line.cancel(taken)
    assert line.states(loan_id) == ["waitlisted"]


def test_waiting_ends_when_nothing_inside_the_wish_is_possible_any_more(line: Line) -> None:
    with at(MONDAY):
        taken = line.everything()
        lead = line.leads[taken]
        line.do(service.sign_off, lead, taken, lead.person_id)
        line.do(service.approve, line.supplier, taken)
        line.do(service.complete_paperwork, lead, taken, PAPERS)
        line.do(service.dispatch, line.supplier, taken, DispatchWish(ITEMS, "As new"))
        wish = Flexible(date(2027, 2, 1), date(2027, 2, 28), 3)
        loan_id = line.join(wish)
        act_by = line.loan_row(loan_id).act_by
    assert act_by is not None
    assert act_by < wish.last_start_on
    line.tick(act_by)
    assert line.states(loan_id) == ["waitlisted"]
    line.tick(act_by + timedelta(days=1))
    assert line.states(loan_id) == ["expired"]
    assert line.moves(loan_id) == ["join_queue", "window_past"]
    assert line.told(loan_id, "window_past") == [line.teachers[loan_id].person_id]


def test_leaving_the_list_is_cancelling_and_the_supplier_hears_nothing(line: Line) -> None:
    line.everything()
    loan_id = line.join()
    line.cancel(loan_id)
    assert line.states(loan_id) == ["cancelled"]
    assert line.told(loan_id, "cancel") == []
    assert line.order() == []
