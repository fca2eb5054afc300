"""What of a loan exists for whom, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lended import clock
from lended.errors import Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.rules import HOLDING, State
from lended.loans.rules.calendar import Dates, next_working_day
from tests.lended.loans.scene import PAPERS, Scene


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


def test_staff_reach_a_loan_only_by_its_number_and_only_to_cancel_it(scene: Scene) -> None:
    platform = scene.make.organisation("platform")
    staff = scene.make.actor(scene.make.person(platform, "staff"), platform, "staff")
    loan_id, draft = scene.loan("preparing"), scene.draft()
    with scene.transaction() as work:
        assert queries.loans_in_sight(work.session, staff) == []
        assert queries.dated_loans(work.session, [staff], clock.today()) == []
    with pytest.raises(NotAllowed):
        scene.do(service.complete_paperwork, staff, loan_id, PAPERS)
    with pytest.raises(NotFound):
        scene.do(service.cancel, staff, draft, "other", "They asked")
    for reason, words in (("", "They asked"), ("other", " ")):
        with pytest.raises(Invalid):
            scene.do(service.cancel, staff, loan_id, reason, words)
    scene.do(service.cancel, staff, loan_id, "other", "The supplier has closed")
    assert scene.state(loan_id) == "cancelled"
    with pytest.raises(NotFound):
        scene.do(service.cancel, staff, loan_id, "other", "Once more")


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
