"""Databases to measure on: the demo, and the demo with as many products more as wanted.

The products are put together from the demo's own sentences by a fixed seed: the same every time,
and with the words, lengths and facts that a matcher meets in earnest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Organisation
from lended.catalogue.models import Product, Supplier
from lended.catalogue.service import raise_revision
from lended.demo import filling as demo
from lended.loans.models import Pool
from lended.operations.database import refresh_statistics, upgrade_database
from lended.web.database import db, transaction

SEED = 20_000
PRODUCTS_OF_A_SUPPLIER = 100
SENTENCES = (4, 9)
LENT = 0.4
"""Share of products that somebody lends."""


def make_shelf(app: Flask, products: int) -> None:
    """Build the database of an application and fill it with the demo and more products."""
    upgrade_database(app)
    demo.fill(app)
    with app.app_context(), transaction() as work:
        missing = products - (work.session.scalar(select(func.count(Product.id))) or 0)
        if missing > 0:
            _add(work.session, missing)
            raise_revision(work)
    with app.app_context():
        refresh_statistics(db.engine)


def _add(session: Session, count: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same every time is the point
    known = list(session.scalars(select(Product).order_by(Product.id)))
    sentences = [sentence for row in known for sentence in _sentences(row.description)]
    first = (session.scalar(select(func.max(Product.id))) or 0) + 1
    suppliers = _add_suppliers(session, -(-count // PRODUCTS_OF_A_SUPPLIER))
    rows = [
        _product(chance, known, sentences, first + number)
        | {"supplier_id": suppliers[number // PRODUCTS_OF_A_SUPPLIER]}
        for number in range(count)
    ]
    session.execute(insert(Product), rows)
    lent = [row["id"] for row in rows if chance.random() < LENT]
    session.execute(insert(Pool), list(_pools(chance, lent)))


def _add_suppliers(session: Session, count: int) -> list[int]:
    now = clock.now()
    suppliers = []
    for number in range(count):
        organisation = Organisation(kind="supplier", name=f"Measured {number}", created_at=now)
        session.add(organisation)
        session.flush()
        supplier = Supplier(
            organisation_id=organisation.id,
            slug=f"measured-{number}",
            name=organisation.name,
            state="approved",
            created_at=now,
        )
        session.add(supplier)
        suppliers.append(supplier)
    session.flush()
    return [supplier.id for supplier in suppliers]


def _product(
    chance: random.Random, known: list[Product], sentences: list[str], number: int
) -> dict[str, Any]:
    model, other = chance.choice(known), chance.choice(known)
    return {
        "id": number,
        "slug": f"measured-{number}",
        "name": f"{model.name.split()[0]} {other.name.split()[-1]} {number}",
        "summary": chance.choice((model, other)).summary,
        "description": " ".join(chance.choices(sentences, k=chance.randint(*SENTENCES))),
        "product_type": model.product_type,
        "stages": model.stages,
        "subjects": model.subjects,
        "needs": tuple(dict.fromkeys((*model.needs[:2], *other.needs[:1]))),
        "facts": other.facts,
        "state": "published",
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }


def _pools(chance: random.Random, product_ids: list[int]) -> Iterator[dict[str, Any]]:
    for product_id in product_ids:
        yield {
            "product_id": product_id,
            "kind": chance.choice(("physical", "digital")),
            "capacity": chance.randint(1, 9),
            "unlimited": False,
            "contents": [],
            "created_at": clock.now(),
        }


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text) if part.strip()]
