"""What happens to outcomes, for whoever wants to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
