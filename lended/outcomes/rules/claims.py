"""What an outcome may claim, in words that claim no more.

References
----------
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
Journal of the American Statistical Association 22, 209–212.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy.stats import binomtest

from lended.outcomes.rules.suppression import (
    FEWEST_PUPILS,
    FEWEST_TEACHERS,
    is_all_or_none,
    pupils_words,
)

ABOUT_PUPILS = frozenset({"pupil_learning", "inclusion", ""})
OPINION_ONLY = (
    "This is what teachers thought of it. It does not show whether pupils learnt more with it."
)
LEARN_ANYWAY = (
    "Pupils also learn anyway. Without a class to compare with, nobody can say how much of this "
    "came from the product."
)
CHANGE_ANYWAY = (
    "Weeks differ anyway. Without somebody to compare with, nobody can say how much of this came "
    "from the product."
)
FEW_PUPILS = "Fewer than 10 pupils took part, so their figures stay in the school."
UNCOUNTED_PUPILS = "Nobody said how many pupils took part, so their figures stay in the school."
FEW_TEACHERS = "Fewer than five teachers took part, so their ratings stay in the school."


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a trial, and what its plan had fixed before it began.

    Parameters
    ----------
    design
        ``feedback`` or ``before_after``.
    again
        How many of the teachers would use it again; None when only one was asked.
    would_use_again
        Whether the teacher who gave the outcome would.
    about
        The plan's criterion (vocabulary ``criterion_about``); empty without a plan.
    direction
        ``up`` or ``down``: where the threshold lies.
    """

    design: str
    weeks: int
    pupils: int | None = None
    teachers: int | None = None
    again: int | None = None
    would_use_again: bool | None = None
    baseline: float | None = None
    result: float | None = None
    unit: str = ""
    threshold: float | None = None
    direction: str = "up"
    about: str = ""

    @property
    def measured(self) -> bool:
        """Whether there is a value before and one after."""
        return (
            self.design == "before_after" and self.baseline is not None and self.result is not None
        )


def wilson(successes: int, people: int) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's method, each end between 0 and 1."""
    interval = binomtest(successes, people).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def said(figures: Figures, *, outside: bool = False) -> tuple[str, ...]:
    """Return what may be said of a trial, sentence by sentence, and what may not follow from it.

    Parameters
    ----------
    outside
        For readers outside the school: small groups are left out.
    """
    sentences = (*_change(figures, outside), *_opinion(figures, outside))
    return tuple(sentence for sentence in sentences if sentence)


def withheld(figures: Figures) -> str:
    """Return why the figures of a trial stay in the school; empty when they need not."""
    if figures.about == "teacher_confidence":
        return FEW_TEACHERS if (figures.teachers or 0) < FEWEST_TEACHERS else ""
    if figures.about not in ABOUT_PUPILS:
        return ""
    if figures.pupils is None:
        return UNCOUNTED_PUPILS
    return FEW_PUPILS if figures.pupils < FEWEST_PUPILS else ""


def reached(figures: Figures) -> bool | None:
    """Tell whether the value that would count as success was reached; None without numbers."""
    if not figures.measured or figures.threshold is None:
        return None
    assert figures.result is not None
    if figures.direction == "down":
        return figures.result <= figures.threshold
    return figures.result >= figures.threshold


def value_words(value: float, figures: Figures, *, outside: bool = False) -> str:
    """Say a value with its unit; outside, a small group's nought and all are only hinted at."""
    share = _share(value, figures)
    if outside and share is not None and is_all_or_none(share, figures.pupils or 0):
        return "few of the pupils" if share == 0 else "nearly all of the pupils"
    joined = "" if figures.unit.startswith("%") else " "
    return f"{_number(value)}{joined}{figures.unit}".strip()


def hinted(figures: Figures) -> bool:
    """Tell whether one of the values may only be hinted at outside the school."""
    return any(
        value is not None
        and (share := _share(value, figures)) is not None
        and is_all_or_none(share, figures.pupils or 0)
        for value in (figures.baseline, figures.result)
    )


def group_words(figures: Figures) -> str:
    """Say who took part, as it may be said outside the school."""
    teachers = figures.teachers
    parts = (
        pupils_words(figures.pupils),
        "" if teachers is None else f"{teachers:,} teacher{'' if teachers == 1 else 's'}",
    )
    return " and ".join(part for part in parts if part)


def _change(figures: Figures, outside: bool) -> tuple[str, ...]:
    if not figures.measured:
        return ()
    if outside and (why := withheld(figures)):
        return (why,)
    return (_from_to(figures, outside), _against_goal(figures), _anyway(figures))


def _from_to(figures: Figures, outside: bool) -> str:
    assert figures.baseline is not None
    assert figures.result is not None
    weeks = "1 week" if figures.weeks == 1 else f"{figures.weeks} weeks"
    before = value_words(figures.baseline, figures, outside=outside)
    after = value_words(figures.result, figures, outside=outside)
    if figures.result == figures.baseline:
        return f"Before {before}, and the same after {weeks}."
    if outside and hinted(figures):
        return f"Before: {before}. After {weeks}: {after}."
    step = figures.result - figures.baseline
    way = "more" if step > 0 else "less"
    return f"Before {before}, after {weeks} {after}: {_number(abs(step))} {way}."


def _against_goal(figures: Figures) -> str:
    met = reached(figures)
    if met is None:
        return ""
    assert figures.threshold is not None
    goal = f"{_number(figures.threshold)} or {'less' if figures.direction == 'down' else 'more'}"
    return f"The goal set before the start was {goal}. It was {'' if met else 'not '}reached."


def _anyway(figures: Figures) -> str:
    return LEARN_ANYWAY if figures.about in ABOUT_PUPILS else CHANGE_ANYWAY


def _opinion(figures: Figures, outside: bool) -> tuple[str, ...]:
    rating = _rating(figures, outside)
    if figures.design == "feedback":
        return (rating, OPINION_ONLY)
    return () if rating == FEW_TEACHERS else (rating,)


def _rating(figures: Figures, outside: bool) -> str:
    if figures.again is None or not 0 <= figures.again <= (figures.teachers or -1):
        return _own_rating(figures, outside)
    assert figures.teachers
    if outside and figures.teachers < FEWEST_TEACHERS:
        return FEW_TEACHERS
    if outside and is_all_or_none(figures.again / figures.teachers, figures.teachers):
        many = "Few" if figures.again == 0 else "Nearly all"
        return f"{many} of the {figures.teachers} teachers would use it again."
    low, high = wilson(figures.again, figures.teachers)
    return (
        f"{figures.again} of {figures.teachers} teachers would use it again "
        f"(95 % CI {100 * low:.0f}–{100 * high:.0f} %)."
    )


def _own_rating(figures: Figures, outside: bool) -> str:
    if figures.would_use_again is None:
        return ""
    if outside:
        return FEW_TEACHERS
    would = "would" if figures.would_use_again else "would not"
    return f"The teacher of the trial {would} use it again."


def _share(value: float, figures: Figures) -> float | None:
    """Return which share of the pupils a value stands for, where its unit says so."""
    unit = figures.unit.casefold()
    if unit.startswith(("%", "per cent", "percent")):
        return value / 100
    if unit.startswith(("pupil", "child")) and figures.pupils:
        return value / figures.pupils
    return None


def _number(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−")
