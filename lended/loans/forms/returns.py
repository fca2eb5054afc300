"""Forms for what comes back, does not arrive, is lost, or is to be settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lended.loans.forms.fields import ChoiceField, ChoicesField
from lended.loans.forms.papers import ContentsForm
from lended.loans.rules.incidents import (
    FOUND_IN_A_CHECK,
    KINDS,
    MOST_PHOTOS,
    SAY,
    STANCES,
    SayWish,
)
from lended.loans.rules.returns import IncidentWish, PartWish, amiss
from lended.web.forms import Form, LineField, PicturesField, TickField, WholeNumberField, WordsField

MOST = 1500
MOST_OF_ONE = 1_000_000
NOTHING = "nothing"
SETTLE = {NOTHING: "No, nothing", **{kind: KINDS[kind] for kind in FOUND_IN_A_CHECK}}


class ReturnForm(Form):
    """When and where a kit can be collected."""

    words = WordsField(
        "When and where can it be collected?",
        missing="Say when and where it can be collected.",
        most=MOST,
    )


class PartForm(Form):
    """What came back now; `for_lines` adds how many of each."""

    line_ids: Sequence[int] = ()
    unit_ids = ChoicesField("Which kits are back?")
    no_more = TickField("Nothing more will come. Go on to the check")

    def wish(self) -> PartWish:
        """Return what came back."""
        return PartWish(
            counts={number: int(self[f"count_{number}"].data or 0) for number in self.line_ids},
            unit_ids=self.unit_ids.numbers if "unit_ids" in self else (),
            no_more=bool(self.no_more.data),
        )

    def choosing(self, units: Sequence[tuple[str, str]]) -> PartForm:
        """Return the form with these kits to choose from, or without the question."""
        self.unit_ids.choices = list(units)
        if not units:
            del self.unit_ids
        return self


class InspectionForm(ContentsForm):
    """What came back, and whether something is to be settled."""

    settle = ChoiceField("Is something to be settled with the school?", SETTLE.items())
    unit_ids = ChoicesField("Which kits cannot be lent before they are ready again?")
    photos = PicturesField("Pictures", MOST_PHOTOS)
    words = WordsField("What do you want to tell the school?", most=MOST)

    def choosing(self, units: Sequence[tuple[str, str]]) -> InspectionForm:
        """Return the form with these kits to choose from, or without the question."""
        self.unit_ids.choices = list(units)
        if not units:
            del self.unit_ids
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for an answer where something is amiss, and for words where it is to be settled."""
        whole = super().validate(extra_validators)
        if whole and amiss(self.checked()) and not self.settle.data:
            self.settle.errors = [
                "Something is missing or damaged. Say whether it is to be settled."
            ]
            return False
        return whole

    @property
    def settles(self) -> bool:
        """Whether something is to be settled."""
        return self.settle.data not in {"", None, NOTHING}

    def incident(self, photo_names: Sequence[str]) -> IncidentWish:
        """Return what is to be settled."""
        return IncidentWish(
            kind=self.settle.data,
            words=self.words.text,
            items=self.checked(),
            unit_ids=self.unit_ids.numbers if "unit_ids" in self else (),
            photo_names=photo_names,
        )


class AgainForm(Form):
    """A parcel that is sent once more."""

    words = WordsField(
        "What happened?", missing="Say what happened. The school reads it.", most=MOST
    )
    tracking = LineField("New tracking number", most=120)


class FailedForm(Form):
    """A parcel that did not arrive."""

    words = WordsField(
        "What happened?", missing="Say what happened. The school reads it.", most=MOST
    )


class LostForm(Form):
    """A kit that will not come back; ``value`` says what is at stake."""

    value = ""
    words = WordsField(
        "What happened?", missing="Say what happened. Both sides read it.", most=MOST
    )

    def saying(self, value: str) -> LostForm:
        """Return the form with a sentence on what the kit is worth."""
        self.value = value
        return self


class SayForm(Form):
    """What one side says about an incident."""

    stance = ChoiceField("What do you want to say?", missing="Choose what you want to say.")
    words = WordsField("In your words", missing="Say it in your own words.", most=MOST)
    photos = PicturesField("Pictures", MOST_PHOTOS)

    def offering(self, stances: Sequence[str]) -> SayForm:
        """Return the form with what this side may say now."""
        self.stance.choices = [(stance, STANCES[stance]) for stance in stances]
        if tuple(stances) == (SAY,):
            self.stance.data = SAY
        return self

    def wish(self, photo_names: Sequence[str]) -> SayWish:
        """Return what is said."""
        return SayWish(self.stance.data, self.words.text, photo_names)


READY, GONE = "ready", "gone"


class AsideForm(Form):
    """What became of a kit that was set aside."""

    verdict = ChoiceField(
        "How do things stand with it?",
        {READY: "Ready to be lent again", GONE: "It will not be lent again"}.items(),
        missing="Say how things stand with it.",
    )
    words = WordsField("What was done?", missing="Say what was done, or what you found.", most=MOST)


def for_lines(left: Mapping[int, tuple[str, int]]) -> type[PartForm]:
    """Return a form that asks how many of each line came back.

    Parameters
    ----------
    left
        By the line's id, what it is of and how many have yet to come.
    """
    fields: dict[str, Any] = {"line_ids": tuple(left)}
    for line_id, (words, count) in left.items():
        fields[f"count_{line_id}"] = WholeNumberField(
            f"How many came back now, of {words}?", 0, MOST_OF_ONE, default=count
        )
    return type("PartForm", (PartForm,), fields)
