"""The form in which a supplier hands over a file of activation codes."""

from __future__ import annotations

from collections.abc import Mapping
from tempfile import NamedTemporaryFile
from typing import Any, Self

import wtforms
from flask import request
from werkzeug.datastructures import CombinedMultiDict

from lended.errors import Invalid
from lended.loans.rules.codes import MOST_CODES, CodeRow
from lended.sheets import SheetError, read_rows
from lended.sheets.cells import clean_line
from lended.web.forms import Form

COLUMN = "code"
MISSING = "Choose a CSV file with one column, “code”."
TOO_MANY = f"A file may hold {MOST_CODES:,} codes. Split it in two."


class CodesForm(Form):
    """A CSV file with one code on each line."""

    sheet = wtforms.FileField("A CSV file with one column, “code”")

    @classmethod
    def of_request(cls, start: Mapping[str, Any] | None = None) -> Self:
        """Return the form with the file that was sent."""
        if request.method == "POST":
            return cls(CombinedMultiDict((request.files, request.form)))
        return cls(data=dict(start or {}))

    def validate_sheet(self, field: wtforms.Field) -> None:
        """Refuse to go on without a file."""
        if not getattr(field.data, "filename", ""):
            raise wtforms.ValidationError(MISSING)

    def rows(self) -> list[CodeRow]:
        """Return the codes with their lines; one more than may be is enough to refuse them.

        Raises
        ------
        Invalid
            When the file is no such list, or holds too many.
        """
        with NamedTemporaryFile(suffix=".csv") as kept:
            self.sheet.data.save(kept)
            kept.flush()
            found = []
            try:
                for row in read_rows(kept.name, (COLUMN,), (COLUMN,)):
                    found.append(CodeRow(row.line, clean_line(row.cells[COLUMN])))
                    if len(found) > MOST_CODES:
                        raise Invalid(problems={"sheet": TOO_MANY})
            except SheetError as refused:
                raise Invalid(problems={"sheet": refused.words}) from refused
        return found
