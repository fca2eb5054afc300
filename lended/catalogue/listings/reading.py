"""Rows of an open list of products.

Only what a row states is taken: a fact that is not there stays absent, and a word without a
certain code has none.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from lended.catalogue.listings import mapping
from lended.sheets import Refused, Row, Sheet, parse_rows, read_rows
from lended.sheets.cells import clean_line, clean_text, web_address

REQUIRED = ("product_id", "name", "licence")
COLUMNS = (
    *REQUIRED,
    "supplier",
    "description",
    "category",
    "subjects",
    "age_phase",
    "price",
    "currency",
    "url",
    "format",
    "evidence",
    "source",
    "source_ref",
)
MOST_NAME = 200
MOST_SUMMARY = 400
MOST_SOURCE = 400
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"])")
PARAGRAPH_END = re.compile(r"\n\s*\n")
PRICE = re.compile(r"\d{1,7}(?:\.\d{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Listing:
    """A product as an open list states it; "" and () where the list says nothing.

    Parameters
    ----------
    reference
        The list's own name for the product, the same each time the list is published.
    supplier
        "" when the list names nobody.
    summary
        The first sentence of the description.
    product_type, stages, subjects, needs
        Codes of the vocabularies; the type is "other" where none is certain.
    facts
        Product facts by code; one that is absent is not stated.
    licence, source, source_ref
        On what terms the row may be used and where it is from, word for word.
    """

    line: int
    reference: str
    name: str
    supplier: str
    summary: str
    description: str
    product_type: str
    stages: tuple[str, ...]
    subjects: tuple[str, ...]
    needs: tuple[str, ...]
    website: str
    licence: str
    source: str
    source_ref: str
    facts: dict[str, object] = field(default_factory=dict)


def read_listings(path: str | Path | Sheet) -> Iterator[Listing | Refused]:
    """Yield each product of a list, or why its row is refused.

    Raises
    ------
    SheetError
        When the file cannot be read, lacks a column that every list must have, or was cut off.
    """
    sheet = path if isinstance(path, Sheet) else open_list(path)
    return parse_rows(sheet, _listing, lambda listing: f"The product {listing.reference}")


def open_list(path: str | Path) -> Sheet:
    """Open a list of products; raises SheetError when it cannot be one."""
    return read_rows(path, REQUIRED, COLUMNS)


def _listing(row: Row) -> Listing:
    description = row.take("description", clean_text)
    topics = row.take("subjects", mapping.words_of)
    return Listing(
        line=row.line,
        reference=row.take("product_id", _required),
        name=row.take("name", _required),
        supplier=row.take("supplier", _short),
        summary=_summary(description),
        description=description,
        product_type=mapping.product_type(
            row.take("category", clean_line), row.take("format", clean_line)
        ),
        stages=mapping.stages_for((*topics, *row.take("age_phase", mapping.words_of))),
        subjects=mapping.codes_for(topics, mapping.SUBJECTS),
        needs=mapping.codes_for(topics, mapping.NEEDS),
        website=row.take("url", web_address),
        licence=row.take("licence", _verbatim),
        source=row.take("source", _source),
        source_ref=row.take("source_ref", _source),
        facts=_facts(row),
    )


def _facts(row: Row) -> dict[str, object]:
    facts = _price_facts(row.take("price", clean_line), row.take("currency", clean_line))
    device = mapping.DEVICES_BY_FORMAT.get(row.take("format", clean_line).casefold())
    if device:
        facts["runs_on"] = [device]
    result = mapping.evidence_result(row.cells.get("evidence", ""))
    if result:
        facts["evidence_result"] = result
    return facts


def _price_facts(price: str, currency: str) -> dict[str, object]:
    """Return what a price and its currency state together; one without the other is no price."""
    if not (PRICE.fullmatch(price) and CURRENCY.fullmatch(currency)):
        return {}
    amount = Decimal(price)
    if amount == 0:
        return {"price_model": "free", "price_pence": 0}
    if currency == "GBP":
        return {"price_pence": int(amount * 100)}
    return {"price_note": f"{amount:,.2f} {currency}"}


def _summary(description: str) -> str:
    """Return the first paragraph's first sentence, on one line, cut at a word if it is long."""
    paragraph = clean_line(PARAGRAPH_END.split(description, maxsplit=1)[0])
    sentence = SENTENCE_END.split(paragraph, maxsplit=1)[0]
    if len(sentence) <= MOST_SUMMARY:
        return sentence
    return textwrap.shorten(sentence, MOST_SUMMARY, placeholder="…")


def _required(cell: str) -> str:
    return _short(_demanded(clean_line(cell)))


def _verbatim(cell: str) -> str:
    return _at_most(_demanded(cell.strip()), MOST_NAME)


def _demanded(text: str) -> str:
    if not text:
        raise ValueError("There is none, and a listing needs one.")
    return text


def _short(cell: str) -> str:
    return _at_most(clean_line(cell), MOST_NAME)


def _source(cell: str) -> str:
    return _at_most(cell.strip(), MOST_SOURCE)


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"It has more than {most} characters.")
    return text
