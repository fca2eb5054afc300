"""How people chose to hear of things, and whose a calendar is."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from lended.access import Actor
from lended.accounts.models import Membership, Person
from lended.db import rows
from lended.notices.models import CalendarFeed, NoticeChoice
from lended.notices.rules import Topic, Way

CHOSEN = select(NoticeChoice.person_id, NoticeChoice.topic, NoticeChoice.way).where(
    NoticeChoice.person_id.in_(bindparam("person_ids", expanding=True)),
    NoticeChoice.topic != Topic.ESSENTIAL,
)
"""Built once: most notices ask it, and building one costs as much as running it."""


def ways(session: Session, person_id: int | None) -> dict[Topic, Way]:
    """Return how a person chose to hear of each topic; those never chosen are left out."""
    chosen = session.scalars(select(NoticeChoice).where(NoticeChoice.person_id == person_id))
    return {Topic(row.topic): Way(row.way) for row in chosen}


def ways_of(session: Session, person_ids: Collection[int]) -> dict[tuple[int, Topic], Way]:
    """Return how people chose to hear of topics, as far as they did and it is theirs to choose."""
    if not person_ids:
        return {}
    chosen = rows(session, CHOSEN, {"person_ids": list(person_ids)})
    return {(person_id, Topic(topic)): Way(way) for person_id, topic, way in chosen}


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
