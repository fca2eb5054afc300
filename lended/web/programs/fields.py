"""Fields of forms as JSON: how each describes itself, and how a value becomes what it reads.

Only the kind of a value is looked at here. Whether it makes sense is for the form to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import wtforms

from lended.web.forms import (
    CodeField,
    CodesField,
    DateField,
    LineField,
    NumberField,
    ThreeStateField,
    TickField,
    WholeNumberField,
)
from lended.web.forms.fields import known_codes

Shape = dict[str, Any]
Texts = list[tuple[str, str]]
"""Names and values as a browser would send them."""

TEXT, CODE, WHOLE = "Give this as text.", "Give one of the codes.", "Give a whole number."
NUMBER, YES_NO, LIST = "Give a number.", "Give true or false.", "Give a list of codes."
DAY = "Give a date as 2027-03-27."
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
DECIMALS = 10


class WrongKind(ValueError):
    """A value is not of the kind a field takes; its words are for whoever sent it."""


@singledispatch
def shape_of(field: wtforms.Field) -> Shape:
    """Return what a field takes, as JSON Schema."""
    raise TypeError(f"{type(field).__name__} has no shape in JSON.")


@singledispatch
def texts_of(field: wtforms.Field, value: object) -> Texts:
    """Return a value as a browser would send it.

    Raises
    ------
    WrongKind
        When it is not of the kind the field takes.
    """
    raise TypeError(f"{type(field).__name__} reads no JSON: {value!r}")


def is_wanted(field: wtforms.Field) -> bool:
    """Tell whether a field has to be there."""
    return bool(getattr(field, "missing", ""))


@shape_of.register
def _(field: LineField) -> Shape:
    least = field.least or int(is_wanted(field))
    return {"type": "string", "maxLength": field.most} | ({"minLength": least} if least else {})


@texts_of.register
def _(field: LineField, value: object) -> Texts:
    if not isinstance(value, str):
        raise WrongKind(TEXT)
    if len(value) > field.most:
        raise WrongKind(field.too_long(len(value)))
    return [(field.name, value)]


@shape_of.register
def _(field: NumberField) -> Shape:
    return {"type": "number", "minimum": field.minimum, "maximum": field.maximum}


@texts_of.register
def _(field: NumberField, value: object) -> Texts:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongKind(NUMBER)
    whole = isinstance(value, int) or value.is_integer()
    return [(field.name, str(int(value)) if whole else f"{value:.{DECIMALS}f}")]


@shape_of.register
def _(field: WholeNumberField) -> Shape:
    return {"type": "integer", "minimum": field.minimum, "maximum": field.maximum}


@texts_of.register
def _(field: WholeNumberField, value: object) -> Texts:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongKind(WHOLE)
    return [(field.name, str(value))]


@shape_of.register
def _(field: CodeField) -> Shape:
    """Describe a code; one whose choices nobody knows beforehand is the key of something."""
    codes = sorted(known_codes(field) - {""})
    return {"type": "string", "enum": codes} if codes else {"type": "integer", "minimum": 1}


@texts_of.register
def _(field: CodeField, value: object) -> Texts:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or value not in known_codes(field) - {""}:
        raise WrongKind(getattr(field, "missing", "") or CODE)
    return [(field.name, value)]


@shape_of.register
def _(field: CodesField) -> Shape:
    codes = sorted(known_codes(field))
    return {"type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True}


@texts_of.register
def _(field: CodesField, value: object) -> Texts:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise WrongKind(LIST)
    return [(field.name, code) for code in value]


@shape_of.register(ThreeStateField)
@shape_of.register(TickField)
def _(_field: wtforms.Field) -> Shape:
    return {"type": "boolean"}


@texts_of.register
def _(field: ThreeStateField, value: object) -> Texts:
    if not isinstance(value, bool):
        raise WrongKind(YES_NO)
    return [(field.name, "yes" if value else "no")]


@texts_of.register
def _(field: TickField, value: object) -> Texts:
    if not isinstance(value, bool):
        raise WrongKind(YES_NO)
    return [(field.name, "y")] if value else []


@shape_of.register
def _(_field: DateField) -> Shape:
    return {"type": "string", "format": "date"}


@texts_of.register
def _(field: DateField, value: object) -> Texts:
    found = ISO_DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise WrongKind(DAY)
    parts: Sequence[str] = found.groups()
    return list(
        zip((f"{field.name}-{part}" for part in ("year", "month", "day")), parts, strict=True)
    )
