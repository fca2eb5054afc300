"""Links sent by mail, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts import queries, service
from lended.accounts.events import WayInAsked
from lended.accounts.models import MailedLink
from lended.errors import Conflict, NotFound
from tests.conftest import Transaction
from tests.makers import HASH, Makers

KNOWN, UNKNOWN = "ruth@millfold.example", "nobody@millfold.example"


def sent(transaction: Transaction, email: str, asked: str = "reset") -> WayInAsked:
    told: list[WayInAsked] = []
    with transaction() as work:
        work._listeners = {WayInAsked: [lambda _work, event: told.append(event)]}
        service.send_way_in(work, email, asked)
    return told[0]


def test_known_or_not_one_link_is_kept_and_one_mail_asked_for(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person(email=KNOWN)
    known, unknown = sent(transaction, KNOWN.upper()), sent(transaction, UNKNOWN)
    assert (known.email, known.person_id) == (KNOWN, person.id)
    assert (unknown.email, unknown.person_id) == (UNKNOWN, None)
    assert session.scalar(select(func.count()).select_from(MailedLink)) == 2


def test_a_link_gives_a_new_password_once(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    make.person(email=KNOWN)
    token = sent(transaction, KNOWN).token
    with transaction() as work:
        person = service.choose_password_by_link(work, token, "a new hash")
    assert (person.password_hash, person.session_version) == ("a new hash", 2)
    with pytest.raises(NotFound), transaction() as work:
        service.choose_password_by_link(work, token, "a third hash")


def test_a_link_is_good_for_an_hour(transaction: Transaction, make: Makers) -> None:
    make.person(email=KNOWN)
    token = sent(transaction, KNOWN).token
    too_late = clock.now() + timedelta(minutes=61)
    with clock.at(too_late), pytest.raises(NotFound), transaction() as work:
        service.choose_password_by_link(work, token, HASH)


def test_using_one_link_uses_up_the_others_of_that_address(
    transaction: Transaction, make: Makers
) -> None:
    make.person(email=KNOWN)
    first, second = sent(transaction, KNOWN).token, sent(transaction, KNOWN).token
    with transaction() as work:
        service.choose_password_by_link(work, first, HASH)
    with pytest.raises(NotFound), transaction() as work:
        service.choose_password_by_link(work, second, HASH)


def test_a_link_makes_an_account_for_the_address_it_was_sent_to(transaction: Transaction) -> None:
    token = sent(transaction, UNKNOWN, "register").token
    with transaction() as work:
        person = service.make_account_by_link(work, token, "Nobody Yet", HASH)
    assert (person.email, person.name) == (UNKNOWN, "Nobody Yet")


def test_two_links_make_one_account(transaction: Transaction, session: Session) -> None:
    first, second = sent(transaction, UNKNOWN).token, sent(transaction, UNKNOWN).token
    with transaction() as work:
        service.make_account_by_link(work, first, "Nobody Yet", HASH)
    with pytest.raises(NotFound), transaction() as work:
        service.make_account_by_link(work, second, "Another", HASH)


def test_an_account_made_meanwhile_is_not_taken_over(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    token = sent(transaction, UNKNOWN).token
    make.person(email=UNKNOWN, name="Invited meanwhile")
    with pytest.raises(Conflict), transaction() as work:
        service.make_account_by_link(work, token, "Another", "another hash")
    found = queries.person_by_email(session, UNKNOWN)
    assert found is not None
    assert found.password_hash == HASH


def test_a_link_of_one_kind_does_not_do_for_the_other(
    transaction: Transaction, make: Makers
) -> None:
    make.person(email=KNOWN)
    known, unknown = sent(transaction, KNOWN).token, sent(transaction, UNKNOWN).token
    with pytest.raises(NotFound), transaction() as work:
        service.make_account_by_link(work, known, "X", HASH)
    with pytest.raises(NotFound), transaction() as work:
        service.choose_password_by_link(work, unknown, HASH)


def test_old_links_of_an_address_are_forgotten(transaction: Transaction, session: Session) -> None:
    with clock.at(clock.now() - timedelta(days=30)):
        sent(transaction, UNKNOWN)
    sent(transaction, UNKNOWN)
    assert session.scalar(select(func.count()).select_from(MailedLink)) == 1


@pytest.mark.parametrize("token", ["", "x", "\x00", "é" * 500, "\udcff", "../../etc/passwd"])
def test_nonsense_is_no_link(session: Session, token: str) -> None:
    with pytest.raises(NotFound):
        queries.usable_link(session, token)
