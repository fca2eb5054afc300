"""Fields of numbers, typed as people write them."""

from __future__ import annotations

import math
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.web.forms.fields.texts import LineField


class NumberField(LineField):
    """A number with decimals allowed, in a range."""

    kind = "DecimalField"
    form_words = "a number"

    def __init__(
        self, label: str, minimum: float, maximum: float, missing: str = "", **rest: Any
    ) -> None:
        super().__init__(label, missing=missing, most=40, **rest)
        self.minimum = minimum
        self.maximum = maximum

    @property
    def value(self) -> float | None:
        """The number, or None when the field is empty; valid only after validation."""
        return self.parse(self.data) if self.data else None

    def parse(self, text: str) -> float:
        """Read digits as people write them, with thousands separated by commas."""
        if not text.isascii() or "_" in text or "e" in text.lower() or "n" in text.lower():
            raise ValueError(text)
        number = float(text.replace(",", ""))
        if not math.isfinite(number):
            raise ValueError(text)
        return number

    def process_data(self, value: Any) -> None:
        """Show a stored number without needless decimals."""
        self.data = (
            "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
        )

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing, not a number or out of range."""
        super().pre_validate(form)
        if not self.data:
            return
        try:
            fits = self.minimum <= self.parse(self.data) <= self.maximum
        except ValueError:
            fits = False
        if not fits:
            raise StopValidation(
                f"Enter {self.form_words}, {self.minimum:,.10g} to {self.maximum:,.10g}."
            )


class WholeNumberField(NumberField):
    """A whole number in a range."""

    kind = "IntegerField"
    form_words = "a whole number"

    @property
    def value(self) -> int | None:
        """The number, or None when the field is empty; valid only after validation."""
        return int(self.parse(self.data)) if self.data else None

    def parse(self, text: str) -> float:
        """Read whole numbers only."""
        return float(int(super().parse(text))) if "." not in text else super().parse("not whole")
