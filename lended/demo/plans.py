"""The plan of a trial, from what the demo's content says of it."""

from __future__ import annotations

from datetime import timedelta

from lended import clock
from lended.demo.content import Entry
from lended.loans.rules.calendar import Dates, next_working_day, whole_weeks
from lended.loans.rules.plans import TrialWish

READY = {
    "leadership": "leadership_backing",
    "time": "time_set_aside",
    "setup": "set_up_tested",
    "contact": "supplier_contact_known",
    "everyday": "everyday_use_planned",
    "colleagues": "colleagues_agreed",
}


def dates_of(entry: Entry, kind: str) -> Dates:
    """Return the dates of a loan; a kit arrives on a day when somebody is there."""
    wanted = clock.today() + timedelta(days=entry["start_offset_days"])
    starts_on = next_working_day(wanted) if kind == "physical" else wanted
    return whole_weeks(starts_on, entry["weeks"])


def wish_of(entry: Entry, dates: Dates) -> TrialWish:
    """Return what the teacher of a loan asks for."""
    baseline, threshold = entry["baseline"], entry["threshold"]
    return TrialWish(
        goal=entry["goal"],
        criterion_about=entry["criterion_about"],
        measure=entry["measure"],
        measure_kind=entry["measure_kind"],
        direction=entry["direction"],
        teaching_change=entry["teaching_change"],
        education_lead=entry["education_lead"],
        dates=dates,
        quantity=entry["quantity"],
        unit=entry["unit"] or "",
        baseline_words=baseline if isinstance(baseline, str) else "",
        baseline_value=None if isinstance(baseline, str) else baseline,
        threshold_words=threshold if isinstance(threshold, str) else "",
        threshold_value=None if isinstance(threshold, str) else threshold,
        sponsor=entry["sponsor"] or "",
        origin=entry["origin"],
        readiness={ours: entry["readiness"][theirs] for ours, theirs in READY.items()},
    )
