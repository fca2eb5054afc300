"""Tokens by which programs act for people, on both engines."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lended.access import Actor, Scope
from lended.accounts import queries, rules, service, sessions
from lended.accounts.events import TokenMade, TokenRevoked
from lended.accounts.models import Token
from lended.accounts.policy import scopes_of
from lended.accounts.rules import TokenWish
from lended.errors import Invalid, NotAllowed, NotFound
from lended.work import Work
from tests.conftest import Transaction
from tests.makers import Makers

WISH = TokenWish("Our booking system", ("loans:read",))


@pytest.fixture
def lead(make: Makers) -> Actor:
    school = make.organisation("school")
    return make.actor(make.person(school, "school_lead"), school, "school_lead")


def made(transaction: Transaction, actor: Actor, wish: TokenWish = WISH) -> tuple[int, str]:
    with transaction() as work:
        return service.make_token(work, actor, wish)


def test_only_a_fingerprint_of_a_token_is_kept(
    transaction: Transaction, session: Session, lead: Actor
) -> None:
    token_id, secret = made(transaction, lead)
    row = session.get(Token, token_id)
    assert row is not None
    assert re.fullmatch(r"lended_[\w-]{43}", secret)
    kept = " ".join(str(value) for value in vars(row).values())
    assert secret not in kept
    assert row.token_digest == rules.digest(secret)
    assert row.ending == secret[-4:]


def test_no_two_tokens_are_alike() -> None:
    assert len({rules.fresh_program_token() for _ in range(100)}) == 100


def test_a_token_speaks_for_its_maker_in_that_organisation(
    make: Makers, transaction: Transaction, session: Session, lead: Actor
) -> None:
    elsewhere = make.organisation("school")
    person = session.get_one(Token, made(transaction, lead)[0])
    make.member(queries.person(session, person.person_id), elsewhere, "teacher")
    session.rollback()
    secret = made(transaction, lead)[1]
    program = sessions.of_token(session, secret)
    assert program is not None
    assert program.actor == lead
    assert program.scopes == {Scope.READ}


@pytest.mark.parametrize("shown", ["", "lended_", "lended_" + "x" * 43, "x" * 50, "\x00", "é"])
def test_what_is_no_token_speaks_for_nobody(session: Session, shown: str) -> None:
    assert sessions.of_token(session, shown) is None


@pytest.mark.parametrize("role", ["teacher", "technologist"])
def test_who_does_not_lead_makes_no_token(
    make: Makers, transaction: Transaction, role: str
) -> None:
    school = make.organisation("school")
    actor = make.actor(make.person(school, role), school, role)
    with pytest.raises(NotAllowed):
        made(transaction, actor)


@pytest.mark.parametrize(
    ("wish", "wrong"),
    [
        (TokenWish("", ("loans:read",)), "name"),
        (TokenWish(" ", ("loans:read",)), "name"),
        (TokenWish("x", ()), "scopes"),
        (TokenWish("x", ("loans:read", "everything")), "scopes"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(
    transaction: Transaction, lead: Actor, wish: TokenWish, wrong: str
) -> None:
    with pytest.raises(Invalid) as refused:
        made(transaction, lead, wish)
    assert set(refused.value.problems) == {wrong}


def test_a_supplier_lets_no_program_ask_for_trials(make: Makers, transaction: Transaction) -> None:
    business = make.organisation("supplier")
    actor = make.actor(make.person(business, "supplier"), business, "supplier")
    assert Scope.REQUEST not in scopes_of("supplier")
    with pytest.raises(Invalid):
        made(transaction, actor, TokenWish("x", ("loans:request",)))


def test_a_nameless_token_is_refused_by_the_database_too(
    make: Makers, transaction: Transaction, session: Session, lead: Actor
) -> None:
    token_id, _secret = made(transaction, lead)
    with pytest.raises(IntegrityError), transaction() as work:
        work.session.get_one(Token, token_id).name = "  "


def test_another_lead_revokes_a_token_and_strangers_do_not_find_it(
    make: Makers, transaction: Transaction, session: Session, lead: Actor
) -> None:
    token_id, secret = made(transaction, lead)
    elsewhere = make.organisation("school")
    stranger = make.actor(make.person(elsewhere, "school_lead"), elsewhere, "school_lead")
    with transaction() as work:
        assert queries.tokens(work.session, stranger) == []
        with pytest.raises(NotFound):
            service.revoke_token(work, stranger, token_id)
    with transaction() as work:
        service.revoke_token(work, lead, token_id)
    assert sessions.of_token(session, secret) is None
    with pytest.raises(NotFound), transaction() as work:
        service.revoke_token(work, lead, token_id)


def test_making_and_revoking_are_said(transaction: Transaction, lead: Actor) -> None:
    said: list[object] = []

    class Listening(Work):
        def record(self, event: object) -> None:
            said.append(event)

    with transaction() as work:
        listening = Listening(work.session)
        token_id, _secret = service.make_token(listening, lead, WISH)
        service.revoke_token(listening, lead, token_id)
    assert [type(event) for event in said] == [TokenMade, TokenRevoked]
    assert "lended_" not in repr(said)
