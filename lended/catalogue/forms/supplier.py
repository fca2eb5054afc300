"""Forms about a supplier."""

from __future__ import annotations

from lended.catalogue.rules.suppliers import MOST_PAUSE, SupplierWish
from lended.web.forms import Form, LineField, WholeNumberField, WordsField

DAYS_WANTED = f"Enter a number of working days, 0 to {MOST_PAUSE}."


class JoinForm(Form):
    """A supplier somebody would like to see on LendED."""

    name = LineField(
        "Name of the organisation", missing="Write the name schools know you by.", most=120, least=2
    )
    town = LineField("Town", most=100)
    about = WordsField(
        "About you",
        missing="Say in a few sentences who you are and what you lend.",
        most=2000,
        least=20,
    )

    def wish(self) -> SupplierWish:
        """Return the supplier as proposed."""
        return SupplierWish(name=self.name.text, about=self.about.text, town=self.town.text)


class DetailsForm(Form):
    """What a supplier says of itself, and the four pauses around a loan."""

    about = WordsField(
        "About you",
        missing="Say in a few sentences who you are and what you lend.",
        most=2000,
    )
    town = LineField("Town", most=100)
    preparation_days = WholeNumberField("To prepare a kit", 0, MOST_PAUSE, missing=DAYS_WANTED)
    transit_out_days = WholeNumberField("On the way to the school", 0, MOST_PAUSE,
                                        missing=DAYS_WANTED)  # fmt: skip
    transit_back_days = WholeNumberField("On the way back", 0, MOST_PAUSE, missing=DAYS_WANTED)
    turnaround_days = WholeNumberField("To check and clean it", 0, MOST_PAUSE, missing=DAYS_WANTED)

    def wish(self, name: str) -> SupplierWish:
        """Return the details, for a supplier of this name."""
        return SupplierWish(
            name=name,
            about=self.about.text,
            town=self.town.text,
            preparation_days=self.preparation_days.value or 0,
            transit_out_days=self.transit_out_days.value or 0,
            transit_back_days=self.transit_back_days.value or 0,
            turnaround_days=self.turnaround_days.value or 0,
        )
