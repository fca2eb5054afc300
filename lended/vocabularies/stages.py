"""Stages by age and by year, because the nations count their years differently."""

from __future__ import annotations

from lended.vocabularies import lists

NATIONS = ("england", "wales", "scotland", "northern_ireland")
AGE_AT_YEAR_ONE = {"england": 5, "wales": 5, "northern_ireland": 4, "scotland": 5}


def stages_for_ages(low: int, high: int) -> tuple[str, ...]:
    """Return the stages that children from one age to another are in, both in whole years."""
    spans = {code: lists.entry("stage", code).ages for code in lists.codes("stage")}
    return tuple(code for code, (start, end) in spans.items() if start < high and low < end)


def stage_of_year(year: int, nation: str = "england") -> str:
    """Return the stage of a school year.

    Parameters
    ----------
    year
        As the nation counts: Year n, in Scotland n for Pn and 7 + n for Sn. Reception is Year 0.
        Northern Ireland's Year n is England's Year n − 1.

    Raises
    ------
    KeyError
        When there is no such nation.
    ValueError
        When no child is in that year.
    """
    age = AGE_AT_YEAR_ONE[nation] + year - 1
    for code in lists.codes("stage"):
        start, end = lists.entry("stage", code).ages
        if start <= age < end:
            return code
    raise ValueError(f"There is no Year {year}.")
