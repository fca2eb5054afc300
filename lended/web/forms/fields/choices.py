"""Fields of choices: boxes to tick, buttons, drop-downs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import wtforms
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended import vocabularies

CHOOSE = "Choose one of the answers."
CHOOSE_SOME = "Choose from the list."
YES_NO = {"yes": True, "no": False}


class TickField(wtforms.BooleanField):
    """A box to tick; ``missing`` is shown when it must be ticked."""

    def __init__(self, label: str, missing: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.type = "BooleanField"
        self.missing = missing

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an unticked box that must be ticked."""
        if self.missing and not self.data:
            raise StopValidation(self.missing)


def known_codes(field: wtforms.SelectField | wtforms.SelectMultipleField) -> set[str]:
    """Return the codes a field offers."""
    return {str(choice[0]) for choice in field.choices or ()}


class Pairs:
    """Choices as pairs of value and label, which is how vocabularies and pages give them."""

    choices: Any
    data: Any

    def iter_choices(self) -> Iterator[tuple[Any, str, bool, dict[str, Any]]]:
        """Yield every choice, and whether it is chosen."""
        chosen = self.data if isinstance(self.data, list | tuple) else (self.data,)
        for value, label in self.choices or ():
            yield Choice(value, label, value in chosen, {})

    def has_groups(self) -> bool:
        """Tell that choices stand one beside the other."""
        return False


class CodeField(Pairs, wtforms.RadioField):
    """One code of a vocabulary, as radio buttons."""

    kind = "RadioField"

    def __init__(self, label: str, vocabulary: str, missing: str = "", **rest: Any) -> None:
        only: Sequence[str] = rest.pop("only", ())
        choices = [
            (code, words)
            for code, words in vocabularies.choices(vocabulary)
            if not only or code in only
        ]
        super().__init__(label, validate_choice=False, **rest)
        self.choices = choices
        self.type = self.kind
        self.flags.optional = not missing
        self.missing = missing

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the first value sent."""
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing or not in the list."""
        if not self.data:
            if self.missing:
                raise StopValidation(self.missing)
            return
        if self.data not in known_codes(self):
            raise StopValidation(self.missing or CHOOSE)


class SelectCodeField(CodeField):
    """One code of a vocabulary, as a drop-down with an empty first line."""

    kind = "SelectField"
    widget = wtforms.widgets.Select()

    def __init__(
        self, label: str, vocabulary: str, missing: str = "", empty: str = "", **rest: Any
    ) -> None:
        super().__init__(label, vocabulary, missing=missing, **rest)
        self.choices = [("", empty), *(self.choices or [])]


class CodesField(Pairs, wtforms.SelectMultipleField):
    """Several codes of a vocabulary, as tick boxes."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def __init__(self, label: str, vocabulary: str, missing: str = "", **rest: Any) -> None:
        super().__init__(label, validate_choice=False, **rest)
        self.choices = vocabularies.choices(vocabulary)
        self.type = "SelectMultipleField"
        self.flags.optional = not missing
        self.missing = missing

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take every value once."""
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing or not in the list."""
        if self.missing and not self.data:
            raise StopValidation(self.missing)
        if not known_codes(self).issuperset(self.data or ()):
            raise StopValidation(CHOOSE_SOME)


class ThreeStateField(Pairs, wtforms.RadioField):
    """Yes, no, or not stated; ``value`` is True, False or None."""

    def __init__(self, label: str, missing: str = "", **rest: Any) -> None:
        choices = [("yes", "Yes"), ("no", "No")]
        if not missing:
            choices.append(("", "Not stated"))
        super().__init__(label, validate_choice=False, **rest)
        self.choices = choices
        self.type = "RadioField"
        self.missing = missing

    @property
    def value(self) -> bool | None:
        """The answer as true, false or None."""
        return YES_NO.get(self.data or "")

    def process_data(self, value: Any) -> None:
        """Show a stored answer."""
        self.data = {True: "yes", False: "no"}.get(value, "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the first value sent."""
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse anything else than yes, no and (where allowed) nothing."""
        if self.data and self.data not in YES_NO:
            raise StopValidation(CHOOSE)
        if self.missing and not self.data:
            raise StopValidation(self.missing)
