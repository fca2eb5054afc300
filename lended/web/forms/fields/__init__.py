"""Fields with messages that say what to do.

``missing`` is the sentence shown when a wanted field is empty; a field without it is optional.
Each gives WTForms' own name of its kind as ``type``, by which the form component draws it.
"""

from lended.web.forms.fields.choices import (
    CodeField,
    CodesField,
    SelectCodeField,
    ThreeStateField,
    TickField,
    known_codes,
)
from lended.web.forms.fields.dates import DateField
from lended.web.forms.fields.numbers import NumberField, WholeNumberField
from lended.web.forms.fields.pictures import PicturesField
from lended.web.forms.fields.texts import LineField, PasswordLineField, WordsField

__all__ = [
    "CodeField",
    "CodesField",
    "DateField",
    "LineField",
    "NumberField",
    "PasswordLineField",
    "PicturesField",
    "SelectCodeField",
    "ThreeStateField",
    "TickField",
    "WholeNumberField",
    "WordsField",
    "known_codes",
]
