"""What people choose: how they hear of things, and whether they have a calendar of their own."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from sqlalchemy import delete, update

from lended import clock
from lended.access import Actor
from lended.errors import NotFound
from lended.notices import queries
from lended.notices.models import CalendarFeed, Notice, NoticeChoice
from lended.notices.rules import Topic, Way
from lended.work import Work


def choose(work: Work, actor: Actor, ways: Mapping[Topic, Way]) -> None:
    """Keep how the actor wants to hear of some topics."""
    if actor.person_id is not None:
        _choose(work, actor.person_id, ways)


def stop_mail(work: Work, person_id: int, topics: Collection[Topic]) -> None:
    """Mail a person nothing more about some topics, for whoever holds a link that says so.

    Raises
    ------
    NotFound
        When there is nobody of that number, or no longer.
    """
    if not queries.may_be_mailed(work.session, person_id):
        raise NotFound
    _choose(work, person_id, dict.fromkeys(topics, Way.SITE))


def make_feed(work: Work, actor: Actor) -> None:
    """Give the actor a private calendar; the address of an earlier one ends."""
    end_feed(work, actor)
    work.session.add(
        CalendarFeed(person_id=actor.person_id, mark=secrets.token_urlsafe(32), made_at=clock.now())
    )
    work.session.flush()


def end_feed(work: Work, actor: Actor) -> None:
    """End the actor's private calendar, if there is one."""
    work.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == actor.person_id))


def _choose(work: Work, person_id: int, ways: Mapping[Topic, Way]) -> None:
    for topic, way in ways.items():
        work.session.merge(NoticeChoice(person_id=person_id, topic=topic, way=way))
    unmailed = [topic for topic, way in ways.items() if way is Way.SITE]
    work.session.execute(
        update(Notice)
        .where(
            Notice.person_id == person_id,
            Notice.mail_state == "waiting",
            Notice.topic.in_(unmailed),
        )
        .values(mail_state="not_wanted")
    )
    work.session.flush()
