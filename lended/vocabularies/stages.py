"""Stages by age and by year, because the nations count their years differently."""

from __future__ import annotations

from lended.vocabularies import lists

ENGLAND = {"eyfs": 0, "ks1": 2, "ks2": 6, "ks3": 9, "ks4": 11, "ks5": 13}
LAST_YEARS = {
    "england": ENGLAND,
    "wales": ENGLAND,
    "northern_ireland": {code: year + 1 for code, year in ENGLAND.items()},
    "scotland": {"eyfs": 1, "ks1": 3, "ks2": 7, "ks3": 10, "ks4": 11, "ks5": 13},
}
"""The last year of each stage, as the nation counts.

Northern Ireland's Year n is England's Year n − 1. In Scotland the early level ends with P1, the
third and fourth levels are S1 to S3, and examinations begin in S4. Wales has one continuum but
England's years.
"""


def stages_for_ages(low: int, high: int) -> tuple[str, ...]:
    """Return the stages that children pass through from one age to another.

    Parameters
    ----------
    low, high
        In whole years. A school for ages 4 to 11 ends with key stage 2, whose pupils turn 11;
        where both are the same, it is the stage of children of that age.
    """
    end_of_span = high + 1 if low == high else high
    spans = {code: lists.entry("stage", code).ages for code in lists.codes("stage")}
    return tuple(code for code, (start, end) in spans.items() if start < end_of_span and low < end)


def stage_of_year(year: int, nation: str = "england") -> str:
    """Return the stage of a school year.

    Parameters
    ----------
    year
        As the nation counts: Year n, in Scotland n for Pn and 7 + n for Sn; 0 is the year before.
    nation
        ``england``, ``wales``, ``scotland`` or ``northern_ireland``.

    Raises
    ------
    KeyError
        When there is no such nation.
    ValueError
        When no child is in that year.
    """
    if year >= 0:
        for code, last in LAST_YEARS[nation].items():
            if year <= last:
                return code
    raise ValueError(f"There is no Year {year}.")
