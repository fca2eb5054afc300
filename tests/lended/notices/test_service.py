"""Telling people, on both engines."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts import service as accounts
from lended.accounts.models import Person
from lended.errors import NotFound
from lended.notices import queries, service
from lended.notices.models import Notice
from lended.notices.rules import Message
from tests.conftest import Transaction
from tests.makers import Makers

HELLO = Message(
    "test", "event:1", "Larkrise said yes", "On Tuesday.", link="/loans/1", action="See"
)


def all_notices(session: Session) -> list[Notice]:
    session.rollback()
    return list(session.scalars(select(Notice).order_by(Notice.id)))


def test_told_twice_it_is_one_notice(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    for _ in range(2):
        with transaction() as work:
            service.tell(work, person, HELLO)
    with transaction() as work:
        service.tell(work, person, HELLO)
        service.tell(work, person, HELLO)
    notices = all_notices(session)
    assert [(notice.person_id, notice.title) for notice in notices] == [(person.id, HELLO.title)]


def test_told_by_several_at_once_it_is_one_notice(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    together = threading.Barrier(4)
    failures: list[BaseException] = []

    def tell() -> None:
        together.wait()
        try:
            with transaction() as work:
                service.tell(work, person, HELLO)
        except BaseException as error:  # noqa: BLE001 - whatever fails is shown
            failures.append(error)

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(all_notices(session)) == 1


def test_several_people_are_each_told(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    people = [make.person(), make.person()]
    with transaction() as work:
        for person in people:
            service.tell(work, person, HELLO)
    assert len(all_notices(session)) == 2


def test_a_closed_account_is_told_nothing(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person: Person = make.person(disabled_at=clock.now())
    with transaction() as work:
        service.tell(work, person, HELLO)
    assert all_notices(session) == []


def test_what_is_undone_was_never_told(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()

    def tell_and_fail() -> None:
        with transaction() as work:
            service.tell(work, person, HELLO)
            service.mark_read(work, make.actor(person, None), 99)

    with pytest.raises(NotFound):
        tell_and_fail()
    assert all_notices(session) == []


def test_what_can_wait_goes_in_the_morning(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    with transaction() as work:
        service.tell(work, person, Message("test", "k", "Title", "Words.", urgent=False))
    notice = all_notices(session)[0]
    assert notice.next_try_at is not None
    assert notice.next_try_at > notice.made_at


def test_long_and_crooked_titles_are_made_straight(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    with transaction() as work:
        service.tell(
            work, person, Message("test", "k" * 900, "Yes\r\nBcc: x\x00 " + "y" * 900, "W.")
        )
    notice = all_notices(session)[0]
    assert notice.title.startswith("Yes Bcc: x y")
    assert len(notice.title) == 300
    assert len(notice.key) == 200


def test_the_inbox_shows_unread_first_then_the_newest(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    actor = make.actor(person, None)
    start = clock.now()
    for number in range(4):
        with clock.at(start + timedelta(minutes=number)), transaction() as work:
            service.tell(work, person, Message("test", str(number), f"Title {number}", "W."))
    newest = queries.inbox(session, actor)[0]
    session.rollback()
    with transaction() as work:
        assert service.mark_read(work, actor, newest.id) == ""
    session.rollback()
    titles = [notice.title for notice in queries.inbox(session, actor)]
    assert titles == ["Title 2", "Title 1", "Title 0", "Title 3"]
    assert queries.unread(session, actor) == 3
    session.rollback()
    with transaction() as work:
        service.mark_all_read(work, actor)
    session.rollback()
    assert queries.unread(session, actor) == 0


def test_nobody_reads_anothers_notice(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person, other = make.person(), make.actor(make.person(), None)
    with transaction() as work:
        service.tell(work, person, HELLO)
    number = all_notices(session)[0].id
    session.rollback()
    assert queries.inbox(session, other) == []
    assert queries.unread(session, other) == 0
    session.rollback()
    with pytest.raises(NotFound), transaction() as work:
        service.mark_read(work, other, number)


def test_what_is_for_the_mail_only_is_not_in_the_inbox(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    person = make.person()
    with transaction() as work:
        accounts.send_way_in(work, person.email, "reset")
    assert len(all_notices(session)) == 1
    actor = make.actor(person, None)
    assert queries.inbox(session, actor) == []
    assert queries.unread(session, actor) == 0


def test_the_past_is_settled(transaction: Transaction, session: Session, make: Makers) -> None:
    person = make.person()
    now = clock.now()
    for days in (30, 1):
        with clock.at(now - timedelta(days=days)), transaction() as work:
            service.tell(work, person, Message("test", str(days), f"{days} days ago", "W."))
    with transaction() as work:
        service.settle_the_past(work, now - timedelta(days=10))
    actor = make.actor(person, None)
    assert [notice.title for notice in queries.inbox(session, actor) if not notice.read_at] == [
        "1 days ago"
    ]
    assert {notice.mail_state for notice in all_notices(session)} == {"not_wanted"}


def test_an_inbox_has_pages(transaction: Transaction, session: Session, make: Makers) -> None:
    person = make.person()
    actor = make.actor(person, None)
    assert queries.pages(session, actor) == 1
    session.rollback()
    with transaction() as work:
        for number in range(queries.PAGE + 1):
            service.tell(work, person, Message("test", str(number), f"T{number}", "W."))
    session.rollback()
    assert queries.pages(session, actor) == 2
    assert len(queries.inbox(session, actor, 2)) == 1
