"""Reading schools and trusts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from lended.access import Actor
from lended.accounts.models import JoinRequest
from lended.errors import NotFound
from lended.schools import rules
from lended.schools.models import School, Trust

MOST_REQUESTS = 10
NO_SUCH_SCHOOL = "There is no such school, or the register says that it has closed."


@dataclass(frozen=True, slots=True)
class Found:
    """Schools that fit what was typed, and whether there are more than these."""

    schools: Sequence[School]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of a school, and how it was answered.

    Parameters
    ----------
    state
        ``"waiting"``, ``"approved"``, ``"refused"`` or ``"withdrawn"``.
    answer
        The words of whoever answered; empty when there are none.
    """

    request_id: int
    school_id: int
    school: str
    role: str
    state: str
    asked_at: datetime
    answered_at: datetime | None
    answer: str


def school_of(session: Session, organisation_id: int | None) -> School | None:
    """Return the school that an organisation is, with its trust; None when it is none."""
    if organisation_id is None:
        return None
    return session.scalar(
        select(School)
        .where(School.organisation_id == organisation_id)
        .options(joinedload(School.trust))
    )


def schools_of_trust(session: Session, organisation_id: int | None) -> list[School]:
    """Return the open schools of the trust that an organisation is, by name."""
    if organisation_id is None:
        return []
    return list(
        session.scalars(
            select(School)
            .join(Trust, School.trust_id == Trust.id)
            .where(Trust.organisation_id == organisation_id, School.status == "open")
            .order_by(School.name, School.id)
        )
    )


def school_to_join(session: Session, school_id: int) -> School:
    """Return a school that people can join.

    Raises
    ------
    NotFound
        When there is none, or it has closed.
    """
    found = session.scalar(select(School).where(School.id == school_id, _is_joinable()))
    if found is None:
        raise NotFound(NO_SUCH_SCHOOL)
    return found


def search_schools(session: Session, words: str, limit: int = 20) -> Found:
    """Return schools whose name, town or postcode holds every word typed, or begins with it.

    Names that begin with what was typed come first; then by name. Nothing typed finds nothing.
    """
    wanted = rules.search_words(words)
    if not wanted:
        return Found(())
    begins = School.search_name.startswith(" ".join(wanted))
    rows = session.scalars(
        select(School)
        .where(_is_joinable(), *(_has_word(word) for word in wanted))
        .order_by(case((begins, 0), else_=1), School.name, School.id)
        .limit(limit + 1)
    ).all()
    return Found(rows[:limit], more=len(rows) > limit)


def own_requests(session: Session, actor: Actor) -> list[Asked]:
    """Return what the actor has asked of schools, the latest first; the last few only."""
    rows = session.execute(
        select(JoinRequest, School.id, School.name)
        .join(School, School.organisation_id == JoinRequest.organisation_id)
        .where(JoinRequest.person_id == actor.person_id)
        .order_by(JoinRequest.asked_at.desc(), JoinRequest.id.desc())
        .limit(MOST_REQUESTS)
    )
    return [
        Asked(
            request.id,
            school_id,
            name,
            request.role,
            request.state,
            request.asked_at,
            request.answered_at,
            request.answer,
        )
        for request, school_id, name in rows
    ]


def waits_for(session: Session, actor: Actor, school: School) -> bool:
    """Tell whether the actor has asked to join a school and waits for the answer."""
    if school.organisation_id is None:
        return False
    waiting = exists().where(
        JoinRequest.person_id == actor.person_id,
        JoinRequest.organisation_id == school.organisation_id,
        JoinRequest.state == "waiting",
    )
    return bool(session.scalar(select(waiting)))


def _is_joinable() -> ColumnElement[bool]:
    return School.status != "closed"


def _has_word(word: str) -> ColumnElement[bool]:
    """Tell that a word stands at the beginning of one of the words a school is found by."""
    return or_(School.search_name.startswith(word), School.search_name.contains(f" {word}"))
