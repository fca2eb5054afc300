"""Roles in organisations, on both engines."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.access import ROLES_OF_KIND, Actor, OrganisationKind, Role
from lended.accounts import policy, queries, service
from lended.accounts.models import Membership, Organisation, Person
from lended.errors import Invalid, NotAllowed, NotFound
from tests.conftest import Transaction
from tests.makers import Makers


@pytest.fixture
def school(make: Makers) -> Organisation:
    return make.organisation("school", "Millfold Primary")


@pytest.fixture
def lead(make: Makers, school: Organisation) -> Person:
    return make.person(school, "school_lead", name="Ruth Ackroyd")


@pytest.fixture
def acting(make: Makers, school: Organisation, lead: Person) -> Actor:
    return make.actor(lead, school, "school_lead")


def roles(session: Session, actor: Actor, person: Person) -> set[str]:
    session.rollback()
    return {str(role) for role in queries.member(session, actor, person.id).roles}


@pytest.mark.parametrize("kind", OrganisationKind)
@pytest.mark.parametrize("role", Role)
def test_an_organisation_gives_only_the_roles_it_knows(
    transaction: Transaction, make: Makers, kind: OrganisationKind, role: Role
) -> None:
    organisation, person = make.organisation(kind), make.person()
    if role in ROLES_OF_KIND[kind]:
        with transaction() as work:
            service.give_role(work, person.id, organisation.id, role)
    else:
        with pytest.raises(Invalid), transaction() as work:
            service.give_role(work, person.id, organisation.id, role)


def test_a_role_given_twice_is_held_once_and_ends_sessions_once(
    transaction: Transaction, session: Session, make: Makers, school: Organisation
) -> None:
    person = make.person()
    for _ in range(2):
        with transaction() as work:
            service.give_role(work, person.id, school.id, Role.TEACHER)
    held = session.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    assert len(held) == 1
    assert queries.person(session, person.id).session_version == 2


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_kind_of_organisation_is_led_by_a_role_it_knows(kind: OrganisationKind) -> None:
    assert policy.lead_role(kind) in ROLES_OF_KIND[kind]


def test_a_lead_changes_what_somebody_does(
    transaction: Transaction, session: Session, make: Makers, school: Organisation, acting: Actor
) -> None:
    person = make.person(school, "teacher")
    with transaction() as work:
        service.change_roles(work, acting, person.id, ["teacher", "technologist"])
    assert roles(session, acting, person) == {"teacher", "technologist"}
    with transaction() as work:
        service.change_roles(work, acting, person.id, ["technologist"])
    assert roles(session, acting, person) == {"technologist"}
    assert queries.person(session, person.id).session_version == 3


def test_a_role_taken_away_can_be_given_again(
    transaction: Transaction, session: Session, make: Makers, school: Organisation, acting: Actor
) -> None:
    person = make.person(school, "teacher", "technologist")
    for wanted in (["technologist"], ["teacher"], ["technologist"]):
        with transaction() as work:
            service.change_roles(work, acting, person.id, wanted)
    assert roles(session, acting, person) == {"technologist"}


@pytest.mark.parametrize(
    "wanted", [["staff"], ["supplier"], ["teacher", "trust_lead"], ["nonsense"]]
)
def test_a_lead_gives_no_role_of_another_kind_of_organisation(
    transaction: Transaction, make: Makers, school: Organisation, acting: Actor, wanted: list[str]
) -> None:
    person = make.person(school, "teacher")
    with pytest.raises(Invalid), transaction() as work:
        service.change_roles(work, acting, person.id, wanted)


def test_no_role_at_all_is_not_a_change_of_roles(
    transaction: Transaction, make: Makers, school: Organisation, acting: Actor
) -> None:
    person = make.person(school, "teacher")
    with pytest.raises(Invalid), transaction() as work:
        service.change_roles(work, acting, person.id, [])


@pytest.mark.parametrize("role", ["teacher", "technologist"])
def test_nobody_edits_someone_with_more_rights(
    transaction: Transaction, make: Makers, school: Organisation, lead: Person, role: str
) -> None:
    actor = make.actor(make.person(school, role), school, role)
    with pytest.raises(NotAllowed), transaction() as work:
        service.change_roles(work, actor, lead.id, ["teacher"])
    with pytest.raises(NotAllowed), transaction() as work:
        service.remove_person(work, actor, lead.id)
    with pytest.raises(NotAllowed), transaction() as work:
        service.change_roles(work, actor, actor.person_id or 0, [role, "school_lead"])


def test_people_of_another_school_do_not_exist(
    transaction: Transaction, make: Makers, acting: Actor
) -> None:
    stranger = make.person(make.organisation(), "teacher")
    with pytest.raises(NotFound), transaction() as work:
        service.change_roles(work, acting, stranger.id, ["teacher"])
    with pytest.raises(NotFound), transaction() as work:
        service.remove_person(work, acting, stranger.id)


def test_a_removed_person_belongs_nowhere_and_is_signed_out(
    transaction: Transaction, session: Session, make: Makers, school: Organisation, acting: Actor
) -> None:
    person = make.person(school, "teacher", "technologist")
    with transaction() as work:
        service.remove_person(work, acting, person.id)
    with pytest.raises(NotFound):
        queries.member(session, acting, person.id)
    assert queries.person(session, person.id).session_version == 2


def test_the_last_lead_stays(
    transaction: Transaction, make: Makers, school: Organisation, lead: Person, acting: Actor
) -> None:
    with pytest.raises(Invalid) as refused, transaction() as work:
        service.remove_person(work, acting, lead.id)
    assert "Nobody else leads Millfold Primary" in refused.value.problems["roles"]
    with pytest.raises(Invalid), transaction() as work:
        service.change_roles(work, acting, lead.id, ["teacher"])


def test_a_lead_whose_account_is_closed_does_not_count(
    transaction: Transaction, make: Makers, school: Organisation, lead: Person, acting: Actor
) -> None:
    other = make.person(school, "school_lead")
    with transaction() as work:
        service.disable_person(work, other.id)
    with pytest.raises(Invalid), transaction() as work:
        service.remove_person(work, acting, lead.id)


def test_two_leads_cannot_remove_each_other_at_once(
    transaction: Transaction, session: Session, make: Makers, school: Organisation, lead: Person
) -> None:
    other = make.person(school, "school_lead")
    together = threading.Barrier(2)
    refused: list[str] = []

    def remove(by: Person, whom: Person) -> None:
        together.wait()
        try:
            with transaction() as work:
                service.remove_person(work, make.actor(by, school, "school_lead"), whom.id)
        except (Invalid, NotFound) as error:
            refused.append(type(error).__name__)

    threads = [
        threading.Thread(target=remove, args=pair) for pair in ((lead, other), (other, lead))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(queries.people_with_role(session, school.id, Role.SCHOOL_LEAD)) == 1
