"""Forms for what is sent, received, taken back and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from lended.loans.forms.fields import ChoiceField, ChoicesField
from lended.loans.rules.papers import (
    DATA_PROTECTION,
    DATA_PROTECTION_WANTED,
    DeletionWish,
    DispatchWish,
    Item,
    PaperworkWish,
)
from lended.web.forms import (
    DateField,
    Form,
    LineField,
    SelectCodeField,
    TickField,
    WholeNumberField,
    WordsField,
)

MOST = 1500
MOST_OF_ONE = 1_000_000
IN_ORDER = "ok"


class PaperworkForm(Form):
    """What the responsible person agrees to; `needing` leaves out what this loan does not need."""

    deputy = LineField(
        "Who answers when you are away?", missing="Name somebody who answers when you are away."
    )
    address = WordsField("Address to send it to", most=500, missing="Give the address.")
    delivery_window = LineField(
        "When is somebody there to take it in?", missing="Say when somebody is there."
    )
    data_protection = ChoiceField(
        "What came of your data-protection check?",
        DATA_PROTECTION.items(),
        missing=DATA_PROTECTION_WANTED,
    )
    data_protection_words = WordsField("Anything to add about data", most=MOST)
    terms_accepted = TickField(
        "I have read the terms and accept them for our school",
        missing="Accept the terms to go on.",
    )

    def needing(self, *, kit: bool, data_check: bool) -> PaperworkForm:
        """Return the form with the questions this loan needs."""
        if not kit:
            del self.address, self.delivery_window
        if not data_check:
            del self.data_protection, self.data_protection_words
        return self

    def wish(self) -> PaperworkWish:
        """Return what the school agrees to."""
        return PaperworkWish(
            **{name: field.data or "" for name, field in self._fields.items() if name != ACCEPTED},
            terms_accepted=bool(self.terms_accepted.data),
        )


ACCEPTED = "terms_accepted"


class ContentsForm(Form):
    """Item by item, what is there; `for_items` adds the fields."""

    items: Sequence[Item] = ()

    @property
    def rows(self) -> list[tuple[Item, Any, Any, Any]]:
        """Each item with its fields: how many, in what condition, a remark."""
        return [
            (item, self[f"found_{n}"], self[f"condition_{n}"], self[f"remark_{n}"])
            for n, item in enumerate(self.items)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask what became of the rest where fewer were counted and all is called in order."""
        whole = super().validate(extra_validators)
        for item, found, condition, _remark in self.rows:
            if whole and condition.data == IN_ORDER and found.value < item.expected:
                condition.errors = [_fewer(item.expected - found.value, item.expected)]
        return whole and not self.errors

    def checked(self) -> tuple[Item, ...]:
        """Return the items as they were found."""
        return tuple(
            Item(item.name, item.expected, found.value or 0, condition.data, remark.text)
            for item, found, condition, remark in self.rows
        )


class DispatchForm(ContentsForm):
    """What leaves, what was checked, and how it can be followed."""

    unit_ids = ChoicesField("Which kits do you send?", missing="Choose what you are sending.")
    safety_words = WordsField("What did you check?", most=MOST)
    condition = LineField("In what condition?", missing="Say in what condition it leaves.")
    tracking = LineField("Tracking number", most=120)

    def choosing(self, units: Sequence[tuple[str, str]], *, ask_checks: bool) -> DispatchForm:
        """Return the form with these kits to choose from, and the questions that they need.

        Parameters
        ----------
        ask_checks
            Whether one of them has no electrical check of the last year.
        """
        self.unit_ids.choices = list(units)
        if not units:
            del self.unit_ids
        if ask_checks:
            self.safety_words.flags.optional = False
        else:
            del self.safety_words
        return self

    def wish(self) -> DispatchWish:
        """Return what the supplier says leaves."""
        return DispatchWish(
            items=self.checked(),
            condition=self.condition.text,
            tracking=self.tracking.text,
            unit_ids=self.unit_ids.numbers if "unit_ids" in self else (),
            safety_words=self.safety_words.text if "safety_words" in self else "",
        )


class ReceiptForm(ContentsForm):
    """What arrived."""

    words = WordsField("Anything the supplier should know?", most=MOST)


class IssueForm(Form):
    """How the school gets in."""

    access_words = WordsField(
        "How does the school get in?", missing="Say how the school gets in.", most=MOST
    )


class DeletionForm(Form):
    """What a supplier deleted, or that there was nothing."""

    none_held = TickField("We never held any personal data in this trial")
    scope = WordsField("What was deleted?", most=MOST)
    deleted_on = DateField("On which day?")
    backups_until = DateField("Until when is it still in backups?")

    def wish(self) -> DeletionWish:
        """Return the supplier's word."""
        return DeletionWish(
            none_held=bool(self.none_held.data),
            scope=self.scope.text,
            deleted_on=self.deleted_on.data,
            backups_until=self.backups_until.data,
        )


def _fewer(gone: int, expected: int) -> str:
    """Return what is asked when so many of an item are not there."""
    return f"{gone} of {expected} {'is' if gone == 1 else 'are'} not there. Choose what happened."


Checking = TypeVar("Checking", bound=ContentsForm)


def for_items(kind: type[Checking], items: Sequence[Item]) -> type[Checking]:
    """Return a form of a kind with three fields for each item."""
    fields: dict[str, Any] = {"items": tuple(items)}
    for n, item in enumerate(items):
        fields[f"found_{n}"] = WholeNumberField(
            "How many?",
            0,
            MOST_OF_ONE,
            missing=f"Say how many {item.name} there are.",
            default=item.found,
        )
        fields[f"condition_{n}"] = SelectCodeField(
            "Condition", "line_condition", missing=f"Say how {item.name} is.", default="ok"
        )
        fields[f"remark_{n}"] = LineField("Remark", most=200)
    return type(kind.__name__, (kind,), fields)
