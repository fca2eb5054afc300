"""Fields of choices that are ours or come from the page, not from a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.web.addresses import is_key
from lended.web.forms import CodeField, CodesField


class ChoiceField(CodeField):
    """One of the choices given, as radio buttons.

    Parameters
    ----------
    choices
        Pairs of value and label; a form may give others once it is made.
    """

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]] = (), missing: str = "", **rest: Any
    ) -> None:
        wtforms.RadioField.__init__(self, label, validate_choice=False, **rest)
        self.choices = list(choices)
        self.type = self.kind
        self.flags.optional = not missing
        self.missing = missing


class ChoicesField(CodesField):
    """Several of the choices given, as boxes to tick.

    Parameters
    ----------
    choices
        Pairs of value and label; a form may give others once it is made.
    """

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]] = (), missing: str = "", **rest: Any
    ) -> None:
        wtforms.SelectMultipleField.__init__(self, label, validate_choice=False, **rest)
        self.choices = list(choices)
        self.type = "SelectMultipleField"
        self.flags.optional = not missing
        self.missing = missing

    @property
    def numbers(self) -> tuple[int, ...]:
        """What was chosen, where choices are numbers."""
        return tuple(int(code) for code in self.data or () if is_key(code))


class TickedField(ChoicesField):
    """Boxes of things that may have gone since the page was drawn.

    What was ticked and is gone refuses nothing here: whoever acts on each thing says so of it.
    """

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse only that nothing is ticked."""
        if not self.numbers:
            raise StopValidation(self.missing)
