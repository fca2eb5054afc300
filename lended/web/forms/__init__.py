"""Forms: parsing, and messages beside the field. They decide nothing and query nothing."""

from lended.web.forms.base import Form
from lended.web.forms.fields import (
    CodeField,
    CodesField,
    DateField,
    LineField,
    NumberField,
    PasswordLineField,
    PicturesField,
    SelectCodeField,
    ThreeStateField,
    TickField,
    WholeNumberField,
    WordsField,
)

__all__ = [
    "CodeField",
    "CodesField",
    "DateField",
    "Form",
    "LineField",
    "NumberField",
    "PasswordLineField",
    "PicturesField",
    "SelectCodeField",
    "ThreeStateField",
    "TickField",
    "WholeNumberField",
    "WordsField",
]
