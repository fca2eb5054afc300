"""The need from which a page was reached, carried on in its address.

A kept need goes by its key; any other goes in its own words and whole, because the address of its
suggestions has just held them too.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request, url_for

from lended.web.addresses import is_key
from lended.words import clean_words


def need_asked() -> str:
    """Return the need the present address carries: a key, words, or nothing."""
    return clean_words(request.args.get("need"))


def need_query(need: str) -> str:
    """Return what carries a need on when it is put at the end of an address."""
    return f"?{urlencode({'need': need})}" if need else ""


def way_back(need: str) -> tuple[str, str]:
    """Return the label and the address of the suggestions for a need, or of the whole list."""
    if not need:
        return "Everything from A to Z", url_for("catalogue.products")
    if is_key(need):
        return "Your need", url_for("needs.need", need_id=int(need))
    return "What might help", url_for("needs.find", need=need)
