"""Forms about needs."""

from __future__ import annotations

from lended.needs.rules import LONGEST_NEED, NeedWish
from lended.web.forms import CodesField, Form, SelectCodeField, WholeNumberField, WordsField

USUAL_MATCHES = 10
MOST_MATCHES = 50

EMPTY = "Write what gets in the way, in your own words. One sentence is enough."


class AskForm(Form):
    """The one large box: a need, on its way into an address."""

    need = WordsField(
        "What is getting in the way in your classroom?", missing=EMPTY, most=LONGEST_NEED
    )


class MatchForm(Form):
    """A need and how many products to answer it with, as a program asks."""

    need = WordsField(
        "The need, in words", missing="Say the need, as the parameter need.", most=LONGEST_NEED
    )
    limit = WholeNumberField(
        f"How many products; {USUAL_MATCHES} unless said, {MOST_MATCHES} at most", 1, 999
    )

    @property
    def most(self) -> int:
        """How many products to answer with."""
        return min(self.limit.value or USUAL_MATCHES, MOST_MATCHES)


class NeedForm(Form):
    """A need to keep: its words and what the teacher confirms about it."""

    need = WordsField("Your need, in your own words", missing=EMPTY, most=LONGEST_NEED)
    codes = CodesField("What it is about", "need")
    stages = CodesField("Stages", "stage")
    subjects = CodesField("Subjects", "subject")

    def wish(self) -> NeedWish:
        """Return the need as its teacher puts it."""
        return NeedWish(
            text=self.need.text,
            codes=tuple(self.codes.data or ()),
            stages=tuple(self.stages.data or ()),
            subjects=tuple(self.subjects.data or ()),
        )


class AsideForm(Form):
    """Why a suggestion is put aside."""

    reason = SelectCodeField(
        "Why?", "aside_reason", missing="Choose why, so that we learn.", empty="Choose a reason"
    )
