"""A process that keeps an index, as the application wires it, and changes for it to follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from lended import clock
from lended.catalogue.kept import Kept, Watch
from lended.catalogue.models import Product
from lended.catalogue.rules import Filters
from lended.catalogue.service import raise_revision
from lended.catalogue.shelf import read_shelf
from lended.needs.index import Index, Renewal
from tests.conftest import Transaction

MANY = 120
"""Products: of so many two may change before the matcher is fitted anew."""

PATIENCE = 20


class Process:
    """What one process keeps, as the application wires it."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.shelves = Kept(engine, read_shelf)
        self.renewal = Renewal(engine, self.shelves, folder)
        self.indexes = Kept(engine, self.renewal)
        self.watch = Watch()
        self.watch.add(self.shelves)
        self.watch.add(self.indexes)

    def index(self) -> Index:
        """Return what this process answers from."""
        return self.indexes.value()

    def finds(self, need: str) -> set[str]:
        """Return the slugs of all a need finds, as this process knows them now."""
        index = self.index()
        found = index.suggest(need, Filters(), limit=MANY).found
        slugs = dict(zip(index.shelf.ids.tolist(), index.shelf.slugs, strict=True))
        return {slugs[each.product_id] for each in found}

    def settle(self) -> None:
        """Look, wait for a fit aside if there is one, and look again."""
        self.watch.look()
        if self.renewal._aside is not None:
            self.renewal._aside.join(PATIENCE)
            self.watch.look()


def change(transaction: Transaction, *numbers: int, **fields: Any) -> None:
    """Change products as services do."""
    slugs = [f"shelved-{number}" for number in numbers]
    with transaction() as work:
        for product in work.session.scalars(select(Product).where(Product.slug.in_(slugs))):
            for name, value in {**fields, "updated_at": clock.now()}.items():
                setattr(product, name, value)
        raise_revision(work)
