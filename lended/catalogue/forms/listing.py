"""The form of a listing: what it says, and every fact in three states.

The fields of facts are made from ``vocabularies.facts()``; a new fact needs nothing here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import wtforms
from wtforms.validators import StopValidation

from lended import vocabularies
from lended.catalogue.rules.listings import (
    LOAN_WEEKS_LEAST,
    LOAN_WEEKS_MOST,
    MOST_WEBSITE,
    NEEDED_TO_SUBMIT,
    ListingWish,
    website_problem,
)
from lended.vocabularies import Fact
from lended.web.forms import (
    CodesField,
    Form,
    LineField,
    NumberField,
    SelectCodeField,
    ThreeStateField,
    WholeNumberField,
    WordsField,
)

PENCE = 100


class PoundsField(NumberField):
    """An amount in pounds, kept in pence."""

    form_words = "an amount in pounds"

    @property
    def value(self) -> int | None:
        """The amount in pence, or None when the field is empty; valid only after validation."""
        return round(Decimal(self.bare(self.data)) * PENCE) if self.data else None

    def parse(self, text: str) -> float:
        """Read an amount with or without its sign, in whole pence."""
        amount = self.bare(text)
        if len(amount.partition(".")[2]) > len("99"):
            raise ValueError(text)
        return super().parse(amount)

    def process_data(self, value: Any) -> None:
        """Show stored pence as pounds."""
        self.data = "" if value is None else f"{Decimal(value) / PENCE:.2f}".removesuffix(".00")

    @staticmethod
    def bare(text: str) -> str:
        """Return the figures of an amount."""
        return text.removeprefix("£").replace(",", "").strip()


class NewListingForm(Form):
    """The beginning of a listing: enough to find it again."""

    name = LineField("Name of the product", missing=NEEDED_TO_SUBMIT["name"], most=120, least=2)
    product_type = SelectCodeField(
        "Kind of product",
        "product_type",
        missing="Choose what kind of product it is.",
        empty="Choose a kind",
    )
    summary = LineField("In one sentence", missing=NEEDED_TO_SUBMIT["summary"], most=300)

    def wish(self) -> ListingWish:
        """Return the beginning of a listing."""
        return ListingWish(
            name=self.name.text, product_type=self.product_type.data, summary=self.summary.text
        )


class ListingForm(Form):
    """Everything a listing says; a draft may still lack most of it."""

    name = LineField("Name of the product", missing=NEEDED_TO_SUBMIT["name"], most=120, least=2)
    summary = LineField("In one sentence", most=300)
    description = WordsField("Description", most=8000)
    product_type = SelectCodeField(
        "Kind of product",
        "product_type",
        missing="Choose what kind of product it is.",
        empty="Choose a kind",
    )
    stages = CodesField("Stages it is made for", "stage")
    subjects = CodesField("Subjects", "subject")
    needs = CodesField("Needs it is meant for", "need")
    loan_weeks_most = WholeNumberField(
        "Longest loan in weeks",
        LOAN_WEEKS_LEAST,
        LOAN_WEEKS_MOST,
        missing=f"Enter a number of weeks, {LOAN_WEEKS_LEAST} to {LOAN_WEEKS_MOST}.",
    )
    website = LineField("Website", most=MOST_WEBSITE)
    seen = LineField("Version before you", most=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*NEEDED_TO_SUBMIT, *(fact.code for fact in vocabularies.facts())):
            self[name].flags.optional = False  # leaving a fact is an answer: not stated

    def validate_website(self, field: LineField) -> None:
        """Refuse an address that is not a safe one."""
        problem = website_problem(field.text)
        if problem:
            raise StopValidation(problem)

    def show_missing(self) -> None:
        """Say beside each empty field what a complete listing needs there."""
        for name, words in NEEDED_TO_SUBMIT.items():
            if not self[name].data and not self[name].errors:
                self[name].errors = [words]

    @staticmethod
    def start(now: ListingWish) -> dict[str, Any]:
        """Return the starting values for a listing as it stands."""
        columns = {each.name: getattr(now, each.name) for each in dataclasses.fields(now)}
        return {**columns, **now.facts}

    def fields_of(self, group: str) -> list[wtforms.Field]:
        """Return the fields of one group of facts, in order."""
        return [self[fact.code] for fact in vocabularies.facts() if fact.group == group]

    def wish(self) -> ListingWish:
        """Return the listing as its supplier wants it."""
        return ListingWish(
            name=self.name.text,
            summary=self.summary.text,
            description=self.description.text,
            product_type=self.product_type.data,
            stages=tuple(self.stages.data or ()),
            subjects=tuple(self.subjects.data or ()),
            needs=tuple(self.needs.data or ()),
            loan_weeks_most=self.loan_weeks_most.value or LOAN_WEEKS_LEAST,
            website=self.website.text,
            facts=self._facts(),
            seen=self.seen.text,
        )

    def _facts(self) -> dict[str, Any]:
        given = {fact.code: _stated(self[fact.code]) for fact in vocabularies.facts()}
        return {code: value for code, value in given.items() if value not in (None, "", [])}


def _stated(field: wtforms.Field) -> Any:
    if isinstance(field, NumberField | ThreeStateField):
        return field.value
    return field.data


def _number(fact: Fact) -> NumberField:
    if fact.unit == "pence":
        return PoundsField(f"{fact.label} in pounds", fact.minimum / PENCE, fact.maximum / PENCE,
                           description=fact.hint)  # fmt: skip
    label = f"{fact.label}, in {fact.unit}" if fact.unit in ("weeks", "months", "days", "minutes",
                                                            "years") else fact.label  # fmt: skip
    return WholeNumberField(label, fact.minimum, fact.maximum, description=fact.hint)


def _words(fact: Fact) -> LineField:
    return LineField(fact.label, most=fact.maximum, description=fact.hint)


def _yes_no(fact: Fact) -> ThreeStateField:
    return ThreeStateField(fact.label, description=fact.hint)


def _one_of(fact: Fact) -> SelectCodeField:
    return SelectCodeField(
        fact.label, fact.vocabulary, empty=vocabularies.NOT_STATED, description=fact.hint
    )


def _many_of(fact: Fact) -> CodesField:
    return CodesField(fact.label, fact.vocabulary, description=fact.hint)


FIELD_OF_KIND: dict[str, Callable[[Fact], wtforms.Field]] = {
    "yes_no": _yes_no,
    "one_of": _one_of,
    "many_of": _many_of,
    "whole_number": _number,
    "words": _words,
}
for _fact in vocabularies.facts():
    setattr(ListingForm, _fact.code, FIELD_OF_KIND[_fact.kind](_fact))
