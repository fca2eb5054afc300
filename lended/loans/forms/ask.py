"""The three-minute form in which a teacher asks for a trial."""

from __future__ import annotations

from typing import Any

import wtforms

from lended.loans.forms.fields import ChoiceField
from lended.loans.rules.calendar import Dates, whole_weeks
from lended.loans.rules.criteria import REFUSAL, counts_use
from lended.loans.rules.plans import (
    BASELINE_WANTED,
    DIRECTIONS,
    READINESS,
    THRESHOLD_WANTED,
    WANTED,
    TrialWish,
    ready_wanted,
)
from lended.loans.rules.queue import Flexible
from lended.needs.rules import LONGEST_NEED
from lended.web.forms import (
    CodeField,
    DateField,
    Form,
    LineField,
    NumberField,
    ThreeStateField,
    TickField,
    WholeNumberField,
    WordsField,
)

LONGEST = 1500
LAST_YEAR = 2100
TOO_FAR = "Choose a first day within the next twelve months."


def first_day(label: str) -> DateField:
    """Return the question on which day something is wanted."""
    return DateField(label, missing="Give the first day.")


def how_many_weeks() -> WholeNumberField:
    """Return the question for how many weeks something is wanted."""
    return WholeNumberField("For how many weeks?", 1, 52, missing="Say for how many weeks.")


def _ready(code: str) -> ThreeStateField:
    return ThreeStateField(READINESS[code], missing=ready_wanted(code))


class WeeksForm(Form):
    """When something is wanted: a first day and a number of weeks."""

    starts_on, weeks = first_day("First day at your school"), how_many_weeks()

    def validate_starts_on(self, field: wtforms.Field) -> None:
        """Refuse a year that no calendar of ours reaches."""
        if field.data is not None and field.data.year > LAST_YEAR:
            raise wtforms.ValidationError(TOO_FAR)

    def dates(self) -> Dates:
        """Return the first and the last day."""
        return whole_weeks(self.starts_on.data, self.weeks.value or 1)


class TrialForm(WeeksForm):
    """The plan of a trial, in the order in which a teacher thinks of it; errors follow it too."""

    problem = WordsField(
        "What gets in the way?", missing="Say what gets in the way.", most=LONGEST_NEED
    )
    goal = WordsField("What do you want to change?", missing=WANTED["goal"], most=LONGEST)
    criterion_about = CodeField(
        "What is that about?", "criterion_about", missing=WANTED["criterion_about"]
    )
    baseline_words = WordsField("What do you see now?", missing=BASELINE_WANTED, most=LONGEST)
    measure_kind = CodeField("How did you see it?", "measure_kind", missing=WANTED["measure_kind"])
    measure = WordsField("What will you look at?", missing=WANTED["measure"], most=LONGEST)
    direction = ChoiceField("Which way?", DIRECTIONS.items(), missing=WANTED["direction"])
    threshold_words = WordsField(
        "What would count as success?", missing=THRESHOLD_WANTED, most=LONGEST
    )
    unit = LineField("Counted in", most=60)
    baseline_value = NumberField("Now, as a number", -1_000_000, 1_000_000)
    threshold_value = NumberField("Success, as a number", -1_000_000, 1_000_000)
    teaching_change = WordsField(
        "What will you do differently in your teaching?",
        missing=WANTED["teaching_change"],
        most=LONGEST,
    )
    education_lead = LineField(
        "Who leads this in teaching?", missing=WANTED["education_lead"], most=200
    )
    pupils = WholeNumberField("How many pupils take part?", 1, 5000)
    sponsor = LineField("Who in leadership backs it?", most=200)
    origin = CodeField("Who had the idea?", "origin")
    starts_on, weeks = first_day("First day at your school"), how_many_weeks()
    quantity = WholeNumberField("How many do you need?", 1, 100_000, missing="Say how many.")
    ready_leadership = _ready("leadership")
    ready_time = _ready("time")
    ready_setup = _ready("setup")
    ready_contact = _ready("contact")
    ready_everyday = _ready("everyday")
    ready_colleagues = _ready("colleagues")

    def validate_measure(self, field: WordsField) -> None:
        """Say at once, with all else that is wrong, that use is no measure (rule P3)."""
        if counts_use(field.text):
            raise wtforms.ValidationError(REFUSAL)

    validate_threshold_words = validate_measure

    def with_need(self, *, kept: bool) -> TrialForm:
        """Return the form without the question that a kept need has answered already."""
        if kept:
            del self.problem
        return self

    @property
    def readiness(self) -> list[Any]:
        """The questions of the readiness check, in order."""
        return [self[f"ready_{code}"] for code in READINESS]

    def wish(self) -> TrialWish:
        """Return what the teacher asks for; valid only after validation."""
        return TrialWish(
            goal=self.goal.text,
            criterion_about=self.criterion_about.data,
            measure=self.measure.text,
            measure_kind=self.measure_kind.data,
            direction=self.direction.data,
            unit=self.unit.text,
            baseline_words=self.baseline_words.text,
            baseline_value=self.baseline_value.value,
            threshold_words=self.threshold_words.text,
            threshold_value=self.threshold_value.value,
            pupils=self.pupils.value,
            teaching_change=self.teaching_change.text,
            education_lead=self.education_lead.text,
            sponsor=self.sponsor.text,
            problem=self.problem.text if "problem" in self else "",
            origin=self.origin.data or "teacher",
            readiness={
                code: field.value for code, field in zip(READINESS, self.readiness, strict=True)
            },
            dates=self.dates(),
            quantity=self.quantity.value or 1,
        )


class QueueForm(TrialForm):
    """The plan of a trial, and within which time it may lie when it has to wait."""

    earliest_on = DateField("Not before", missing="Give the first day from which it may begin.")
    latest_on = DateField("Over by", missing="Give the last day by which it must be over.")
    agreed = TickField(
        "Put me on the waiting list", missing="Tick this if you would like to wait for it."
    )

    def validate_earliest_on(self, field: wtforms.Field) -> None:
        """Refuse a year that no calendar of ours reaches."""
        self.validate_starts_on(field)

    validate_latest_on = validate_earliest_on

    def flexible(self) -> Flexible:
        """Return what the teacher waits for; valid only after validation."""
        return Flexible(self.earliest_on.data, self.latest_on.data, self.weeks.value or 1)

    @classmethod
    def after(cls, refused: TrialForm) -> QueueForm:
        """Return what was typed, to wait for it: not before the day that was asked for."""
        form = cls.of_request()
        form.earliest_on.process(None, refused.starts_on.data)
        return form
