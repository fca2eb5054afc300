"""The loans pages."""

from lended.loans.views import (
    answering,
    asking,
    certificates,
    incidents,
    keeping,
    labels,
    listing,
    openings,
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
    "certificates",
    "incidents",
    "keeping",
    "labels",
    "listing",
    "openings",
    "pages",
    "reading",
    "returning",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
