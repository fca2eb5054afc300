"""A product in short, as a card shows it: what it is, what it needs, what nobody has said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from lended import vocabularies
from lended.web.theme import day

NEEDED = ("devices_needed", "training_minutes", "setup_effort", "technician_needed",
          "personal_data")  # fmt: skip
ASKED_ABOUT = {
    "price_model": "how it is paid for",
    "trial_card_required": "whether a payment card is asked for",
    "trial_no_sales_calls": "whether anybody rings to sell",
    "contract_article_28": "whether a data contract is ready",
    "hosting": "where data is held",
    "evidence_design": "whether it was ever studied",
}
SHORT_LABELS = {
    "devices_needed": "Devices",
    "training_minutes": "Training",
    "setup_effort": "To set up",
    "technician_needed": "Technician",
    "personal_data": "Personal data",
}
SHORT_WORDS = {("technician_needed", True): "Needed", ("technician_needed", False): "Not needed"}
MOST_UNKNOWN = 3
NOT_LENT = "Not lent through LendED"


@dataclass(frozen=True, slots=True)
class NeededThing:
    """One thing a product needs; ``words`` is empty when its supplier has not said."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a product's card shows.

    Parameters
    ----------
    because
        The teacher's own words that led here; empty on a list that is not ranked.
    found
        What schools found, a sentence; empty when nobody has tried it.
    available
        When it can be borrowed, a sentence.
    """

    product_id: int
    slug: str
    name: str
    url: str
    supplier: str
    type: str
    summary: str
    needs: tuple[NeededThing, ...]
    unknown: tuple[str, ...]
    because: tuple[str, ...] = ()
    found: str = ""
    available: str = ""


def card_of(
    row: Row[*tuple[Any, ...]],
    url: str,
    *,
    because: tuple[str, ...] = (),
    found: str = "",
    available: str = "",
) -> Card:
    """Return the card of a product, from a row of `queries.card_rows`."""
    return Card(
        product_id=row.id,
        slug=row.slug,
        name=row.name,
        url=url,
        supplier=row.supplier_name,
        type=vocabularies.label("product_type", row.product_type),
        summary=row.summary,
        needs=tuple(_needed(code, row.facts.get(code)) for code in NEEDED),
        unknown=_unknown(row.facts),
        because=because,
        found=found,
        available=available,
    )


def available_words(product_id: int, free: Mapping[int, date | None]) -> str:
    """Say from when a product can be borrowed.

    Parameters
    ----------
    free
        For products with stock the first day one could be at a school; None when nobody knows.
    """
    if product_id not in free:
        return NOT_LENT
    first = free[product_id]
    return f"Could be with you from {day(first)}" if first else "All out, and nobody knows how long"


@lru_cache(maxsize=1000)
def _needed(code: str, value: Any) -> NeededThing:
    if value is None:
        return NeededThing(label=SHORT_LABELS[code], words="")
    words = SHORT_WORDS.get((code, value)) or vocabularies.fact_words(code, value)
    return NeededThing(label=SHORT_LABELS[code], words=words)


def _unknown(facts: Mapping[str, Any]) -> tuple[str, ...]:
    silent = [words for code, words in ASKED_ABOUT.items() if facts.get(code) is None]
    return tuple(silent[:MOST_UNKNOWN])
