"""What happens to outcomes, for whoever wants to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OutcomeDue:
    """A trial is about to end, or has ended, and its teacher has not said what happened.

    Recorded at each run of the clock while the occasion lasts; who listens acts on each occasion
    once.

    Parameters
    ----------
    occasion
        ``two_days_before``, ``three_days_after`` or ``fourteen_days_after`` the end.
    ends_on
        The trial's last day.
    closes_on
        The last day on which the outcome can be given.
    """

    loan_id: int
    teacher_id: int
    occasion: str
    ends_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class OutcomeGiven:
    """The teachers of a trial said what happened; ``changed`` when they had said so before."""

    outcome_id: int
    loan_id: int
    person_id: int
    verdict: str
    at: datetime
    changed: bool = False


@dataclass(frozen=True, slots=True)
class StoryPublished:
    """An outcome may be read by everyone from now on."""

    outcome_id: int
    loan_id: int
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRecorded:
    """A school said what it will do after a trial."""

    loan_id: int
    person_id: int
    code: str
    at: datetime
