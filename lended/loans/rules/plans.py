"""What a teacher asks for: the plan of a trial, and whether it holds together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lended.errors import Invalid
from lended.loans.rules.calendar import (
    ENGLAND,
    Dates,
    WorkingDays,
    bank_holidays,
    in_words,
    is_working_day,
    next_working_day,
)
from lended.loans.rules.criteria import REFUSAL, counts_use

MOST_OPEN_LOANS = 5
"""Open loans one teacher may have at one school: enough for a year, too few to hoard."""

MOST_DAYS_AHEAD = 366
SATURDAY = 5

READINESS: dict[str, str] = {
    "leadership": "Do your school’s leaders back this trial?",
    "time": "Is there time set aside to prepare and to use it?",
    "setup": "Has somebody tested that it can be set up in your room?",
    "contact": "Do you know whom to ask at the supplier?",
    "everyday": "Is it planned into everyday lessons?",
    "colleagues": "Have the colleagues it touches agreed to take part?",
}
"""The readiness check (rule F2): the reasons for which trials fail, asked before they do."""

DIRECTIONS: dict[str, str] = {"up": "It should go up", "down": "It should go down"}


@dataclass(frozen=True, slots=True)
class TrialWish:
    """Everything a teacher says when asking for a trial.

    Parameters
    ----------
    goal, criterion_about
        What should change, and whether that is pupils' learning, inclusion, teachers' time or
        teachers' confidence (vocabulary ``criterion_about``).
    measure, measure_kind, direction, unit
        What will be looked at, how it is seen (vocabulary ``measure_kind``), ``up`` or ``down``.
    baseline_words, baseline_value, threshold_words, threshold_value
        How it is today and what would count as success; words or a number, or both.
    readiness
        Each code of `READINESS` with yes or no.
    dates
        First and last day at the school.
    problem
        What gets in the way, in the teacher's words; used only for a loan without a kept need.
    origin
        Who started the trial (vocabulary ``origin``).
    """

    goal: str
    criterion_about: str
    measure: str
    measure_kind: str
    direction: str
    teaching_change: str
    education_lead: str
    dates: Dates
    quantity: int = 1
    unit: str = ""
    baseline_words: str = ""
    baseline_value: float | None = None
    threshold_words: str = ""
    threshold_value: float | None = None
    pupils: int | None = None
    sponsor: str = ""
    problem: str = ""
    origin: str = "teacher"
    readiness: Mapping[str, bool] = field(default_factory=dict)


def demand_complete(wish: TrialWish) -> None:
    """Go on only with a plan that names everything a trial needs.

    Raises
    ------
    Invalid
        With a sentence for each field that is missing or judges by use instead of outcome.
    """
    problems = _missing(wish) | _counts_of_use(wish) | _unready(wish)
    if problems:
        raise Invalid(problems=problems)


def demand_dates(wish: TrialWish, today: date, weeks_most: int) -> None:
    """Go on only with dates that lie ahead and are no longer than the product is lent.

    Raises
    ------
    Invalid
        Beside the date that is wrong.
    """
    problems = dates_wrong(wish.dates, today, weeks_most)
    if problems:
        raise Invalid(problems=problems)


def dates_wrong(dates: Dates, today: date, weeks_most: int) -> dict[str, str]:
    """Return what is wrong with the dates of a loan, keyed by field; nothing when all is well."""
    if dates.starts_on <= today:
        return {"starts_on": "Choose a first day that lies in the future."}
    if (dates.starts_on - today).days > MOST_DAYS_AHEAD:
        return {"starts_on": "Choose a first day within the next twelve months."}
    if dates.due_on < dates.starts_on:
        return {"due_on": "The last day cannot come before the first."}
    if dates.weeks > weeks_most:
        weeks = "1 week" if weeks_most == 1 else f"{weeks_most} weeks"
        return {"weeks": f"This is lent for {weeks} at most. Choose a shorter time."}
    return {}


def arrival_wrong(dates: Dates, school: WorkingDays = ENGLAND) -> dict[str, str]:
    """Return what is wrong with the day a kit is to arrive, keyed by field; nothing on an open one.

    Access begins by itself on any day, but a kit has to be taken in by somebody at the school.
    """
    day = dates.starts_on
    if is_working_day(day, school):
        return {}
    return {
        "starts_on": f"{in_words(day)} is {_why_closed(day, school)}, and nobody may be there to "
        f"take the kit in. The next open day is {in_words(next_working_day(day, school))}."
    }


def _why_closed(day: date, school: WorkingDays) -> str:
    if day in bank_holidays(day.year, school.nation):
        return "a bank holiday"
    if day.weekday() >= SATURDAY:
        return "at the weekend"
    return "a day on which your school is closed"


WANTED = {
    "goal": "Say what you want to change.",
    "criterion_about": "Choose what the trial is about.",
    "measure": "Say what you will look at.",
    "measure_kind": "Choose how you saw it.",
    "direction": "Choose whether it should go up or down.",
    "teaching_change": "Say what you will do differently in your teaching.",
    "education_lead": "Name the person who leads the trial in teaching.",
}
BASELINE_WANTED = (
    "Say how things stand today. Without it nobody can tell afterwards whether anything changed."
)
THRESHOLD_WANTED = "Say what would count as success."


def ready_wanted(code: str) -> str:
    """Return what is said when a question of the readiness check has no answer."""
    question = READINESS[code]
    return f"Yes or no: {question[0].lower()}{question[1:]}"


def _missing(wish: TrialWish) -> dict[str, str]:
    problems = {name: words for name, words in WANTED.items() if not getattr(wish, name).strip()}
    if wish.quantity < 1:
        problems["quantity"] = "Ask for one at least."
    if wish.baseline_value is None and not wish.baseline_words.strip():
        problems["baseline_words"] = BASELINE_WANTED
    if wish.threshold_value is None and not wish.threshold_words.strip():
        problems["threshold_words"] = THRESHOLD_WANTED
    return problems


def _counts_of_use(wish: TrialWish) -> dict[str, str]:
    return {
        name: REFUSAL
        for name in ("measure", "threshold_words")
        if counts_use(getattr(wish, name)) or (name == "measure" and counts_use(wish.unit))
    }


def _unready(wish: TrialWish) -> dict[str, str]:
    return {f"ready_{code}": ready_wanted(code) for code in READINESS if code not in wish.readiness}
