"""Accounts, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lended.accounts import queries, service
from lended.accounts.events import PersonCreated
from lended.errors import Conflict, Invalid, NotFound
from tests.conftest import Transaction
from tests.makers import HASH, Makers


def new_person(transaction: Transaction, email: str = "Ruth@Millfold.example") -> int:
    with transaction() as work:
        return service.create_person(work, email=email, name="Ruth Ackroyd", password_hash=HASH).id


def test_a_person_is_found_by_the_address_in_small_letters(
    transaction: Transaction, session: Session
) -> None:
    number = new_person(transaction)
    found = queries.person_by_email(session, "ruth@millfold.example")
    assert found is not None
    assert (found.id, found.name, found.session_version) == (number, "Ruth Ackroyd", 1)


def test_one_address_has_one_account(transaction: Transaction) -> None:
    new_person(transaction)
    with pytest.raises(Conflict), transaction() as work:
        service.create_person(work, email="ruth@millfold.EXAMPLE", name="R", password_hash=HASH)


def test_a_refused_account_leaves_the_rest_of_the_work_standing(
    transaction: Transaction, session: Session
) -> None:
    new_person(transaction)
    with transaction() as work:
        with pytest.raises(Conflict):
            service.create_person(work, email="ruth@millfold.example", name="R", password_hash=HASH)
        service.open_organisation(work, "school", "Millfold Primary")
    assert queries.organisation(session, 1).name == "Millfold Primary"


def test_no_account_without_an_address(transaction: Transaction) -> None:
    with pytest.raises(Invalid) as refused, transaction() as work:
        service.create_person(work, email="nobody", name="R", password_hash=HASH)
    assert "email" in refused.value.problems


def test_creating_is_told(transaction: Transaction) -> None:
    told: list[object] = []
    with transaction() as work:
        work._listeners = {PersonCreated: [lambda _work, event: told.append(event)]}
        person = service.create_person(work, email="a@school.example", name="A", password_hash=HASH)
    assert told == [PersonCreated(person.id)]


def test_a_disabled_person_has_no_credentials_and_no_session(
    transaction: Transaction, session: Session
) -> None:
    number = new_person(transaction)
    with transaction() as work:
        service.disable_person(work, number)
    with transaction() as work:
        service.disable_person(work, number)
    person = queries.person(session, number)
    assert queries.credentials(session, person.email) is None
    assert person.session_version == 2


def test_nobody_cannot_be_disabled(transaction: Transaction) -> None:
    with pytest.raises(NotFound), transaction() as work:
        service.disable_person(work, 99)


def test_signing_in_is_written_down_and_an_old_hash_replaced(
    transaction: Transaction, session: Session
) -> None:
    number = new_person(transaction)
    with transaction() as work:
        service.note_sign_in(work, number, "a better hash")
    person = queries.person(session, number)
    assert person.last_sign_in_at is not None
    assert person.password_hash == "a better hash"
    assert person.session_version == 1


def test_a_new_password_ends_every_session(transaction: Transaction, session: Session) -> None:
    number = new_person(transaction)
    with transaction() as work:
        changed = service.change_password(work, number, "another hash")
        assert changed.session_version == 2
    assert queries.person(session, number).password_hash == "another hash"


def test_signing_out_everywhere_raises_the_version(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    with transaction() as work:
        service.end_sessions(work, make.actor(person, None))
    assert queries.person(session, person.id).session_version == 2


def test_people_with_a_role_are_open_members_who_can_sign_in(
    session: Session, make: Makers, transaction: Transaction
) -> None:
    from lended.access import Role

    school, other = make.organisation(), make.organisation()
    zara = make.person(school, "teacher", name="Zara")
    amira = make.person(school, "teacher", "school_lead", name="Amira")
    make.person(other, "teacher")
    gone = make.person(school, "teacher")
    with transaction() as work:
        service.disable_person(work, gone.id)
    found = queries.people_with_role(session, school.id, Role.TEACHER, Role.SCHOOL_LEAD)
    assert [person.id for person in found] == [amira.id, zara.id]
    assert queries.people_with_role(session, school.id, Role.TECHNOLOGIST) == []
