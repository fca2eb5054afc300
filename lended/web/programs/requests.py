"""Reading what a program sends, through the form that a page would use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import wtforms
from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from lended.errors import Invalid, Refusal
from lended.web.forms import Form, NumberField
from lended.web.programs.fields import WrongKind, texts_of

AnyForm = TypeVar("AnyForm", bound=Form)
JSON = "application/json"
NOT_JSON = "This is not JSON, or not in UTF-8."
NO_OBJECT = "Send one JSON object: {…}."
NO_SUCH_FIELD = "There is no such field here."
ONCE = "Give this once."
SENT = ("", "by a program")
"""Stands in every form that is filled, so that one without an answer counts as sent too."""

WHOLE_NUMBER = re.compile(r"-?\d{1,30}", re.ASCII)


def filled_by_query(form: AnyForm) -> AnyForm:
    """Return a form filled with the parameters of the address.

    Raises
    ------
    Invalid
        Naming every parameter that is wrong, repeated or unknown.
    """
    several = {name: ONCE for name, values in request.args.lists() if len(values) > 1}
    numbers = {field.name for field in form if isinstance(field, NumberField)}
    values: dict[str, object] = {
        name: int(text) if name in numbers and WHOLE_NUMBER.fullmatch(text) else text
        for name, text in request.args.items()
    }
    return _filled(form, values, several)


def filled_by_body(form: AnyForm) -> AnyForm:
    """Return a form filled with the JSON object that was sent.

    Raises
    ------
    UnsupportedMediaType
        When something else than JSON was sent.
    Refusal
        When it cannot be read.
    Invalid
        Naming every field that is wrong or unknown.
    """
    return _filled(form, _sent(), {})


def _sent() -> Mapping[str, object]:
    raw = request.get_data()
    if not raw and not request.content_length:
        return {}
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    try:
        found = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Refusal(NOT_JSON) from error
    if not isinstance(found, dict):
        raise Invalid(NO_OBJECT)
    return found


def _refuse(constant: str) -> Any:
    """Refuse NaN and the infinities, which Python reads and JSON does not know."""
    raise ValueError(constant)


def _filled(form: AnyForm, values: Mapping[str, object], problems: dict[str, str]) -> AnyForm:
    fields = {field.name: field for field in form}
    problems |= {name: NO_SUCH_FIELD for name in values if name not in fields}
    texts: MultiDict[str, str] = MultiDict([SENT])
    for name, field in fields.items():
        try:
            texts.update(_texts(field, values.get(name)))
        except WrongKind as wrong:
            problems.setdefault(name, str(wrong))
    form.process(texts)
    _demand(form, problems)
    return form


def _texts(field: wtforms.Field, value: object) -> MultiDict[str, str]:
    return MultiDict() if value is None else MultiDict(texts_of(field, value))


def _demand(form: Form, problems: dict[str, str]) -> None:
    """Go on only with a form that accepts its answers; a wrong kind is named before a wrong value.

    Raises
    ------
    Invalid
        With a sentence for each field, in the order of the form.
    """
    form.validate()
    for field in form:
        if field.errors:
            problems.setdefault(field.name, " ".join(field.errors))
    if problems or form.form_errors:
        raise Invalid(" ".join([*form.form_errors, *problems.values()]), problems)
