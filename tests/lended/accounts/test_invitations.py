"""Invitations, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.accounts import queries, service
from lended.accounts.events import PersonInvited
from lended.accounts.models import Organisation
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Transaction
from tests.makers import HASH, Makers

TOM = "tom@millfold.example"


@pytest.fixture
def school(make: Makers) -> Organisation:
    return make.organisation("school", "Millfold Primary")


@pytest.fixture
def acting(make: Makers, school: Organisation) -> Actor:
    return make.actor(make.person(school, "school_lead"), school, "school_lead")


def invited(
    transaction: Transaction, acting: Actor, role: str = "teacher", email: str = TOM
) -> str:
    """Invite somebody and return the token that only the mail holds."""
    tokens: list[str] = []
    with transaction() as work:
        work._listeners = {PersonInvited: [lambda _work, event: tokens.append(event.token)]}
        service.invite(work, acting, email, role)
    return tokens[0]


def test_only_the_digest_of_the_token_is_kept(
    transaction: Transaction, session: Session, acting: Actor
) -> None:
    token = invited(transaction, acting)
    kept = queries.invitations(session, acting)
    assert [invitation.email for invitation in kept] == [TOM]
    assert token not in kept[0].token_digest


def test_somebody_new_takes_the_place_kept(
    transaction: Transaction, session: Session, acting: Actor
) -> None:
    token = invited(transaction, acting, "technologist")
    with transaction() as work:
        person = service.accept_as_new_person(work, token, "Tom", HASH)
    assert person.email == TOM
    assert queries.member(session, acting, person.id).roles == ("technologist",)
    assert queries.invitations(session, acting) == []


def test_somebody_known_takes_a_second_role(
    transaction: Transaction, session: Session, make: Makers, school: Organisation, acting: Actor
) -> None:
    tom = make.person(school, "teacher", email=TOM)
    token = invited(transaction, acting, "technologist")
    with transaction() as work:
        person = service.accept_invitation(work, make.actor(tom, None), token)
    assert person.session_version == 2
    assert len(queries.member(session, acting, tom.id).roles) == 2


def test_an_invitation_is_taken_once(transaction: Transaction, acting: Actor) -> None:
    token = invited(transaction, acting)
    with transaction() as work:
        service.accept_as_new_person(work, token, "Tom", HASH)
    with pytest.raises(NotFound), transaction() as work:
        service.accept_as_new_person(work, token, "Tom again", HASH)


def test_an_invitation_to_somebody_else_is_not_taken(
    transaction: Transaction, make: Makers, acting: Actor
) -> None:
    token = invited(transaction, acting)
    somebody = make.actor(make.person(), None)
    with pytest.raises(NotAllowed), transaction() as work:
        service.accept_invitation(work, somebody, token)


def test_somebody_with_an_account_makes_no_second_one(
    transaction: Transaction, make: Makers, acting: Actor
) -> None:
    token = invited(transaction, acting)
    make.person(email=TOM)
    with pytest.raises(Conflict), transaction() as work:
        service.accept_as_new_person(work, token, "Tom", HASH)


def test_an_invitation_is_good_for_fourteen_days(transaction: Transaction, acting: Actor) -> None:
    token = invited(transaction, acting)
    too_late = clock.now() + timedelta(days=14, seconds=1)
    with clock.at(too_late), pytest.raises(NotFound), transaction() as work:
        service.accept_as_new_person(work, token, "Tom", HASH)
    with clock.at(clock.now() + timedelta(days=13, hours=23)), transaction() as work:
        service.accept_as_new_person(work, token, "Tom", HASH)


def test_a_withdrawn_invitation_cannot_be_taken(
    transaction: Transaction, session: Session, acting: Actor
) -> None:
    token = invited(transaction, acting)
    number = queries.invitations(session, acting)[0].id
    session.rollback()
    with transaction() as work:
        service.withdraw_invitation(work, acting, number)
    with pytest.raises(NotFound), transaction() as work:
        service.accept_as_new_person(work, token, "Tom", HASH)


def test_sent_again_the_old_link_stops_working(
    transaction: Transaction, session: Session, acting: Actor
) -> None:
    old = invited(transaction, acting)
    number = queries.invitations(session, acting)[0].id
    session.rollback()
    with transaction() as work:
        service.resend_invitation(work, acting, number)
    with pytest.raises(NotFound), transaction() as work:
        service.accept_as_new_person(work, old, "Tom", HASH)


def test_an_open_invitation_is_not_doubled_but_another_role_may_be_offered(
    transaction: Transaction, acting: Actor
) -> None:
    invited(transaction, acting)
    with pytest.raises(Invalid) as refused, transaction() as work:
        service.invite(work, acting, TOM.upper(), "teacher")
    assert "email" in refused.value.problems
    invited(transaction, acting, "school_lead")


def test_who_has_the_role_is_not_invited_to_it(
    transaction: Transaction, make: Makers, school: Organisation, acting: Actor
) -> None:
    make.person(school, "teacher", email=TOM)
    with pytest.raises(Invalid), transaction() as work:
        service.invite(work, acting, TOM, "teacher")


@pytest.mark.parametrize("role", ["staff", "supplier", "trust_lead", "", "lead"])
def test_a_school_invites_to_its_own_roles_only(
    transaction: Transaction, acting: Actor, role: str
) -> None:
    with pytest.raises(Invalid) as refused, transaction() as work:
        service.invite(work, acting, TOM, role)
    assert "role" in refused.value.problems


@pytest.mark.parametrize("role", ["teacher", "technologist"])
def test_only_a_lead_invites(
    transaction: Transaction, make: Makers, school: Organisation, role: str
) -> None:
    colleague = make.actor(make.person(school, role), school, role)
    with pytest.raises(NotAllowed), transaction() as work:
        service.invite(work, colleague, TOM, "teacher")


def test_another_schools_invitation_does_not_exist(
    transaction: Transaction, session: Session, make: Makers, acting: Actor
) -> None:
    invited(transaction, acting)
    number = queries.invitations(session, acting)[0].id
    session.rollback()
    elsewhere = make.organisation()
    stranger = make.actor(make.person(elsewhere, "school_lead"), elsewhere, "school_lead")
    for act in (service.withdraw_invitation, service.resend_invitation):
        with pytest.raises(NotFound), transaction() as work:
            act(work, stranger, number)
