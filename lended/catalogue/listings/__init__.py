"""Open lists of products: a file in, what it states of each product out. Pure."""

from lended.catalogue.listings.reading import Listing, read_listings

__all__ = ["Listing", "read_listings"]
