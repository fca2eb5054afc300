"""Whatever is typed into a field, there is a message beside it and never an exception."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from lended.web.forms import (
    CodeField,
    CodesField,
    DateField,
    Form,
    LineField,
    NumberField,
    PasswordLineField,
    SelectCodeField,
    ThreeStateField,
    TickField,
    WholeNumberField,
    WordsField,
)
from lended.words import clean_line, clean_words


class EveryForm(Form):
    """One field of every kind, each wanted."""

    line = LineField("Line", missing="Say something.", most=40, least=3)
    words = WordsField("Words", missing="Say more.", most=100)
    password = PasswordLineField("Password", missing="Choose one.", most=64)
    number = NumberField("Number", 0, 100, missing="Count it.")
    whole = WholeNumberField("Whole", 1, 30, missing="Count it whole.")
    tick = TickField("Tick", missing="Tick it.")
    code = CodeField("Code", "verdict", missing="Choose one.")
    choice = SelectCodeField("Choice", "decision", missing="Choose one.")
    codes = CodesField("Codes", "stage", missing="Choose some.")
    state = ThreeStateField("State", missing="Yes or no?")
    day = DateField("Day", missing="Give a date.")


FIELDS = [field.name for field in EveryForm() if field.name != "day"] + [
    "day-day",
    "day-month",
    "day-year",
]
VALID = {
    "line": "A line",
    "words": "Some words",
    "password": "open sesame, please",
    "number": "34.5",
    "whole": "4",
    "tick": "y",
    "code": "met",
    "choice": "adopt",
    "codes": "ks2",
    "state": "yes",
    "day-day": "5",
    "day-month": "4",
    "day-year": "2027",
}
typed = some.one_of(
    some.text(max_size=60),
    some.text(alphabet="0123456789.,-+eE_ \u0663\u00bd\u221e", max_size=12),
    some.sampled_from(
        [
            "\x00\x01\x7f",
            "\ufeff\u200b\u200d\u2060",
            "\u202eabc\u202c\u2066",
            "\U0001f469\u200d\U0001f3eb" * 9,
            "\ud800",
            "x" * 100_000,
            "9" * 400,
            "1e999",
            "NaN",
            "-inf",
            "1_000",
            "<script>alert(1)</script>",
            "'; DROP TABLE people; --",
        ]
    ),
)


@given(some.lists(some.tuples(some.sampled_from(FIELDS), typed), max_size=30))
def test_nothing_typed_can_break_a_form(pairs: list[tuple[str, str]]) -> None:
    form = EveryForm(MultiDict(pairs))
    if not form.validate():
        assert form.errors
    for field in form:
        assert all(str(message) for message in field.errors)
        if field.widget is not None:
            assert str(field())


@given(some.sampled_from(FIELDS), typed, typed)
def test_a_field_sent_twice_counts_once(name: str, first: str, second: str) -> None:
    once = EveryForm(MultiDict([*_others(name), (name, first)]))
    twice = EveryForm(MultiDict([*_others(name), (name, first), (name, second)]))
    assert once.validate() == twice.validate() or name == "codes"
    if name != "codes":
        assert {f.name: f.data for f in once} == {f.name: f.data for f in twice}


@pytest.mark.parametrize("field", [field.name for field in EveryForm()])
def test_what_is_missing_is_asked_for_beside_its_field(field: str) -> None:
    values = {name: text for name, text in VALID.items() if name.partition("-")[0] != field}
    form = EveryForm(MultiDict(values))
    assert not form.validate()
    assert set(form.errors) == {field}
    (message,) = form[field].errors
    assert message == getattr(form[field], "missing")  # noqa: B009 - the stubs do not know it


def test_what_is_right_is_accepted() -> None:
    form = EveryForm(MultiDict(VALID))
    assert form.validate(), form.errors
    assert form.day.data == date(2027, 4, 5)
    assert (form.number.value, form.whole.value, form.state.value) == (34.5, 4, True)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("line", "  one \t two\u200b  ", "one two"),
        ("line", "x" * 41, "x" * 41),
        ("words", "\u202eback\u202c\r\nnext ", "back\nnext"),
        ("number", "twelve", "twelve"),
        ("whole", "1.5", "1.5"),
        ("whole", "31", "31"),
        ("code", "nonsense", "nonsense"),
    ],
)
def test_what_was_typed_is_still_there(name: str, text: str, kept: str) -> None:
    form = EveryForm(MultiDict({**VALID, name: text}))
    form.validate()
    assert form[name].data == kept


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        (("29", "2", "2028"), True),
        (("29", "2", "2027"), False),
        (("31", "4", "2027"), False),
        (("0", "1", "2027"), False),
        (("1", "13", "2027"), False),
        (("1", "1", "27"), True),
        (("1", "1", "0"), False),
        (("1", "1", "99999"), False),
        (("\u0661", "1", "2027"), False),
        (("-1", "1", "2027"), False),
        (("1", "", "2027"), False),
    ],
)
def test_only_days_of_the_calendar_are_dates(parts: tuple[str, str, str], right: bool) -> None:
    names = ("day-day", "day-month", "day-year")
    form = EveryForm(MultiDict({**VALID, **dict(zip(names, parts, strict=True))}))
    assert form.validate() is right
    assert (form.day.day_text, form.day.month_text, form.day.year_text) == parts
    if not right:
        assert form.day.errors[0] == "Enter a real date, for example 27 3 2027."


@given(some.floats(-1e9, 1e9).map(lambda number: round(number, 3)))
def test_a_stored_number_is_shown_so_that_it_reads_back(number: float) -> None:
    form = _numbers(number)
    assert _numbers(None, form.number.data).number.value == pytest.approx(number)


@given(some.text())
@example("\ud800")
@example("e\u0301")
def test_cleaned_words_are_visible_normal_and_stay_as_they_are(text: str) -> None:
    cleaned = clean_words(text)
    assert clean_words(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    cleaned.encode()
    hidden = {letter for letter in cleaned if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}}
    assert hidden <= set("\n\t\u200c\u200d")


@given(some.text())
def test_a_cleaned_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1
    assert clean_line(clean_line(text)) == clean_line(text)


def test_emoji_and_names_are_left_whole() -> None:
    for words in ("\U0001f469\u200d\U0001f3eb", "Zoë O’Brien", "Siân", "שלום", "می‌خواهم"):
        assert clean_words(words) == words


def _others(name: str) -> list[tuple[str, str]]:
    return [(other, text) for other, text in VALID.items() if other != name]


def _numbers(number: float | None, text: str | None = None) -> Any:
    class NumbersForm(Form):
        number = NumberField("Number", -1e12, 1e12)

    return NumbersForm(
        MultiDict({"number": text}) if text is not None else None, data={"number": number}
    )
