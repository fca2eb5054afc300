"""The loans pages."""

from lended.loans.views import (
    asking,
    incidents,
    keeping,
    listing,
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
    "asking",
    "incidents",
    "keeping",
    "listing",
    "pages",
    "papers",
    "reading",
    "returning",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
