"""A day chosen from the calendar of a product, as addresses carry it."""

from __future__ import annotations

from datetime import date

import wtforms
from flask import request

from lended.loans.rules.calendar import Dates, whole_weeks
from lended.web.forms import Form, LineField, WholeNumberField

FIELDS = ("on", "weeks", "sets")
CHOOSE = "Choose a day from the calendar."


class ChosenForm(Form):
    """From which day on, for how many weeks, how many."""

    on = LineField("First day", missing=CHOOSE, most=10)
    weeks = WholeNumberField("Weeks", 1, 52, missing=CHOOSE)
    sets = WholeNumberField("How many", 1, 100_000)

    def validate_on(self, field: LineField) -> None:
        """Refuse what is no date of this century."""
        try:
            year = date.fromisoformat(field.text).year
        except ValueError:
            raise wtforms.ValidationError(CHOOSE) from None
        if year >= 2100:
            raise wtforms.ValidationError(CHOOSE)

    def dates(self) -> Dates:
        """Return the first and the last day; valid only after validation."""
        return whole_weeks(date.fromisoformat(self.on.text), self.weeks.value or 1)

    @staticmethod
    def carried() -> dict[str, str]:
        """Return what was chosen, for the next address."""
        return {name: request.form[name] for name in FIELDS if request.form.get(name)}
