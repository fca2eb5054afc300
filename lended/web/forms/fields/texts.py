"""Fields of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.words import clean_line, clean_words


def as_typed(text: str | None) -> str:
    """Return text untouched."""
    return text or ""


class LineField(wtforms.StringField):
    """One line of text, cleaned."""

    kind = "StringField"
    clean: Callable[[str | None], str] = staticmethod(clean_line)

    def __init__(
        self, label: str, missing: str = "", most: int = 200, least: int = 0, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.type = self.kind
        self.flags.optional = not missing
        self.missing = missing
        self.most = most
        self.least = least

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Clean what was typed."""
        self.data = self.clean(valuelist[0]) if valuelist else ""

    @property
    def text(self) -> str:
        """What was typed, cleaned; empty when nothing was."""
        return self.data or ""

    def too_long(self, length: int) -> str:
        """Return what is said of so many characters, when they are too many."""
        return f"Shorten this to {self.most:,} characters or fewer; it has {length:,}."

    def _value(self) -> str:
        return self.text

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing, too short or too long."""
        length = len(self.data or "")
        if self.missing and not length:
            raise StopValidation(self.missing)
        if length > self.most:
            raise StopValidation(self.too_long(length))
        if length and length < self.least:
            raise StopValidation(f"Write a little more: at least {self.least} characters.")


class WordsField(LineField):
    """Several lines of text, cleaned."""

    kind = "TextAreaField"
    widget = wtforms.widgets.TextArea()
    clean = staticmethod(clean_words)

    def __init__(self, label: str, missing: str = "", most: int = 4000, **rest: Any) -> None:
        super().__init__(label, missing=missing, most=most, **rest)


class PasswordLineField(LineField):
    """A password: never cleaned, never shown again."""

    kind = "PasswordField"
    widget = wtforms.widgets.PasswordInput(hide_value=True)
    clean = staticmethod(as_typed)

    def __init__(self, label: str, missing: str = "", most: int = 1000, **rest: Any) -> None:
        super().__init__(label, missing=missing, most=most, **rest)
