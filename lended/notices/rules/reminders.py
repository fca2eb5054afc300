"""Reminders: what comes up by date, as rows. A reminder is added here and nowhere else.

Rows of one series follow each other; a missed night is caught up, but never with an earlier
reminder once a later one of its series is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from lended.loans.rules import TO_BE_DELETED, State
from lended.notices.rules.standing import Condition, CountsFrom, Standing
from lended.notices.rules.telling import LEADS, RESPONSIBLE, STAFF, SUPPLIER, TEACHER, TRUST
from lended.notices.rules.topics import Topic

CAUGHT_UP = timedelta(days=28)
"""For so long after its day a reminder that was missed is still given."""

IN_USE = frozenset({State.ACTIVE})
LATE = frozenset({State.OVERDUE})
TRIED = frozenset(
    {
        State.ACTIVE,
        State.OVERDUE,
        State.RETURNING,
        State.INSPECTION,
        State.ACCESS_ENDED,
        State.CLOSED,
        State.LOST,
    }
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of, once in each cycle.

    Parameters
    ----------
    kind
        Names it among the reminders of one loan: ``late_7``.
    """

    kind: str
    condition: Condition
    title: str
    words: str
    link: str
    action: str
    urgent: bool = False
    topic: Topic = Topic.REMINDERS


@dataclass(frozen=True, slots=True)
class Occasion:
    """A row: when whom is reminded of what.

    ``title`` and ``words`` may name ``{product}``, ``{school}``, ``{supplier}`` and ``{day}``, the
    date counted from. ``link`` may name ``{loan_id}``.

    Parameters
    ----------
    series, days
        Name the row together. Days are counted from ``counts_from``, before it when below zero.
    states
        Of the loan, when the reminder is made and when its mail goes.
    physical
        Whether only kits, or only access, is meant; None for both.
    must_act
        Whether it goes at once and cannot be switched off.
    """

    series: str
    days: int
    to: tuple[str, ...]
    states: frozenset[State]
    title: str
    words: str
    action: str = "See the loan"
    link: str = "/loans/{loan_id}"
    counts_from: CountsFrom = CountsFrom.DUE
    physical: bool | None = None
    must_act: bool = False

    @property
    def kind(self) -> str:
        """Names the row: ``due_3_before``, ``late_7_after``."""
        return f"{self.series}_{abs(self.days)}_{'before' if self.days < 0 else 'after'}"

    def is_due(self, standing: Standing, today: date) -> bool:
        """Tell whether a loan that stands so is to be reminded of today."""
        day = standing.day(self.counts_from)
        if day is None or standing.state not in self.states:
            return False
        since = today - day - timedelta(days=self.days)
        return timedelta() <= since < CAUGHT_UP and self.physical in {None, standing.physical}

    def cycle(self, standing: Standing) -> str:
        """Return the cycle a loan is in; empty when there is nothing to count from."""
        day = standing.day(self.counts_from)
        return self.counts_from.cycle(day) if day else ""

    def reminder(self, standing: Standing, facts: Mapping[str, str]) -> Reminder:
        """Return what is said of a loan for which this is due."""
        return Reminder(
            self.kind,
            Condition(standing.loan_id, self.states, self.cycle(standing), fades=True),
            self.title.format(**facts),
            self.words.format(**facts),
            self.link.format(loan_id=standing.loan_id),
            self.action,
            urgent=self.must_act,
            topic=Topic.ESSENTIAL if self.must_act else Topic.REMINDERS,
        )


OCCASIONS: tuple[Occasion, ...] = (
    Occasion(
        "due",
        -3,
        (TEACHER, RESPONSIBLE),
        IN_USE,
        "{product} is due back on {day}",
        "Please check that everything is there, and say how it goes back to {supplier}.",
        "Send it back",
        physical=True,
    ),
    Occasion(
        "late",
        7,
        (TEACHER, RESPONSIBLE, LEADS, TRUST),
        LATE,
        "{product} is a week late at {school}",
        "It was due back on {day}. Another school may be waiting for it. Please send it back, or "
        "tell {supplier} what has happened.",
        physical=True,
        must_act=True,
    ),
    Occasion(
        "late",
        14,
        (SUPPLIER, STAFF),
        LATE,
        "{product} is two weeks late at {school}",
        "It was due back on {day}, and the school has been reminded twice. You might telephone.",
        physical=True,
        must_act=True,
    ),
    Occasion(
        "export",
        -7,
        (TEACHER,),
        IN_USE,
        "Your access to {product} ends in a week",
        "{day} is its last day. Save what you and your pupils made there, while you can sign in.",
        physical=False,
    ),
    Occasion(
        "export",
        -2,
        (TEACHER,),
        IN_USE,
        "Your access to {product} ends on {day}",
        "What you and your pupils made there cannot be saved after that day. Please save it now.",
        physical=False,
        must_act=True,
    ),
    Occasion(
        "deletion",
        -7,
        (SUPPLIER,),
        frozenset(TO_BE_DELETED),
        "Confirm by {day} what was deleted after the trial of {product}",
        "{school} waits for your word that its personal data is gone.",
        "Confirm deletion",
        counts_from=CountsFrom.DELETION,
        must_act=True,
    ),
)
"""Rows of a series stand together, in the order of their days."""

SOONEST = timedelta(days=max(-occasion.days for occasion in OCCASIONS))
LATEST = CAUGHT_UP + timedelta(days=max(occasion.days for occasion in OCCASIONS))
REMINDED_IN = frozenset().union(*(occasion.states for occasion in OCCASIONS))


def due_occasions(standing: Standing, today: date) -> Iterator[Occasion]:
    """Yield what a loan that stands so is to be reminded of today: the latest of each series."""
    for _series, rows in groupby(OCCASIONS, key=lambda row: row.series):
        due = [row for row in rows if row.is_due(standing, today)]
        if due:
            yield due[-1]
