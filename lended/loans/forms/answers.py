"""Forms in which the school and the supplier answer each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from lended.loans.forms.ask import WeeksForm, first_day, how_many_weeks
from lended.loans.forms.fields import ChoiceField, TickedField
from lended.web.forms import CodeField, DateField, Form, LineField, TickField, WordsField

WHY = "Say why, in your own words."
MOST = 1500
YES, NO = "yes", "no"


class SignOffForm(Form):
    """Agreeing, and naming who answers for the loan."""

    responsible_id = ChoiceField(
        "Who answers for it at your school?", missing="Choose who answers for it."
    )
    words = WordsField("A word to the teacher", most=MOST)


class WhyForm(Form):
    """A reason in words."""

    words = WordsField("Why?", missing=WHY, most=MOST)


class DeclineForm(Form):
    """A supplier's no: a reason of the list, and words."""

    reason = CodeField("What is the reason?", "decline_reason", missing="Choose a reason.")
    words = WordsField("What do you want to tell the teacher?", missing=WHY, most=MOST)


class OtherDatesForm(WeeksForm):
    """Other dates, and why; in the words of a supplier, to whom the school is not theirs."""

    starts_on, weeks = first_day("First day at the school"), how_many_weeks()
    words = WordsField("Why these dates?", missing=WHY, most=MOST)


class AnswersForm(Form):
    """One answer to several requests."""

    loan_ids = TickedField(
        "Which requests do you answer?", missing="Tick the requests you want to answer."
    )
    answer = ChoiceField(
        "What is your answer to those ticked?",
        [(YES, "Yes to all of them"), (NO, "No to all of them")],
        missing="Choose yes or no.",
    )
    reason = CodeField("If no: what is the reason?", "decline_reason", missing="Choose a reason.")
    words = WordsField("If no: what do you want to tell the teachers?", missing=WHY, most=MOST)

    def offer(self, requests: Iterable[tuple[int, str]]) -> Self:
        """Give a box for each request: its id and what it is about."""
        self.loan_ids.choices = [(str(loan_id), about) for loan_id, about in requests]
        return self

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Ask only a no for its reason and for words."""
        if self.answer.data != NO:
            self.reason.missing = self.words.missing = ""
        return super().validate(extra_validators)


class ReferenceForm(Form):
    """The number of a loan, as somebody on the telephone gives it."""

    reference = LineField("Which loan?", missing="Enter the number of the loan, LN-2042 perhaps.")


class CancelForm(Form):
    """Calling a loan off; only at the school it needs no reason."""

    reason = CodeField("What is the reason?", "cancel_reason")
    words = WordsField("What should the other side know?", most=MOST)

    def needing_a_reason(self) -> Self:
        """Return the form as a supplier and staff fill it in."""
        self.reason.missing, self.words.missing = "Choose a reason.", WHY
        self.reason.flags.optional = self.words.flags.optional = False
        return self


class LongerForm(Form):
    """Until when a loan would be kept, and why."""

    until = DateField("Until which day?", missing="Choose the last day you would keep it.")
    words = WordsField("Why would you keep it longer?", missing=WHY, most=MOST)


class PriceForm(Form):
    """What a school would like to know before it buys."""

    words = WordsField(
        "What would you like to know?", missing="Say what you would like to know.", most=MOST
    )
    keep_our_data = TickField("If we buy it, please keep what was saved in the trial")


class PriceAnswerForm(Form):
    """What it costs, in a supplier's words."""

    words = WordsField("Your answer", missing="Say what it costs, or how to find out.", most=MOST)


class WordsForm(Form):
    """A few words that may be left out."""

    words = WordsField("Anything the supplier should know?", most=MOST)


class NoForm(Form):
    """A button and nothing to fill in."""
