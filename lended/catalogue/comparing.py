"""Facts row by row: of one product, or of several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lended import vocabularies
from lended.catalogue.models import Product
from lended.vocabularies import Fact

Shown = bool | str | None
GROUP_TITLES = {
    "basics": "What it runs on",
    "price": "What it costs afterwards",
    "trial": "On what terms it is tried",
    "sign_in": "Signing in",
    "data": "Data protection",
    "ai": "Artificial intelligence",
    "accessibility": "Accessibility",
    "setup": "Setting it up",
    "evidence": "What is known about its effect",
}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of one product: True, False, words, or None when it is not stated."""

    code: str
    label: str
    value: Shown
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that belong together; ``stated`` counts those somebody has answered."""

    code: str
    title: str
    rows: tuple[FactRow, ...]
    stated: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing about several products, in the order of their columns."""

    label: str
    values: tuple[Shown, ...]

    @property
    def differs(self) -> bool:
        """Whether the products do not all say the same."""
        return len(set(self.values)) > 1


def fact_groups(product: Product) -> list[FactGroup]:
    """Return every fact of a product in groups, stated or not."""
    groups = []
    for code in vocabularies.fact_groups():
        rows = tuple(
            _row(fact, product.facts.get(fact.code))
            for fact in vocabularies.facts()
            if fact.group == code
        )
        stated = sum(row.value is not None for row in rows)
        groups.append(FactGroup(code, GROUP_TITLES[code], rows, stated))
    return groups


def compare_facts(
    products: Sequence[Product],
) -> tuple[list[ComparedRow], list[ComparedRow]]:
    """Return the rows in which products differ, and those that are the same for all.

    What none of them states is left out.
    """
    rows = [*_basics(products), *(_compared(fact, products) for fact in vocabularies.facts())]
    told = [row for row in rows if any(value is not None for value in row.values)]
    return [row for row in told if row.differs], [row for row in told if not row.differs]


def shown(fact: Fact, value: Any) -> Shown:
    """Return a fact's value for the screen."""
    if value is None or isinstance(value, bool):
        return value
    return vocabularies.fact_words(fact.code, value)


def _row(fact: Fact, value: Any) -> FactRow:
    note = (fact.yes if value else fact.no) if isinstance(value, bool) else ""
    return FactRow(fact.code, fact.label, shown(fact, value), note)


def _compared(fact: Fact, products: Sequence[Product]) -> ComparedRow:
    return ComparedRow(
        fact.label, tuple(shown(fact, product.facts.get(fact.code)) for product in products)
    )


def _basics(products: Sequence[Product]) -> list[ComparedRow]:
    return [
        ComparedRow("In a sentence", tuple(product.summary or None for product in products)),
        ComparedRow(
            "Kind of product",
            tuple(vocabularies.label("product_type", each.product_type) for each in products),
        ),
        ComparedRow("Stages", tuple(_labels("stage", each.stages) for each in products)),
        ComparedRow("Subjects", tuple(_labels("subject", each.subjects) for each in products)),
    ]


def _labels(vocabulary: str, codes: Sequence[str]) -> str | None:
    return ", ".join(vocabularies.label(vocabulary, code) for code in codes) or None
