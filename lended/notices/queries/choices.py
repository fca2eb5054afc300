"""How people chose to hear of things, and whose a calendar is."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from lended.access import Actor
from lended.accounts.models import Membership, Person
from lended.db import rows
from lended.notices.models import CalendarFeed, NoticeChoice
from lended.notices.rules import Topic, Way

CHOSEN = select(NoticeChoice.way).where(
    NoticeChoice.person_id == bindparam("person_id"), NoticeChoice.topic == bindparam("topic")
)
"""Built once: most notices ask it, and building one costs as much as running it."""


def ways(session: Session, person_id: int | None) -> dict[Topic, Way]:
    """Return how a person chose to hear of each topic; those never chosen are left out."""
    chosen = session.scalars(select(NoticeChoice).where(NoticeChoice.person_id == person_id))
    return {Topic(row.topic): Way(row.way) for row in chosen}


def way(session: Session, person_id: int | None, topic: Topic) -> Way:
    """Return how somebody hears of a topic: at once, unless a person chose otherwise."""
    if person_id is None or topic is Topic.ESSENTIAL:
        return Way.AT_ONCE
    chosen = rows(session, CHOSEN, {"person_id": person_id, "topic": topic}).scalar()
    return Way(chosen or Way.AT_ONCE)


def feed(session: Session, actor: Actor) -> CalendarFeed | None:
    """Return the actor's own calendar; None where none was made."""
    return session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == actor.person_id))


def owner_of_feed(session: Session, mark: str) -> Person | None:
    """Return whose calendar has a mark, with their places; None where nobody's, or no more."""
    return session.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.mark == mark, Person.disabled_at.is_(None))
        .options(selectinload(Person.memberships).joinedload(Membership.organisation))
    )


def may_be_mailed(session: Session, person_id: int) -> bool:
    """Tell whether there is somebody of that number who has an account."""
    found = session.get(Person, person_id)
    return found is not None and found.disabled_at is None
