"""The loans pages."""

from lended.loans.views import (
    answering,
    asking,
    incidents,
    keeping,
    labels,
    listing,
    openings,
    overseeing,
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
    "overseeing",
    "pages",
    "papers",
    "reading",
    "returning",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
