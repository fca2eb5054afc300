"""Forms in which a school or a supplier says when somebody is there."""

from __future__ import annotations

import wtforms

from lended.errors import Invalid
from lended.loans.forms.fields import ChoiceField, ChoicesField
from lended.loans.rules.calendar import NATIONS, Closure, WorkingDays
from lended.loans.rules.openings import WEEKDAYS
from lended.web.forms import DateField, Form, LineField


class WeekdaysForm(Form):
    """Whose bank holidays are kept, and which days of the week are worked."""

    nation = ChoiceField(
        "Whose bank holidays do you keep?",
        NATIONS.items(),
        missing="Choose whose bank holidays you keep.",
    )
    weekdays = ChoicesField(
        "On which days is somebody there?",
        [(str(number), name) for number, name in WEEKDAYS.items()],
        missing="Choose at least one day of the week.",
    )

    @property
    def numbers(self) -> frozenset[int]:
        """The days of the week chosen, 0 for Monday; valid only after validation."""
        return frozenset(int(number) for number in self.weekdays.data)


class ClosureForm(Form):
    """Days on which nobody is there."""

    first_on = DateField("First day", missing="Give the first day.")
    last_on = DateField("Last day; leave it empty for a single day")
    words = LineField("What is it called?", most=80)

    def validate_last_on(self, field: wtforms.Field) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise wtforms.ValidationError("The last day cannot come before the first.")

    def closure(self) -> Closure:
        """Return the days as they were typed; valid only after validation."""
        first_on = self.first_on.data
        return Closure(first_on, self.last_on.data or first_on, self.words.text)

    def show(self, refusal: Invalid) -> None:
        """Put what is wrong with the list of closures beside the first of its questions."""
        problems = dict(refusal.problems)
        if "closures" in problems:
            problems["first_on"] = problems.pop("closures")
        super().show(Invalid(refusal.words, problems=problems))


def days_as_typed(days: WorkingDays) -> dict[str, object]:
    """Return working days as the form shows them."""
    return {"nation": days.nation, "weekdays": [str(number) for number in sorted(days.weekdays)]}
