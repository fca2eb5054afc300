"""Forms in which a supplier keeps its stock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import wtforms

from lended.loans.forms.fields import ChoiceField
from lended.loans.rules.stock import (
    BATTERIES,
    KINDS,
    MOST_CAPACITY,
    MOST_CONTENTS,
    MOST_OF_ONE,
    UNIT_STATES,
    Content,
    StockWish,
    UnitWish,
)
from lended.web.forms import (
    DateField,
    Form,
    LineField,
    NumberField,
    TickField,
    WholeNumberField,
    WordsField,
)

LINE = re.compile(r"(\d{1,5})\s*(?:x|×)?\s+(\S.*)", re.ASCII)
EACH_LINE = "Write one thing on each line, first how many: 24 Fraction tiles."


class StockForm(Form):
    """How many there are to lend, and what is in a kit."""

    kind = ChoiceField("What do you lend?", KINDS.items(), missing="Choose what you lend.")
    capacity = WholeNumberField("How many can be lent at the same time?", 0, MOST_CAPACITY)
    unlimited = TickField("There is no limit on seats")
    contents = WordsField("What is in one kit?", most=4000)
    label = LineField("What is this part called?", most=80)
    in_a_set = WholeNumberField("How many of it go with each set?", 1, MOST_OF_ONE)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.capacity.flags.optional = False

    def validate_capacity(self, field: wtforms.Field) -> None:
        """Refuse stock that is neither counted nor without limit."""
        if not field.data and not self.unlimited.data:
            raise wtforms.ValidationError("Say how many, or that there is no limit.")

    def validate_contents(self, field: wtforms.Field) -> None:
        """Refuse a line that does not begin with a number."""
        lines = _lines(field.data)
        if len(lines) > MOST_CONTENTS:
            raise wtforms.ValidationError(f"List {MOST_CONTENTS} things at most.")
        for line in lines:
            if not LINE.fullmatch(line):
                raise wtforms.ValidationError(EACH_LINE)

    def wish(self) -> StockWish:
        """Return the stock as its supplier describes it."""
        return StockWish(
            kind=self.kind.data,
            capacity=self.capacity.value or 0,
            unlimited=bool(self.unlimited.data),
            label=self.label.text,
            in_a_set=self.in_a_set.value or 1,
            contents=tuple(
                Content(found[2][:200], int(found[1]))
                for line in _lines(self.contents.data)
                if (found := LINE.fullmatch(line))
            ),
        )


class AnotherPartForm(StockForm):
    """One more part of a set, which needs a name of its own."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.label.flags.optional = False


class UnitForm(Form):
    """One kit with its serial."""

    serial = LineField("Serial", missing="Give the kit a serial.", most=80)
    condition = LineField("Condition", most=200)
    electrical_check_on = DateField("Last electrical check")
    battery = ChoiceField(
        "How is its battery?",
        BATTERIES.items(),
        missing="Say how the battery is.",
        default="none",
    )
    value = NumberField("What would a new one cost, in pounds?", 0, 1_000_000)
    state = ChoiceField(
        "How do things stand with it?",
        UNIT_STATES.items(),
        missing="Choose how things stand with this kit.",
        default="in_service",
    )

    def wish(self) -> UnitWish:
        """Return the kit as its supplier describes it."""
        return UnitWish(
            serial=self.serial.text,
            condition=self.condition.text,
            electrical_check_on=self.electrical_check_on.data,
            state=self.state.data,
            battery=self.battery.data,
            value_pence=None if self.value.value is None else round(self.value.value * 100),
        )


def contents_text(contents: Iterable[Mapping[str, Any]]) -> str:
    """Write a list of contents as the form reads it."""
    return "\n".join(f"{line['quantity']} {line['name']}" for line in contents)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
