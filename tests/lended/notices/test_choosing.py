"""How people choose to hear of things, and what cannot be switched off, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.accounts.models import Person
from lended.errors import NotFound
from lended.notices import queries, rules, service
from lended.notices.models import Notice, NoticeChoice
from lended.notices.post import Sent, send_due
from lended.notices.rules import CHOICES, Message, Topic, Way
from tests.conftest import Transaction
from tests.lended.notices.conftest import Office
from tests.makers import Makers


@pytest.fixture
def person(make: Makers) -> Person:
    return make.person(make.organisation(), "teacher")


def tell(transaction: Transaction, person: Person, topic: Topic, *, urgent: bool = True) -> None:
    with transaction() as work:
        service.tell(work, person, Message("test", topic, topic, "W.", topic=topic, urgent=urgent))


def choose(transaction: Transaction, make: Makers, person: Person, topic: Topic, way: Way) -> None:
    with transaction() as work:
        service.choose(work, make.actor(person, None), {topic: way})


def notices(engine: Engine) -> list[Notice]:
    with Session(engine) as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def test_every_topic_but_the_essential_can_be_chosen() -> None:
    assert set(CHOICES) == set(Topic) - {Topic.ESSENTIAL}


@pytest.mark.parametrize("topic", CHOICES)
@pytest.mark.parametrize(
    ("way", "urgent", "now", "next_morning"),
    [
        (Way.AT_ONCE, True, 1, 0),
        (Way.AT_ONCE, False, 0, 1),
        (Way.DAILY, True, 0, 1),
        (Way.DAILY, False, 0, 1),
        (Way.SITE, True, 0, 0),
        (Way.SITE, False, 0, 0),
    ],
)
def test_mail_comes_as_it_was_chosen(
    transaction: Transaction,
    make: Makers,
    engine: Engine,
    by_smtp: Settings,
    person: Person,
    topic: Topic,
    way: Way,
    urgent: bool,
    now: int,
    next_morning: int,
) -> None:
    choose(transaction, make, person, topic, way)
    tell(transaction, person, topic, urgent=urgent)
    assert send_due(engine, by_smtp, clock.now()) == Sent(sent=now)
    morning = rules.next_morning(clock.now(), clock.LONDON)
    assert send_due(engine, by_smtp, morning) == Sent(sent=next_morning)
    assert [notice.in_inbox for notice in notices(engine)] == [True], "it is always on the site"


def test_all_of_a_day_goes_in_one_mail(
    transaction: Transaction,
    make: Makers,
    engine: Engine,
    office: tuple[Office, str],
    by_smtp: Settings,
    person: Person,
) -> None:
    for topic in CHOICES:
        choose(transaction, make, person, topic, Way.DAILY)
        tell(transaction, person, topic)
    morning = rules.next_morning(clock.now(), clock.LONDON)
    assert send_due(engine, by_smtp, morning + timedelta(hours=3)) == Sent(sent=1)
    assert office[0].letters[0]["Subject"] == f"{len(CHOICES)} things happened on LendED"


def test_what_is_essential_is_mailed_whatever_was_chosen(
    transaction: Transaction, make: Makers, engine: Engine, by_smtp: Settings, person: Person
) -> None:
    for topic in CHOICES:
        choose(transaction, make, person, topic, Way.SITE)
    tell(transaction, person, Topic.ESSENTIAL)
    assert send_due(engine, by_smtp, clock.now()) == Sent(sent=1)


@pytest.mark.parametrize(("topic", "way"), [("essential", "site"), ("loans", "never"), ("", "")])
def test_the_table_keeps_no_choice_that_is_none(
    make: Makers, person: Person, topic: str, way: str
) -> None:
    with pytest.raises(IntegrityError):
        make.save(NoticeChoice(person_id=person.id, topic=topic, way=way))


def test_what_waits_is_not_mailed_once_it_is_only_on_the_site(
    transaction: Transaction, make: Makers, engine: Engine, by_smtp: Settings, person: Person
) -> None:
    tell(transaction, person, Topic.LOANS, urgent=False)
    tell(transaction, person, Topic.STORIES, urgent=False)
    choose(transaction, make, person, Topic.LOANS, Way.SITE)
    morning = rules.next_morning(clock.now(), clock.LONDON)
    assert send_due(engine, by_smtp, morning) == Sent(sent=1)
    assert [notice.mail_state for notice in notices(engine)] == ["not_wanted", "sent"]


def test_one_person_s_choice_is_nobody_else_s(
    transaction: Transaction, make: Makers, engine: Engine, person: Person
) -> None:
    other = make.person()
    choose(transaction, make, person, Topic.LOANS, Way.SITE)
    choose(transaction, make, person, Topic.LOANS, Way.DAILY)
    with Session(engine) as session:
        assert queries.ways(session, person.id) == {Topic.LOANS: Way.DAILY}
        assert queries.ways(session, other.id) == {}
        chosen = queries.ways_of(session, {person.id, other.id})
        assert chosen == {(person.id, Topic.LOANS): Way.DAILY}


def test_mail_is_stopped_for_who_is_there_only(
    transaction: Transaction, make: Makers, engine: Engine, person: Person
) -> None:
    with transaction() as work:
        service.stop_mail(work, person.id, [Topic.LOANS, Topic.STORIES])
    with Session(engine) as session:
        assert queries.ways(session, person.id) == {
            Topic.LOANS: Way.SITE,
            Topic.STORIES: Way.SITE,
        }
    gone = make.person(disabled_at=clock.now())
    for number in (gone.id, 999_999):
        with pytest.raises(NotFound), transaction() as work:
            service.stop_mail(work, number, [Topic.LOANS])


@pytest.mark.parametrize(
    ("roles", "topics"),
    [
        ({"teacher"}, {Topic.LOANS, Topic.REMINDERS, Topic.STORIES}),
        ({"school_lead"}, set(CHOICES) - {Topic.LISTINGS}),
        ({"trust_lead"}, {Topic.JOINING}),
        ({"supplier"}, set(CHOICES)),
        ({"staff"}, {Topic.JOINING, Topic.LISTINGS}),
        ({"technologist"}, set()),
        (set(), set()),
    ],
)
def test_people_choose_about_what_ever_reaches_them(roles: set[str], topics: set[Topic]) -> None:
    assert set(rules.topics_of(roles)) == topics
