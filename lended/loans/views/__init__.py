"""The loans pages."""

from lended.loans.views import (
    answering,
    asking,
    keeping,
    labels,
    openings,
    reading,
    schooling,
    stock,
    supplying,
)
from lended.loans.views.blueprint import pages

__all__ = [
    "answering",
    "asking",
    "keeping",
    "labels",
    "openings",
    "pages",
    "reading",
    "schooling",
    "stock",
    "supplying",
]
