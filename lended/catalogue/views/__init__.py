"""Pages about products and suppliers: for everyone, for suppliers, for staff."""

from lended.catalogue.views import answering, browsing, listings, product, suppliers
from lended.catalogue.views.blueprint import pages

__all__ = ["answering", "browsing", "listings", "pages", "product", "suppliers"]
