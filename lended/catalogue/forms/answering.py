"""How staff answer a supplier or a listing."""

from __future__ import annotations

from lended.web.forms import Form, LineField, WordsField

APPROVE = "approve"
SEND_BACK = "send_back"


class AnswerForm(Form):
    """Words for the supplier, and which of the two buttons was pressed."""

    words = WordsField("What the supplier should know", most=2000)
    answer = LineField("Answer", missing="Press one of the two buttons.", most=20)
    seen = LineField("Version read", most=60)

    def validate(self, extra_validators: object = None) -> bool:
        """Refuse an answer that is neither of the two."""
        good = super().validate()
        if good and self.answer.text not in (APPROVE, SEND_BACK):
            self.answer.errors = [self.answer.missing]
            return False
        return good

    @property
    def approved(self) -> bool:
        """Whether the answer is yes."""
        return self.answer.text == APPROVE
