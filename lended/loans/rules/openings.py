"""The days on which an organisation works, as they are kept: a short text, empty for the usual."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache

from lended.errors import Invalid
from lended.loans.rules.calendar import ENGLAND, NATIONS, Closure, WorkingDays

WEEKDAYS: dict[int, str] = dict(
    enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
MOST_CLOSURES = 60
LONGEST_CLOSURE = 92
"""Days: a summer without school, and some more."""

LONGEST_GAP = 130
"""Days without a working day that nobody would keep; also with one closure after the other."""

LAST_YEAR = 2100


@lru_cache(maxsize=4096)
def read_working_days(kept: str) -> WorkingDays:
    """Return the working days that a text stands for; every page of cards reads many."""
    if not kept:
        return ENGLAND
    value = json.loads(kept)
    closures = tuple(
        Closure(date.fromisoformat(first), date.fromisoformat(last), words)
        for first, last, words in value["closures"]
    )
    return WorkingDays(value["nation"], frozenset(value["weekdays"]), closures)


def write_working_days(days: WorkingDays) -> str:
    """Return the text that stands for working days; empty for those nobody need be told of."""
    if days == ENGLAND:
        return ""
    closures = sorted(days.closures, key=lambda closed: (closed.first_on, closed.last_on))
    value = {
        "nation": days.nation,
        "weekdays": sorted(days.weekdays),
        "closures": [
            [closed.first_on.isoformat(), closed.last_on.isoformat(), closed.words]
            for closed in closures
        ],
    }
    return json.dumps(value)


def demand_working_days(days: WorkingDays) -> None:
    """Go on only with days that leave some to work on.

    Raises
    ------
    Invalid
        Beside the field that is wrong.
    """
    problems = {}
    if days.nation not in NATIONS:
        problems["nation"] = "Choose whose bank holidays you keep."
    if not days.weekdays or not days.weekdays <= WEEKDAYS.keys():
        problems["weekdays"] = "Choose at least one day of the week."
    if len(days.closures) > MOST_CLOSURES:
        problems["closures"] = f"List {MOST_CLOSURES} closures at most. Take out those long past."
    elif wrong := next(filter(None, map(_closure_wrong, days.closures)), ""):
        problems["closures"] = wrong
    if not problems and any(_endless(closed, days) for closed in days.closures):
        problems["closures"] = f"That leaves more than {LONGEST_GAP} days without a working day."
    if problems:
        raise Invalid(problems=problems)


def _endless(closed: Closure, days: WorkingDays) -> bool:
    """Tell whether no working day follows a closure's first day for too long."""
    return not any(
        days.include(closed.first_on + timedelta(days=count)) for count in range(LONGEST_GAP + 1)
    )


def _closure_wrong(closed: Closure) -> str:
    if closed.last_on < closed.first_on:
        return "A closure cannot end before it begins."
    if (closed.last_on - closed.first_on).days >= LONGEST_CLOSURE:
        return f"A closure lasts {LONGEST_CLOSURE} days at most."
    return "" if closed.last_on.year <= LAST_YEAR else "Choose a closure within the next years."
