"""The demo's outcomes: verdicts, reasons, stories and decisions, each at its moment."""

from __future__ import annotations

from lended.demo.cast import Cast
from lended.demo.content import Entry
from lended.demo.trials import Step, Trial
from lended.work import Work


def report_steps(work: Work, cast: Cast, trial: Trial, entry: Entry) -> list[Step]:
    """Return the steps that tell how a trial ended."""
    return []
