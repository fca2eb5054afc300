"""Fields with messages that say what to do.

``missing`` is the sentence shown when a wanted field is empty; a field without it is optional.
Each gives WTForms' own name of its kind as ``type``, by which the form component draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import wtforms
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended import vocabularies
from lended.web.words import clean_line, clean_words

CHOOSE = "Choose one of the answers."
CHOOSE_SOME = "Choose from the list."
YES_NO = {"yes": True, "no": False}


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

    def _value(self) -> str:
        return self.text

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing, too short or too long."""
        length = len(self.data or "")
        if self.missing and not length:
            raise StopValidation(self.missing)
        if length > self.most:
            raise StopValidation(
                f"Shorten this to {self.most:,} characters or fewer; it has {length:,}."
            )
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


class NumberField(LineField):
    """A number with decimals allowed, in a range."""

    kind = "DecimalField"
    form_words = "a number"

    def __init__(
        self, label: str, minimum: float, maximum: float, missing: str = "", **rest: Any
    ) -> None:
        super().__init__(label, missing=missing, most=40, **rest)
        self.minimum = minimum
        self.maximum = maximum

    @property
    def value(self) -> float | None:
        """The number, or None when the field is empty; valid only after validation."""
        return self.parse(self.data) if self.data else None

    def parse(self, text: str) -> float:
        """Read digits as people write them, with thousands separated by commas."""
        if not text.isascii() or "_" in text or "e" in text.lower() or "n" in text.lower():
            raise ValueError(text)
        return float(text.replace(",", ""))

    def process_data(self, value: Any) -> None:
        """Show a stored number without needless decimals."""
        self.data = (
            "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        )

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is missing, not a number or out of range."""
        super().pre_validate(form)
        if not self.data:
            return
        try:
            fits = self.minimum <= self.parse(self.data) <= self.maximum
        except ValueError:
            fits = False
        if not fits:
            raise StopValidation(
                f"Enter {self.form_words}, {self.minimum:,.10g} to {self.maximum:,.10g}."
            )


class WholeNumberField(NumberField):
    """A whole number in a range."""

    kind = "IntegerField"
    form_words = "a whole number"

    @property
    def value(self) -> int | None:
        """The number, or None when the field is empty; valid only after validation."""
        return int(self.parse(self.data)) if self.data else None

    def parse(self, text: str) -> float:
        """Read whole numbers only."""
        return float(int(super().parse(text))) if "." not in text else super().parse("not whole")


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


class DateField(wtforms.Field):
    """A date as day, month and year, sent as ``name-day``, ``name-month``, ``name-year``."""

    def __init__(self, label: str, missing: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.missing = missing
        self.parts = ("", "", "")

    @property
    def day_text(self) -> str:
        """What was typed as the day."""
        return self.parts[0]

    @property
    def month_text(self) -> str:
        """What was typed as the month."""
        return self.parts[1]

    @property
    def year_text(self) -> str:
        """What was typed as the year."""
        return self.parts[2]

    def process(
        self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None
    ) -> None:
        """Read the three parts, or take the date given."""
        super().process(None, data, extra_filters)
        names = [f"{self.name}-{part}" for part in ("day", "month", "year")]
        if formdata is not None and any(name in formdata for name in names):
            self.parts = tuple(clean_line(formdata.get(name, ""))[:20] for name in names)  # type: ignore[assignment]
            self.data = self._read()
        elif formdata is not None and len(formdata):
            self.data = None
        elif isinstance(self.data, date):
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a missing date and one that is not in the calendar."""
        if any(self.parts) and self.data is None:
            raise StopValidation("Enter a real date, for example 27 3 2027.")
        if self.missing and self.data is None:
            raise StopValidation(self.missing)

    def _read(self) -> date | None:
        day, month, year = self.parts
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in self.parts):
            return None
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except ValueError:
            return None
