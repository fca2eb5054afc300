"""A field for pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import request
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.errors import Invalid
from lended.web.pictures import Picture, remade

ACCEPTED = "image/jpeg,image/png,image/webp"


class PicturesField(wtforms.MultipleFileField):
    """A few pictures; ``pictures`` are made anew from what was sent."""

    def __init__(self, label: str, most: int, **rest: Any) -> None:
        super().__init__(label, render_kw={"accept": ACCEPTED}, **rest)
        self.type = "MultipleFileField"
        self.flags.optional = True
        self.most = most
        self.pictures: tuple[Picture, ...] = ()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take no words for a picture; files are looked at when the form is."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no picture, by its name."""
        files = [file for file in request.files.getlist(self.name) if file.filename]
        if len(files) > self.most:
            raise StopValidation(f"Send {self.most} pictures at most.")
        made = []
        for file in files:
            try:
                made.append(remade(file.stream))
            except Invalid as refused:
                raise StopValidation(f"{file.filename}: {refused.words}") from refused
        self.pictures = tuple(made)
