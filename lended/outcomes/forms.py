"""Forms about what happened, who may read it, and what a school decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lended.loans.forms.fields import ChoiceField
from lended.outcomes.rules.reports import (
    DESIGNS,
    MOST_PUPILS,
    MOST_REASONS,
    MOST_TEACHERS,
    MOST_WEEKS,
    OutcomeWish,
    ReasonWish,
)
from lended.web.forms import (
    CodeField,
    Form,
    LineField,
    NumberField,
    SelectCodeField,
    ThreeStateField,
    TickField,
    WholeNumberField,
    WordsField,
)

LONGEST = 4000
LONGEST_REASON = 1000
LARGEST = 1_000_000


def _why(number: int) -> SelectCodeField:
    more = "" if number == 1 else " (another reason)"
    return SelectCodeField(f"What got in the way?{more}", "failure_reason", empty="Choose a reason")


def _weight() -> CodeField:
    return CodeField("How much did it matter?", "failure_weight")


def _hands() -> CodeField:
    return CodeField("In whose hands was it?", "failure_hands")


def _would_have_worked() -> WordsField:
    return WordsField("What would have made it work?", most=LONGEST_REASON)


class OutcomeForm(Form):
    """What happened in a trial, in the order in which a teacher thinks of it."""

    verdict = CodeField(
        "Did it do what you wanted?",
        "verdict",
        missing="Choose your verdict. Each of the four is a fair answer.",
    )
    what_happened = WordsField(
        "What happened?", missing="Say what happened, in your own words.", most=LONGEST
    )
    pupils = WholeNumberField("How many pupils took part?", 0, MOST_PUPILS)
    teachers = WholeNumberField("How many teachers used it?", 0, MOST_TEACHERS)
    weeks = WholeNumberField(
        "For how many weeks?", 1, MOST_WEEKS, missing="Enter for how many weeks you used it."
    )
    design = ChoiceField("How do you know?", DESIGNS.items(), missing="Choose how you know.")
    unit = LineField("What do the numbers count?", most=60)
    baseline_value = NumberField("Before", -LARGEST, LARGEST)
    result_value = NumberField("After", -LARGEST, LARGEST)
    would_use_again = ThreeStateField("Would you use it again?")
    teachers_again = WholeNumberField(
        "How many of all the teachers would use it again?", 0, MOST_TEACHERS
    )
    reason_1, weight_1, hands_1 = _why(1), _weight(), _hands()
    would_have_worked_1 = _would_have_worked()
    reason_2, weight_2, hands_2 = _why(2), _weight(), _hands()
    would_have_worked_2 = _would_have_worked()
    reason_3, weight_3, hands_3 = _why(3), _weight(), _hands()
    would_have_worked_3 = _would_have_worked()

    PARTS: ClassVar = ("reason", "weight", "hands", "would_have_worked")

    @property
    def reasons(self) -> list[list[Any]]:
        """The fields of each reason."""
        return [
            [self[f"{part}_{number}"] for part in self.PARTS]
            for number in range(1, MOST_REASONS + 1)
        ]

    def wish(self) -> OutcomeWish:
        """Return the outcome as the teacher puts it."""
        return OutcomeWish(
            verdict=self.verdict.data or "",
            design=self.design.data or "",
            weeks=self.weeks.value,
            what_happened=self.what_happened.text,
            pupils=self.pupils.value,
            teachers=self.teachers.value,
            teachers_again=self.teachers_again.value,
            would_use_again=self.would_use_again.value,
            baseline_value=self.baseline_value.value,
            result_value=self.result_value.value,
            unit=self.unit.text,
            reasons=tuple(_reason(fields) for fields in self.reasons),
        )


class StoryForm(Form):
    """How the school of a story is described, and the teacher's word that nobody is named."""

    described = ChoiceField("How is your school described?", missing="Choose a description.")
    own_words = LineField("Your own description", most=200)
    nobody_named = TickField(
        "Nobody can be recognised in what I wrote, nor any group of fewer than ten pupils",
        missing="Read it through and tick this box, or change what you wrote first.",
    )

    OWN: ClassVar = "own"
    NAME: ClassVar = "name"
    PLACE: ClassVar = "place"

    def offering(self, place: str, name: str) -> StoryForm:
        """Return the form with the descriptions this school may choose from."""
        self.described.choices = [(self.PLACE, place), (self.NAME, name), (self.OWN, "Otherwise:")]
        return self

    def description(self) -> str:
        """Return what was chosen, or the teacher's own words."""
        if self.described.data == self.OWN:
            return self.own_words.text
        offered = {str(choice[0]): str(choice[1]) for choice in self.described.choices or ()}
        return offered.get(self.described.data or "", "")


class DecisionForm(Form):
    """What the school will do after a trial."""

    code = CodeField("The school’s decision", "decision", missing="Choose what the school will do.")
    words = WordsField("Why, or on which conditions", most=LONGEST)


class StoryFilter(Form):
    """What the list of stories is narrowed to."""

    need = SelectCodeField("About which need", "need", empty="Any need")
    verdict = SelectCodeField("How it went", "verdict", empty="However it went")

    def narrow_to(self, present: Mapping[str, int]) -> StoryFilter:
        """Return the form offering only needs that stories are about, with how many each has."""
        offered = [(str(choice[0]), choice[1]) for choice in self.need.choices or ()]
        counted = [
            (code, f"{words} ({present[code]})") for code, words in offered if code in present
        ]
        self.need.flags.optional = False
        self.need.choices = [("", "Any need"), *counted]
        return self


def _reason(fields: list[Any]) -> ReasonWish:
    code, weight, hands, would_have_worked = fields
    return ReasonWish(code.data or "", weight.data or "", hands.data or "", would_have_worked.text)
