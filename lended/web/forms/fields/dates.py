"""A field of a date, in three parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.words import clean_line


class DateField(wtforms.Field):
    """A date as day, month and year, sent as ``name-day``, ``name-month``, ``name-year``."""

    def __init__(self, label: str, missing: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.missing = missing
        self.parts = ("", "", "")

    @property
    def day_text(self) -> str:
        """What was typed as the day."""
        return self.parts[0]

    @property
    def month_text(self) -> str:
        """What was typed as the month."""
        return self.parts[1]

    @property
    def year_text(self) -> str:
        """What was typed as the year."""
        return self.parts[2]

    def process(
        self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None
    ) -> None:
        """Read the three parts, or take the date given."""
        super().process(None, data, extra_filters)
        names = [f"{self.name}-{part}" for part in ("day", "month", "year")]
        if formdata is not None and any(name in formdata for name in names):
            self.parts = tuple(clean_line(formdata.get(name, ""))[:20] for name in names)  # type: ignore[assignment]
            self.data = self._read()
        elif formdata is not None and len(formdata):
            self.data = None
        elif isinstance(self.data, date):
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a missing date and one that is not in the calendar."""
        if any(self.parts) and self.data is None:
            raise StopValidation("Enter a real date, for example 27 3 2027.")
        if self.missing and self.data is None:
            raise StopValidation(self.missing)

    def _read(self) -> date | None:
        day, month, year = self.parts
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in self.parts):
            return None
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except ValueError:
            return None
