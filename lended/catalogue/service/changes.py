"""What an edit changes, in words, so that a listing's history can be read."""

from __future__ import annotations

from typing import Any

from lended import vocabularies
from lended.catalogue.models import Product
from lended.catalogue.rules.listings import ListingWish

LABELS = {
    "name": "Name",
    "summary": "Sentence",
    "description": "Description",
    "product_type": "Kind of product",
    "stages": "Stages",
    "subjects": "Subjects",
    "needs": "Needs",
    "loan_weeks_most": "Longest loan",
    "website": "Website",
}
TOLD_WHOLE = ("name", "loan_weeks_most", "website")


def changes(product: Product, wish: ListingWish) -> list[str]:
    """Return what a wish would change of a product, a few words for each field."""
    columns = [
        _column_words(name, getattr(product, name), getattr(wish, name))
        for name in LABELS
        if getattr(product, name) != getattr(wish, name)
    ]
    return [*columns, *_fact_changes(product.facts, wish.facts)]


def _column_words(name: str, before: Any, after: Any) -> str:
    if name in TOLD_WHOLE and before:
        return f"{LABELS[name]}: {before} → {after or 'empty'}"
    return f"{LABELS[name]} changed"


def _fact_changes(before: Any, after: Any) -> list[str]:
    return [
        f"{fact.label}: {_said(fact.code, before)} → {_said(fact.code, after)}"
        for fact in vocabularies.facts()
        if before.get(fact.code) != after.get(fact.code)
    ]


def _said(code: str, facts: Any) -> str:
    return vocabularies.fact_words(code, facts.get(code))
