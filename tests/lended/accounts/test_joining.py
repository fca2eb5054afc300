"""Asking to join and being answered, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lended.access import Actor, Role
from lended.accounts import queries, service
from lended.accounts.models import Organisation
from lended.errors import Conflict, Invalid, NotFound
from tests.conftest import Transaction
from tests.makers import Makers


@pytest.fixture
def school(make: Makers) -> Organisation:
    return make.organisation("school", "Millfold Primary")


@pytest.fixture
def lead(make: Makers, school: Organisation) -> Actor:
    return make.actor(make.person(school, "school_lead"), school, "school_lead")


@pytest.fixture
def staff(make: Makers) -> Actor:
    platform = make.organisation("platform", "LendED")
    return make.actor(make.person(platform, "staff"), platform, "staff")


@pytest.fixture
def dilys(make: Makers) -> Actor:
    return make.actor(make.person(name="Dilys Pryce"), None)


def asked(
    transaction: Transaction, actor: Actor, place: Organisation, role: str = "teacher"
) -> int:
    with transaction() as work:
        return service.ask_to_join(work, actor, place.id, role, "I begin after half-term.")


def test_a_lead_lets_somebody_in(
    transaction: Transaction, session: Session, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    with transaction() as work:
        service.approve_join_request(work, lead, number)
    assert queries.member(session, lead, dilys.person_id or 0).roles == (Role.TEACHER,)
    assert queries.waiting_join_requests(session, lead) == []


def test_a_lead_says_no_with_words(
    transaction: Transaction, session: Session, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    with pytest.raises(Invalid), transaction() as work:
        service.refuse_join_request(work, lead, number, "  \n ")
    with transaction() as work:
        service.refuse_join_request(work, lead, number, "We do not know you yet.")
    assert queries.own_join_requests(session, dilys) == []


def test_asked_twice_waits_once(
    transaction: Transaction, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    asked(transaction, dilys, school)
    with pytest.raises(Conflict):
        asked(transaction, dilys, school, "technologist")


def test_after_a_no_somebody_may_ask_again(
    transaction: Transaction, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    with transaction() as work:
        service.refuse_join_request(work, lead, number, "Ask Ruth first.")
    assert asked(transaction, dilys, school) != number


def test_who_belongs_does_not_ask_for_the_same_again(
    transaction: Transaction, make: Makers, school: Organisation
) -> None:
    teacher = make.person(school, "teacher")
    with pytest.raises(Conflict):
        asked(transaction, make.actor(teacher, school, "teacher"), school)


def test_nobody_asks_to_join_the_platform_or_for_a_role_a_place_does_not_know(
    transaction: Transaction, school: Organisation, staff: Actor, make: Makers, dilys: Actor
) -> None:
    platform = make.organisation("platform")
    with pytest.raises(NotFound):
        asked(transaction, dilys, platform, "staff")
    with pytest.raises(Invalid):
        asked(transaction, dilys, school, "staff")


def test_staff_answer_only_where_nobody_leads(
    transaction: Transaction,
    session: Session,
    make: Makers,
    school: Organisation,
    lead: Actor,
    staff: Actor,
    dilys: Actor,
) -> None:
    led = asked(transaction, dilys, school)
    leaderless = make.organisation("school", "Tarnside")
    free = asked(transaction, dilys, leaderless, "school_lead")
    assert [request.id for request in queries.waiting_join_requests(session, staff)] == [free]
    session.rollback()
    with pytest.raises(NotFound), transaction() as work:
        service.approve_join_request(work, staff, led)
    with transaction() as work:
        service.approve_join_request(work, staff, free)
    assert queries.people_with_role(session, leaderless.id, Role.SCHOOL_LEAD)[0].name == dilys.name


@pytest.mark.parametrize("role", ["teacher", "technologist"])
def test_colleagues_who_do_not_lead_see_no_requests(
    transaction: Transaction,
    session: Session,
    make: Makers,
    school: Organisation,
    lead: Actor,
    dilys: Actor,
    role: str,
) -> None:
    number = asked(transaction, dilys, school)
    actor = make.actor(make.person(school, role), school, role)
    assert queries.waiting_join_requests(session, actor) == []
    session.rollback()
    with pytest.raises(NotFound), transaction() as work:
        service.approve_join_request(work, actor, number)


def test_the_lead_of_another_school_answers_nothing_here(
    transaction: Transaction, make: Makers, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    other = make.organisation()
    stranger = make.actor(make.person(other, "school_lead"), other, "school_lead")
    with pytest.raises(NotFound), transaction() as work:
        service.refuse_join_request(work, stranger, number, "No")


def test_what_is_withdrawn_cannot_be_answered(
    transaction: Transaction, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    with transaction() as work:
        service.withdraw_join_request(work, dilys, number)
    with pytest.raises(NotFound), transaction() as work:
        service.approve_join_request(work, lead, number)
    with pytest.raises(NotFound), transaction() as work:
        service.withdraw_join_request(work, dilys, number)


def test_nobody_withdraws_for_somebody_else(
    transaction: Transaction, make: Makers, school: Organisation, lead: Actor, dilys: Actor
) -> None:
    number = asked(transaction, dilys, school)
    somebody = make.actor(make.person(), None)
    with pytest.raises(NotFound), transaction() as work:
        service.withdraw_join_request(work, somebody, number)
