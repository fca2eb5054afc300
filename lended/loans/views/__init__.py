"""The loans pages."""

from lended.loans.views import (
    asking,
    certificates,
    incidents,
    keeping,
    listing,
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
    "certificates",
    "incidents",
    "keeping",
    "listing",
    "pages",
    "reading",
    "returning",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
