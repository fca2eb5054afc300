"""The life of a loan through the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import DeletionDuty, Loan, LoanEvent, LoanLine, Paperwork
from lended.loans.rules import HOLDING, MOVES, State
from lended.loans.rules.calendar import Dates, next_working_day, whole_weeks
from lended.loans.rules.papers import DeletionWish, DispatchWish, Item
from lended.loans.rules.plans import MOST_OPEN_LOANS
from lended.loans.rules.stock import UnitWish
from lended.loans.rules.terms import digest
from tests.lended.loans.scene import ITEMS, PAPERS, Scene, a_wish


def test_a_kit_goes_out_and_comes_back_and_every_change_is_kept(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("closed")
    events = session.scalars(
        select(LoanEvent).where(LoanEvent.loan_id == loan_id).order_by(LoanEvent.id)
    ).all()
    assert [event.to_state for event in events] == [
        "school_signoff",
        "requested",
        "approved",
        "preparing",
        "dispatched",
        "active",
        "returning",
        "inspection",
        "closed",
    ]
    assert all(event.person_id and event.at for event in events)
    lines = session.scalars(select(LoanLine).where(LoanLine.loan_id == loan_id)).all()
    assert [line.state for line in lines] == ["closed"]


def test_access_is_issued_ended_and_its_data_confirmed_deleted(
    seats: Scene, session: Session
) -> None:
    loan_id = seats.loan("access_ended")
    seats.do(service.confirm_deletion, seats.supplier, loan_id, DeletionWish(none_held=True))
    assert seats.state(loan_id) == "closed"
    duty = session.get(DeletionDuty, loan_id)
    assert duty is not None
    assert duty.none_held
    assert duty.confirmed_by_id == seats.supplier.person_id


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


def test_accepted_terms_are_known_again_by_their_fingerprint(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("preparing")
    paperwork = session.get(Paperwork, loan_id)
    assert paperwork is not None
    assert paperwork.terms_digest == digest(scene.row(loan_id).terms)
    assert paperwork.accepted_by_id == scene.lead_person.id


@pytest.mark.parametrize(
    ("field", "value"),
    [("terms_accepted", False), ("deputy", ""), ("address", " "), ("delivery_window", "")],
)
def test_paperwork_of_a_kit_is_complete(scene: Scene, field: str, value: Any) -> None:
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid) as refused:
        scene.do(service.complete_paperwork, scene.lead, loan_id, replace(PAPERS, **{field: value}))
    assert set(refused.value.problems) == {field}


def test_only_the_responsible_person_or_a_lead_accepts_the_terms(scene: Scene) -> None:
    loan_id = scene.loan("approved")
    with pytest.raises(NotAllowed):
        scene.do(service.complete_paperwork, scene.teacher, loan_id, PAPERS)


def test_what_may_hold_personal_data_needs_a_data_protection_check(
    make: Any, transaction: Any
) -> None:
    scene = Scene(make, transaction, kind="digital", capacity=30, contents=[])
    with transaction() as work:
        work.session.get_one(type(scene.product), scene.product.id).facts = {}
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid) as refused:
        scene.do(
            service.complete_paperwork, scene.lead, loan_id, replace(PAPERS, data_protection="")
        )
    assert set(refused.value.problems) == {"data_protection"}


def test_a_kit_with_a_serial_is_chosen_when_it_leaves_and_lent_once(scene: Scene) -> None:
    unit_id = scene.do(
        service.add_unit, scene.supplier, scene.product.slug, UnitWish("KIT-1", "New")
    )
    loan_id = scene.loan("preparing")
    sent = DispatchWish(items=ITEMS, condition="New")
    with pytest.raises(Invalid, match="Choose the kit"):
        scene.do(service.dispatch, scene.supplier, loan_id, sent)
    with pytest.raises(Invalid, match="one of your own"):
        scene.do(service.dispatch, scene.supplier, loan_id, replace(sent, unit_id=unit_id + 999))
    scene.do(service.dispatch, scene.supplier, loan_id, replace(sent, unit_id=unit_id))
    assert scene.row(loan_id).lines[0].unit_id == unit_id
    with scene.transaction() as work:
        assert queries.units_free(work.session, scene.pool.id) == []


def test_seats_are_not_sent_and_kits_are_not_issued(scene: Scene) -> None:
    loan_id = scene.loan("preparing")
    with pytest.raises(Conflict):
        scene.do(service.issue, scene.supplier, loan_id, "CODE")


def test_access_is_shown_to_those_who_need_it_and_that_is_kept(
    seats: Scene, session: Session
) -> None:
    loan_id = seats.loan("issued")
    assert seats.do(service.show_access, seats.teacher, loan_id) == "Code TILES-27"
    for actor in (seats.supplier,):
        with pytest.raises(NotAllowed):
            seats.do(service.show_access, actor, loan_id)
    shown = session.scalar(
        select(func.count()).select_from(LoanEvent).where(LoanEvent.kind == "access_shown")
    )
    assert shown == 1


def test_the_school_cancels_without_a_reason_and_the_supplier_with_one(scene: Scene) -> None:
    scene.do(service.cancel, scene.teacher, scene.loan("school_signoff"))
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid):
        scene.do(service.cancel, scene.supplier, loan_id)
    scene.do(service.cancel, scene.supplier, loan_id, "stock_problem", "The kit broke")
    assert scene.state(loan_id) == "cancelled"


def test_what_was_sent_cannot_be_cancelled(scene: Scene) -> None:
    loan_id = scene.loan("dispatched")
    with pytest.raises(Conflict):
        scene.do(service.cancel, scene.teacher, loan_id)


def test_inspection_says_how_each_thing_came_back(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("inspection")
    wrong = [Item("Fraction tiles", 24, 24, "vanished")]
    with pytest.raises(Invalid):
        scene.do(service.pass_inspection, scene.supplier, loan_id, wrong)
    back = [Item("Fraction tiles", 24, 20, "missing", "Four tiles")]
    scene.do(service.pass_inspection, scene.supplier, loan_id, back, "Otherwise fine")
    check = queries.papers(session, loan_id).check("inspection")
    assert check is not None
    assert check.lines[0]["remark"] == "Four tiles"


def test_the_supplier_cannot_deny_what_its_own_facts_say(make: Any, transaction: Any) -> None:
    scene = Scene(make, transaction, kind="digital", capacity=30, contents=[])
    with transaction() as work:
        product = work.session.get_one(type(scene.product), scene.product.id)
        product.facts = {"personal_data": "pupil_identified"}
    loan_id = scene.loan("access_ended")
    with pytest.raises(Invalid) as refused:
        scene.do(service.confirm_deletion, scene.supplier, loan_id, DeletionWish(none_held=True))
    assert set(refused.value.problems) == {"none_held"}
    today = clock.today()
    for wish in (
        DeletionWish(none_held=False),
        DeletionWish(none_held=False, scope="All", deleted_on=today + timedelta(days=1)),
        DeletionWish(none_held=False, scope="All", deleted_on=today - timedelta(days=1)),
    ):
        with pytest.raises(Invalid):
            scene.do(service.confirm_deletion, scene.supplier, loan_id, wish)
    done = DeletionWish(none_held=False, scope="All accounts", deleted_on=today)
    scene.do(service.confirm_deletion, scene.supplier, loan_id, done)
    assert scene.state(loan_id) == "closed"


def test_a_change_that_lost_the_race_changes_nothing(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("requested")
    with scene.transaction() as work:
        stale = queries.loan(work.session, scene.supplier, loan_id)
        work.session.expunge_all()
    stale.state = State.APPROVED
    with pytest.raises(Conflict), scene.transaction() as work:
        service.change.change(work, scene.lead, stale, "complete_paperwork")
    assert scene.state(loan_id) == "requested"


def test_the_states_of_lines_follow_the_loan(scene: Scene, session: Session) -> None:
    scene.loan("dispatched")
    astray = session.scalar(
        select(func.count()).select_from(LoanLine).join(Loan).where(Loan.state != LoanLine.state)
    )
    assert astray == 0


@pytest.mark.parametrize("who", ["teacher", "lead", "supplier", "homeless"])
def test_to_strangers_a_loan_does_not_exist(scene: Scene, who: str) -> None:
    """Scenario 14."""
    loan_id = scene.loan("active")
    other_teacher, other_lead = scene.another_school()
    business = scene.make.organisation("supplier")
    scene.make.supplier(business)
    other_supplier = scene.make.actor(scene.make.person(), business, "supplier")
    homeless = scene.make.actor(scene.make.person(), None, "teacher")
    actor = {
        "teacher": other_teacher,
        "lead": other_lead,
        "supplier": other_supplier,
        "homeless": homeless,
    }[who]
    with pytest.raises(NotFound), scene.transaction() as work:
        queries.loan(work.session, actor, loan_id)
    with scene.transaction() as work:
        assert queries.loans_in_sight(work.session, actor) == []
    for act, *given in (
        (service.cancel,),
        (service.approve,),
        (service.book_return, "now"),
        (service.show_access,),
        (service.take_back,),
    ):
        with pytest.raises(NotFound):
            scene.do(act, actor, loan_id, *given)


def test_a_supplier_hears_of_a_request_when_the_school_has_agreed(scene: Scene) -> None:
    loan_id = scene.loan("school_signoff")
    with scene.transaction() as work:
        assert queries.loans_of_supplier(work.session, scene.supplier) == []
    scene.do(service.refuse_signoff, scene.lead, loan_id, "Not now")
    with scene.transaction() as work:
        assert queries.loans_of_supplier(work.session, scene.supplier) == []
        assert len(queries.loans_of_school(work.session, scene.lead)) == 1


def test_a_draft_is_its_writers_own(scene: Scene) -> None:
    loan_id = scene.draft()
    with pytest.raises(NotFound), scene.transaction() as work:
        queries.loan(work.session, scene.lead, loan_id)
    scene.do(service.cancel, scene.teacher, loan_id)
    with scene.transaction() as work:
        assert queries.loans_of_school(work.session, scene.lead) == []


def test_held_states_are_the_ones_that_make_others_wait(scene: Scene, make: Any) -> None:
    start = next_working_day(clock.today() + timedelta(days=30))
    dates = Dates(start, start + timedelta(days=6))
    for state in State:
        if state is State.DECLINED:
            continue
        product = make.product(scene.supplier_row)
        pool = make.pool(product)
        make.loan(
            scene.school,
            scene.teacher_person,
            product,
            pool,
            state=state,
            starts_on=dates.starts_on,
            due_on=dates.due_on,
        )
        with scene.transaction() as work:
            free = queries.borrowable_product_ids(work.session, dates.starts_on, dates.due_on)
        assert (product.id in free) == (state not in HOLDING)


def test_every_service_that_moves_a_loan_is_in_the_table() -> None:
    beyond = {"start_draft", "run_clock", "show_access", "keep_stock", "add_unit", "change_unit"}
    by_clock = {"submit_for_signoff", "end_access"}
    functions = {name for name in service.__all__ if name.islower()} - beyond
    assert functions == MOVES.keys() - by_clock
