"""What notices are about, and how people choose to hear of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

MORNING = time(7, 30)


class Topic(StrEnum):
    """What a notice is about. Of what is essential nobody can choose not to hear."""

    ESSENTIAL = "essential"
    LOANS = "loans"
    REMINDERS = "reminders"
    STORIES = "stories"
    JOINING = "joining"
    LISTINGS = "listings"


class Way(StrEnum):
    """How somebody hears of a topic; on the site in every case.

    Also of what is mailed at once, what is not urgent comes the next morning.
    """

    AT_ONCE = "at_once"
    DAILY = "daily"
    SITE = "site"


WAY_WORDS = {
    Way.AT_ONCE: "At once",
    Way.DAILY: "Once a day",
    Way.SITE: "Only on the site",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic of which people may choose how to hear.

    Parameters
    ----------
    roles
        Who ever hears of it.
    """

    title: str
    words: str
    roles: frozenset[str]


LOAN_SIDES = frozenset({"teacher", "school_lead", "supplier"})
CHOICES: dict[Topic, Choice] = {
    Topic.LOANS: Choice(
        "News of loans",
        "What happens to a loan you are part of, where nothing is asked of you.",
        LOAN_SIDES,
    ),
    Topic.REMINDERS: Choice(
        "Reminders",
        "Before a loan is due, before access ends, and when a trial’s outcome is asked for.",
        LOAN_SIDES,
    ),
    Topic.STORIES: Choice(
        "Stories and outcomes",
        "What schools found, what was decided, and stories that can be read.",
        LOAN_SIDES,
    ),
    Topic.JOINING: Choice(
        "People who join",
        "Who asks to belong to your organisation, and who has come.",
        frozenset({"school_lead", "trust_lead", "supplier", "staff"}),
    ),
    Topic.LISTINGS: Choice(
        "Suppliers and products",
        "What is sent in to be checked, and how it was answered.",
        frozenset({"supplier", "staff"}),
    ),
}


def topics_of(roles: Collection[str]) -> list[Topic]:
    """Return the topics that people with such roles may choose about."""
    return [topic for topic, choice in CHOICES.items() if not choice.roles.isdisjoint(roles)]


def mailed_at(moment: datetime, way: Way, zone: tzinfo, *, urgent: bool) -> datetime | None:
    """Return when the mail of a notice made at a moment goes; None when none is wanted."""
    if way is Way.SITE:
        return None
    return moment if urgent and way is Way.AT_ONCE else next_morning(moment, zone)


def next_morning(moment: datetime, zone: tzinfo) -> datetime:
    """Return the next time it is morning in a zone, strictly after a moment."""
    here = moment.astimezone(zone)
    morning = datetime.combine(here.date(), MORNING, zone)
    return (
        morning
        if morning > here
        else datetime.combine(here.date() + timedelta(days=1), MORNING, zone)
    )
