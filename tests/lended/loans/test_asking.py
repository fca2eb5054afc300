"""Asking for a trial and being answered, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lended import clock
from lended.catalogue.models import Product
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.plans import MOST_OPEN_LOANS
from lended.loans.rules.queue import Flexible
from tests.lended.loans.scene import Scene, a_wish


def test_one_draft_for_each_teacher_product_and_need(scene: Scene) -> None:
    first = scene.draft()
    assert scene.draft() == first
    assert scene.do(service.start_draft, scene.teacher, scene.product.slug) != first


def test_a_need_of_somebody_else_cannot_be_used(scene: Scene) -> None:
    stranger, _lead = scene.another_school()
    with pytest.raises(NotFound):
        scene.do(service.start_draft, stranger, scene.product.slug, scene.need.id)


def test_only_teachers_ask(scene: Scene) -> None:
    for actor in (scene.lead, scene.supplier):
        with pytest.raises(NotAllowed):
            scene.do(service.start_draft, actor, scene.product.slug)


def test_a_product_that_nobody_lends_cannot_be_asked_for(scene: Scene) -> None:
    stockless = scene.make.product(scene.supplier_row)
    open_listed = scene.make.product(scene.make.supplier())
    scene.make.pool(open_listed)
    for product in (stockless, open_listed):
        with pytest.raises(Conflict):
            scene.do(service.start_draft, scene.teacher, product.slug)


def test_need_facts_and_terms_are_frozen_as_they_were(scene: Scene, transaction: Any) -> None:
    loan_id = scene.loan("school_signoff")
    with transaction() as work:
        loan = queries.loan(work.session, scene.lead, loan_id)
        assert loan.need
        loan.need.text = "Something else"
        loan.product.facts = {"personal_data": "pupil_identified"}
    after = scene.row(loan_id)
    assert after.need_text == scene.need.text
    assert after.product_facts == {"personal_data": "none"}
    assert scene.product.name in after.terms


def test_the_only_lead_who_teaches_asks_the_supplier_directly(scene: Scene) -> None:
    school = scene.make.organisation("school")
    person = scene.make.person(school, "teacher", "school_lead")
    head = scene.make.actor(person, school, "teacher", "school_lead")
    loan_id = scene.draft(head)
    scene.do(service.submit, head, loan_id, a_wish())
    with scene.transaction() as work:
        loan = queries.loan(work.session, scene.supplier, loan_id)
        assert loan.state == "requested"
        assert loan.responsible_id == person.id


def test_a_request_waits_for_sign_off_where_another_person_leads(scene: Scene) -> None:
    scene.make.member(scene.teacher_person, scene.school, "school_lead")
    loan_id = scene.draft()
    scene.do(service.submit, scene.teacher, loan_id, a_wish())
    assert scene.state(loan_id) == "school_signoff"


def test_the_responsible_person_belongs_to_the_school(scene: Scene) -> None:
    loan_id = scene.loan("school_signoff")
    stranger, _lead = scene.another_school()
    with pytest.raises(Invalid) as refused:
        scene.do(service.sign_off, scene.lead, loan_id, stranger.person_id)
    assert "responsible_id" in refused.value.problems
    assert scene.state(loan_id) == "school_signoff"


def test_a_teacher_does_not_sign_her_own_request_off(scene: Scene) -> None:
    loan_id = scene.loan("school_signoff")
    with pytest.raises(NotAllowed):
        scene.do(service.sign_off, scene.teacher, loan_id, scene.teacher_person.id)


def test_refusals_want_words(scene: Scene) -> None:
    """Scenario 9: blanks are refused by the service, and by the table when it is bypassed."""
    loan_id = scene.loan("school_signoff")
    with pytest.raises(Invalid):
        scene.do(service.refuse_signoff, scene.lead, loan_id, " \n ")
    scene.do(service.sign_off, scene.lead, loan_id, scene.teacher_person.id)
    for reason, words in (("none_available", "  "), ("", "Sorry"), ("no_such_code", "Sorry")):
        with pytest.raises(Invalid):
            scene.do(service.decline, scene.supplier, loan_id, reason, words)
    scene.do(service.decline, scene.supplier, loan_id, "none_available", "Sold out until May")
    row = scene.row(loan_id)
    assert (row.state, row.decline_words) == ("declined", "Sold out until May")


def test_the_last_kit_goes_to_one_school_and_the_other_hears_when_it_is_free(
    scene: Scene,
) -> None:
    scene.loan("school_signoff")
    teacher, _lead = scene.another_school()
    loan_id = scene.draft(teacher)
    with pytest.raises(Conflict, match=r"next time it is free for 4 weeks begins on \w+day \d"):
        scene.do(service.submit, teacher, loan_id, a_wish())
    with scene.transaction() as work:
        assert queries.loan(work.session, teacher, loan_id).state == "draft"


def test_what_is_refused_is_free_again_at_once(scene: Scene) -> None:
    first = scene.loan("school_signoff")
    scene.do(service.refuse_signoff, scene.lead, first, "Not this term")
    teacher, _lead = scene.another_school()
    second = scene.draft(teacher)
    scene.do(service.submit, teacher, second, a_wish())


def test_more_than_there_is_cannot_be_asked_for(scene: Scene) -> None:
    loan_id = scene.draft()
    with pytest.raises(Invalid) as refused:
        scene.do(service.submit, scene.teacher, loan_id, a_wish(quantity=2))
    assert refused.value.problems == {"quantity": "There is 1 to lend in all. Ask for fewer."}


@pytest.mark.parametrize("none", [0, -1])
def test_none_cannot_be_asked_for_nor_waited_for(scene: Scene, none: int) -> None:
    loan_id, wish = scene.draft(), a_wish(quantity=none)
    flexible = Flexible(wish.dates.starts_on, wish.dates.due_on, 4)
    for ask, more in ((service.submit, ()), (service.join_queue, (flexible,))):
        with pytest.raises(Invalid) as refused:
            scene.do(ask, scene.teacher, loan_id, wish, *more)
        assert refused.value.problems == {"quantity": "Ask for one at least."}
    assert scene.state(loan_id) == "draft"


def test_what_was_withdrawn_meanwhile_cannot_be_asked_for_nor_waited_for(scene: Scene) -> None:
    loan_id, wish = scene.draft(), a_wish()
    flexible = Flexible(wish.dates.starts_on, wish.dates.due_on, 4)
    with scene.transaction() as work:
        work.session.get_one(Product, scene.product.id).state = "withdrawn"
    for ask, more in ((service.submit, ()), (service.join_queue, (flexible,))):
        with pytest.raises(Conflict, match="no longer lent here"):
            scene.do(ask, scene.teacher, loan_id, wish, *more)
    assert scene.state(loan_id) == "draft"


def test_a_kit_that_could_not_be_there_in_time_names_the_first_possible_day(scene: Scene) -> None:
    loan_id = scene.draft()
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Invalid, match="first possible day is"):
        scene.do(service.submit, scene.teacher, loan_id, a_wish(dates=whole_weeks(tomorrow, 2)))


def test_a_teacher_has_a_limit_of_open_loans(make: Any, transaction: Any) -> None:
    scene = Scene(make, transaction, kind="digital", capacity=0, unlimited=True, contents=[])
    for _ in range(MOST_OPEN_LOANS):
        scene.do(service.submit, scene.teacher, scene.draft(), a_wish())
    with pytest.raises(Conflict, match="the most at one time"):
        scene.do(service.submit, scene.teacher, scene.draft(), a_wish())


def test_capacity_is_looked_at_again_when_the_supplier_says_yes(scene: Scene) -> None:
    loan_id = scene.loan("requested")
    with scene.transaction() as work:
        work.session.get_one(type(scene.pool), scene.pool.id).capacity = 0
    with pytest.raises(Conflict, match="less in service"):
        scene.do(service.approve, scene.supplier, loan_id)
    assert scene.state(loan_id) == "requested"


def test_other_dates_are_offered_held_and_accepted(scene: Scene) -> None:
    loan_id = scene.loan("requested")
    later = whole_weeks(next_working_day(clock.today() + timedelta(days=90)), 3)
    scene.do(service.propose_dates, scene.supplier, loan_id, later, "Back from repair then")
    offered = scene.row(loan_id)
    assert offered.state == "offered"
    assert offered.lines[0].starts_on == later.starts_on
    assert str(later.starts_on.year) in offered.terms
    teacher, _lead = scene.another_school()
    with pytest.raises(Conflict):
        scene.do(service.submit, teacher, scene.draft(teacher), a_wish(dates=later))
    scene.do(service.accept_dates, scene.teacher, loan_id)
    assert scene.state(loan_id) == "approved"


@pytest.mark.parametrize("move", ["approve", "decline", "propose_dates"])
def test_only_the_first_answer_counts(scene: Scene, move: str) -> None:
    loan_id = scene.loan("approved")
    later = whole_weeks(next_working_day(clock.today() + timedelta(days=60)), 2)
    given = {
        "approve": (),
        "decline": ("other", "No"),
        "propose_dates": (later, "Why not"),
    }[move]
    with pytest.raises(Conflict, match="moved on"):
        scene.do(getattr(service, move), scene.supplier, loan_id, *given)


def test_a_kit_comes_on_an_open_day_and_access_on_any(scene: Scene, seats: Scene) -> None:
    day = clock.today() + timedelta(days=40)
    saturday = whole_weeks(day + timedelta(days=(5 - day.weekday()) % 7), 2)
    with pytest.raises(Invalid) as refused:
        scene.do(service.submit, scene.teacher, scene.draft(), a_wish(dates=saturday))
    assert "is at the weekend" in refused.value.problems["starts_on"] or (
        "is a bank holiday" in refused.value.problems["starts_on"]
    )
    seats.do(service.submit, seats.teacher, seats.draft(), a_wish(dates=saturday))
    loan_id = scene.loan("requested")
    with pytest.raises(Invalid) as offered:
        scene.do(service.propose_dates, scene.supplier, loan_id, saturday, "Sooner we cannot")
    assert "The next open day is" in offered.value.problems["starts_on"]
