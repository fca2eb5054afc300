"""Changing suppliers and products."""

from lended.catalogue.service.imports import import_products
from lended.catalogue.service.listings import (
    answer_listing,
    change_listing,
    move_listing,
    new_listing,
    submit_listing,
)
from lended.catalogue.service.revisions import raise_revision
from lended.catalogue.service.suppliers import (
    answer_supplier,
    change_details,
    propose_supplier,
)

__all__ = [
    "answer_listing",
    "answer_supplier",
    "change_details",
    "change_listing",
    "import_products",
    "move_listing",
    "new_listing",
    "propose_supplier",
    "raise_revision",
    "submit_listing",
]
