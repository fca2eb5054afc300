"""The loans pages."""

from lended.loans.views import (
    answering,
    asking,
    incidents,
    keeping,
    labels,
    listing,
    openings,
    papers,
    reading,
    returning,
    schooling,
    seats,
    stock,
    supplying,
)
from lended.loans.views.blueprint import pages

__all__ = [
    "answering",
    "asking",
    "incidents",
    "keeping",
    "labels",
    "listing",
    "openings",
    "pages",
    "papers",
    "reading",
    "returning",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
