"""The scenarios of waiting and of answers that do not come, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from threading import Barrier

import pytest

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.rules.calendar import whole_weeks
from lended.loans.rules.incidents import SayWish
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.queue import Flexible
from lended.loans.rules.returns import IncidentWish
from lended.loans.rules.stock import UnitWish
from lended.work import Work
from tests.lended.loans.scene import ITEMS, Transaction
from tests.lended.loans.test_coming_back import MISSING, with_serial
from tests.lended.loans.waiting import Line, at
from tests.makers import Makers

THURSDAY = date(2027, 1, 14)
ROUNDS = 5


@pytest.fixture
def line(make: Makers, transaction: Transaction) -> Line:
    """Return schools that want one kit."""
    return Line(make, transaction)


def test_offers_lapse_go_on_and_are_taken_or_ended_but_never_both(line: Line) -> None:
    """Scenario 6: the last of the line accepts at midnight, while the clock ends what is late."""
    taken = []
    for number in range(ROUNDS):
        start = date(2027, 2, 1 + number)
        with at(THURSDAY):
            wish = Flexible(start, date(2027, 3, 31), 4)
            other = line.ask(whole_weeks(date(2027, 1, 25), 6))
            x, y, z = line.join(wish), line.join(wish), line.join(wish)
            line.cancel(other)
            assert line.states(x, y, z) == ["offered", "waitlisted", "waitlisted"]
        line.tick(date(2027, 1, 18))
        assert line.states(x) == ["offered"]
        line.tick(date(2027, 1, 19))
        assert line.states(x, y) == ["waitlisted", "offered"]
        assert line.order() == [x, z]
        with at(date(2027, 1, 19)):
            line.cancel(y)
        assert line.states(x, z) == ["offered", "waitlisted"]
        line.tick(date(2027, 1, 22))
        assert line.states(x, z) == ["expired", "offered"]
        taken.append(_taken_at_midnight(line, z))
        for loan_id, move in ((x, "step_back"), (x, "let_lapse"), (y, "offer_place")):
            teacher = line.teachers[loan_id].person_id
            assert line.told(loan_id, move).count(teacher) == 1
        ends = [move for move in line.moves(z) if move in {"take_place_for_signoff", "step_back"}]
        assert ends == ["take_place_for_signoff" if taken[-1] else "step_back"]
        with at(date(2027, 1, 27)):
            line.cancel(z)


def _taken_at_midnight(line: Line, loan_id: int) -> bool:
    """Let its teacher accept in the last minute and the clock run in the first; tell who won."""
    barrier = Barrier(2)

    def accept() -> bool:
        late = datetime.combine(date(2027, 1, 26), time(23, 59), tzinfo=clock.LONDON)
        with clock.at(late):
            barrier.wait()
            try:
                line.act(service.take_place, loan_id)
            except Conflict:
                return False
        return True

    def end() -> None:
        barrier.wait()
        line.tick(date(2027, 1, 27))

    with ThreadPoolExecutor(2) as pool:
        accepted = pool.submit(accept)
        pool.submit(end).result()
        won = accepted.result()
    assert line.states(loan_id) == ["school_signoff" if won else "waitlisted"]
    return won


def propose_other(work: Work, actor: Actor, loan_id: int) -> None:
    """Offer dates a week later."""
    service.propose_dates(work, actor, loan_id, whole_weeks(date(2027, 5, 17), 4), "A fair before")


def test_a_supplier_silent_over_easter_loses_the_request_on_the_right_day(line: Line) -> None:
    """Scenario 8: Good Friday is 26 March 2027, Easter Monday the 29th."""
    with at(date(2027, 3, 23)):
        loan_id = line.ask(whole_weeks(date(2027, 5, 10), 4))
        lead = line.leads[loan_id]
        line.do(service.sign_off, lead, loan_id, lead.person_id)
        wish = Flexible(date(2027, 5, 10), date(2027, 6, 8), 4)
        waiting = line.join(wish)
        staff = line.make.person(line.make.organisation("platform"), "staff")
    line.tick(date(2027, 4, 1))
    assert line.states(loan_id, waiting) == ["requested", "waitlisted"]
    with at(date(2027, 4, 2)):
        for late in (service.approve, propose_other):
            with pytest.raises(Conflict, match="held until Thursday 1 April"):
                line.do(late, line.supplier, loan_id)
    line.tick(date(2027, 4, 2))
    assert line.states(loan_id, waiting) == ["expired", "offered"]
    teacher, supplier = line.teachers[loan_id].person_id, line.supplier_person.id
    assert sorted(map(str, line.told(loan_id, "expire"))) == sorted(
        map(str, [teacher, supplier, staff.id])
    )
    counted = line.read(lambda session: queries.answered(session, line.supplier_row.id))
    assert (counted.in_time, counted.of) == (0, 1)
    with at(date(2027, 4, 2)), pytest.raises(Conflict, match="moved on"):
        line.do(service.approve, line.supplier, loan_id)
    line.tick(date(2027, 4, 3))
    assert line.moves(loan_id).count("expire") == 1


def test_a_lead_who_does_not_sign_ends_it_without_a_word_to_the_supplier(line: Line) -> None:
    with at(THURSDAY):
        loan_id = line.ask(whole_weeks(date(2027, 3, 1), 4))
    lead = line.leads[loan_id]
    with at(date(2027, 1, 22)), pytest.raises(Conflict, match="held until"):
        line.do(service.sign_off, lead, loan_id, lead.person_id)
    line.tick(date(2027, 1, 22))
    assert line.states(loan_id) == ["expired"]
    assert line.supplier_person.id not in line.told(loan_id, "expire")


def test_those_who_wait_hear_once_and_only_when_a_checked_kit_is_ready_again(line: Line) -> None:
    """Scenario 5, the half that waits: a kit put aside is offered to nobody until it is back."""
    with at(THURSDAY):
        unit_id = line.do(service.add_unit, line.supplier, line.product.slug, UnitWish("KIT-1"))
        wish = UnitWish("KIT-1", state="quarantined")
        taken = line.ask(whole_weeks(date(2027, 2, 1), 4))
        waiting = line.join(Flexible(date(2027, 2, 8), date(2027, 3, 12), 4))
        line.do(service.change_unit, line.supplier, line.product.slug, unit_id, wish)
        line.cancel(taken)
        assert line.states(waiting) == ["waitlisted"]
        ready = UnitWish("KIT-1")
        line.do(service.change_unit, line.supplier, line.product.slug, unit_id, ready)
        line.do(service.change_unit, line.supplier, line.product.slug, unit_id, ready)
    assert line.moves(waiting) == ["join_queue", "offer_place"]
    teacher, lead = line.teachers[waiting].person_id, line.leads[waiting].person_id
    assert sorted(map(str, line.told(waiting, "offer_place"))) == sorted(map(str, [teacher, lead]))


@pytest.mark.parametrize("serial", [True, False])
def test_what_came_back_without_its_charger_is_offered_once_it_is_released(
    line: Line, serial: bool
) -> None:
    """Scenario 5, from the return to the one offer; the school says how it sees it meanwhile."""
    with at(THURSDAY):
        kits = (with_serial(line),) if serial else ()
        loan_id = line.loan("preparing", whole_weeks(date(2027, 2, 1), 4))
        waiting = line.join(Flexible(date(2027, 2, 22), date(2027, 3, 31), 4))
    with at(date(2027, 1, 28)):
        sent = DispatchWish(ITEMS, "New", unit_ids=kits)
        line.do(service.dispatch, line.supplier, loan_id, sent)
        line.do(service.confirm_receipt, line.teacher, loan_id, ITEMS)
    with at(date(2027, 2, 15)):
        line.do(service.book_return, line.teacher, loan_id, "Today")
        line.do(service.take_back, line.supplier, loan_id)
        missing = IncidentWish("missing", "The charger is missing.", MISSING)
        incident_id = line.do(service.close_with_incident, line.supplier, loan_id, missing)
    line.tick(date(2027, 2, 16))
    with at(date(2027, 2, 16)):
        words = SayWish("disputed", "It was in the box.")
        line.do(service.speak, line.teacher, incident_id, words)
        assert line.moves(waiting) == ["join_queue"]
        line.do(service.release, line.supplier, loan_id, "We had a spare one.")
    line.tick(date(2027, 2, 17))
    assert line.moves(waiting) == ["join_queue", "offer_place"]
    teacher = line.teachers[waiting].person_id
    assert line.told(waiting, "offer_place").count(teacher) == 1
