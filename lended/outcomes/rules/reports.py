"""What a teacher says when a trial ends, and whether it holds together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lended import vocabularies
from lended.errors import Invalid
from lended.loans.rules.criteria import REFUSAL, counts_use

DESIGNS: dict[str, str] = {
    "feedback": "We used it and say what we thought of it",
    "before_after": "We looked at the same thing before and after",
}
MOST_REASONS = 3
MOST_WEEKS = 52
MOST_PUPILS = 2000
MOST_TEACHERS = 200
EXPLAINED = frozenset({"partly", "not_met"})
"""Verdicts that say why. "We cannot tell" may, and need not."""


@dataclass(frozen=True, slots=True)
class ReasonWish:
    """Why a trial did not fully work.

    Parameters
    ----------
    code, weight, hands
        Of ``failure_reason``, ``failure_weight`` and ``failure_hands``.
    would_have_worked
        What would have made it work.
    """

    code: str
    weight: str
    hands: str
    would_have_worked: str

    @property
    def is_begun(self) -> bool:
        """Whether anything of it is filled in."""
        return bool(self.code or self.weight or self.hands or self.would_have_worked.strip())


@dataclass(frozen=True, slots=True)
class OutcomeWish:
    """Everything a teacher says about what happened.

    Parameters
    ----------
    design
        A code of `DESIGNS`.
    teachers_again
        How many of the teachers would use it again, where all were asked.
    would_use_again
        The word of the teacher who gives the outcome; None for no answer.
    """

    verdict: str
    design: str
    weeks: int | None
    what_happened: str
    pupils: int | None = None
    teachers: int | None = None
    teachers_again: int | None = None
    would_use_again: bool | None = None
    baseline_value: float | None = None
    result_value: float | None = None
    unit: str = ""
    reasons: tuple[ReasonWish, ...] = ()


def demand_complete(wish: OutcomeWish) -> None:
    """Go on only with an outcome that says enough, and no more than can be known.

    Raises
    ------
    Invalid
        With a sentence for each field; the fields of the first reason end in ``_1``, and so on.
    """
    problems = _unsaid(wish) | _uncounted(wish) | _unmeasured(wish) | _unexplained(wish)
    if problems:
        raise Invalid(problems=problems)


def demand_decision(code: str, words: str) -> None:
    """Go on only with a decision of the list, and with the conditions where there are some.

    Raises
    ------
    Invalid
        Otherwise.
    """
    if code not in vocabularies.codes("decision"):
        raise Invalid(problems={"code": "Choose what the school will do."})
    if code == "adopt_with_conditions" and not words.strip():
        raise Invalid(problems={"words": "Say what the conditions are."})


def demand_description(words: str) -> None:
    """Go on only when the school of a story is described somehow.

    Raises
    ------
    Invalid
        Otherwise.
    """
    if not words.strip():
        raise Invalid(problems={"own_words": "Say how your school is described."})


def _unsaid(wish: OutcomeWish) -> dict[str, str]:
    problems = {}
    if wish.verdict not in vocabularies.codes("verdict"):
        problems["verdict"] = "Choose your verdict. Each of the four is a fair answer."
    if wish.design not in DESIGNS:
        problems["design"] = "Choose how you know."
    if not wish.what_happened.strip():
        problems["what_happened"] = "Say what happened, in your own words."
    return problems


def _uncounted(wish: OutcomeWish) -> dict[str, str]:
    limits = {"pupils": MOST_PUPILS, "teachers": MOST_TEACHERS}
    problems = {
        name: f"Enter the number of {name}, 0 to {most:,}."
        for name, most in limits.items()
        if (count := getattr(wish, name)) is not None and not 0 <= count <= most
    }
    if wish.weeks is None or not 1 <= wish.weeks <= MOST_WEEKS:
        problems["weeks"] = f"Enter for how many weeks you used it, 1 to {MOST_WEEKS}."
    if wish.teachers_again is None:
        return problems
    if wish.teachers is None:
        problems["teachers"] = "Enter how many teachers there were in all."
    elif not 0 <= wish.teachers_again <= wish.teachers:
        problems["teachers_again"] = "This cannot be more than all teachers of the trial."
    return problems


def _unmeasured(wish: OutcomeWish) -> dict[str, str]:
    problems = {}
    if counts_use(wish.unit):
        problems["unit"] = REFUSAL
    for name in ("baseline_value", "result_value"):
        value = getattr(wish, name)
        if value is not None and not math.isfinite(value):
            problems[name] = "Enter a number."
        elif value is None and wish.design == "before_after":
            problems[name] = (
                "Enter the number, or say above that you used it and tell what you thought of it."
            )
    if wish.design == "before_after" and not wish.unit.strip():
        problems["unit"] = "Say what the numbers count, for example “words out of 20”."
    return problems


def _unexplained(wish: OutcomeWish) -> dict[str, str]:
    problems: dict[str, str] = {}
    if wish.verdict in EXPLAINED and not any(reason.is_begun for reason in wish.reasons):
        problems["reason_1"] = "Choose a reason. It helps the next school more than anything else."
    for number, reason in enumerate(wish.reasons, start=1):
        if reason.is_begun:
            problems |= {f"{name}_{number}": words for name, words in _unfinished(reason).items()}
    return problems


def _unfinished(reason: ReasonWish) -> dict[str, str]:
    problems = {}
    if reason.code not in vocabularies.codes("failure_reason"):
        problems["reason"] = "Choose a reason."
    if reason.weight not in vocabularies.codes("failure_weight"):
        problems["weight"] = "Choose how much it mattered."
    if reason.hands not in vocabularies.codes("failure_hands"):
        problems["hands"] = "Choose in whose hands it was."
    if not reason.would_have_worked.strip():
        problems["would_have_worked"] = "Say what would have made it work."
    return problems
