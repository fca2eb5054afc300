"""The form every form is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import wtforms
from flask import request
from werkzeug.datastructures import MultiDict

from lended.errors import Invalid


class Form(wtforms.Form):
    """A form that keeps what was typed and shows each problem beside its field.

    Flask-WTF checks the CSRF token of every POST before a view runs, so forms need none of their
    own; the token is written by the form component.
    """

    class Meta(wtforms.Form.Meta):
        """Messages in British English."""

        locales = ("en_GB", "en")

    @classmethod
    def of_request(cls, start: Mapping[str, Any] | None = None) -> Self:
        """Return the form as sent, or with its starting values when the page is opened."""
        if request.method == "POST":
            return cls(request.form)
        return cls(data=dict(start or {}))

    @classmethod
    def of_query(cls) -> Self:
        """Return the form as the address's query string fills it."""
        return cls(request.args)

    @classmethod
    def of_saved(cls, fields: Mapping[str, Any]) -> Self:
        """Return the form as it was left unfinished, from `typed`."""
        return cls(MultiDict(dict(fields)))

    def accepted(self) -> bool:
        """Tell whether the form was sent and every field makes sense."""
        return request.method == "POST" and self.validate()

    def show(self, refusal: Invalid) -> None:
        """Put a service's objections beside the fields they belong to."""
        for name, words in refusal.problems.items():
            if name in self:
                self[name].errors = [*self[name].errors, words]
            else:
                self.form_errors.append(words)
        if not refusal.problems:
            self.form_errors.append(refusal.words)


def typed() -> dict[str, list[str]]:
    """Return everything typed into the present form, raw, to be kept as unfinished."""
    hidden = {"csrf_token", "once"}
    return {name: values[:50] for name, values in request.form.lists() if name not in hidden}
