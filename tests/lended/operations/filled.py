"""A small LendED with a row of most kinds, for what works on the whole database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from lended import clock
from lended.catalogue.models import CatalogueRevision
from lended.operations.backups.form import tables
from tests.makers import Makers

AWKWARD = "Zoë’s “class” \u2028 \\ \U0001f469\u200d\U0001f3eb , = @cmd\n\t\u05d0"


def fill(engine: Engine) -> None:
    """Make people, a catalogue, loans and needs, with words that are hard to write down."""
    make = Makers(engine)
    school = make.organisation(name=AWKWARD)
    teacher = make.person(school, "teacher", "school_lead", last_sign_in_at=clock.now())
    firm = make.organisation("supplier")
    make.person(firm, "supplier")
    make.school(school, trust_id=make.trust().id, fsm_percent=12.25, urban=None)
    product = make.product(
        make.supplier(firm), facts={"offline": "partly", "vat_included": True, "price_pence": 1}
    )
    pool = make.pool(product, capacity=3)
    make.need(teacher, school, codes=("misconceptions",), filters={"stage": ["ks2"]})
    for _ in range(3):
        make.loan(school, teacher, product, pool)
    if not rows_of(engine, CatalogueRevision.__tablename__):
        make.save(CatalogueRevision(id=1, number=1))


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table but the catalogue's revision, which moves on by itself."""
    kept = {table.name for table in tables()} - {CatalogueRevision.__tablename__}
    return {name: rows_of(engine, name) for name in sorted(kept)}


def rows_of(engine: Engine, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table."""
    table = next(table for table in tables() if table.name == name)
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row) for row in rows.mappings()]


def add(connection: Connection, table_name: str, /, **values: Any) -> None:
    """Write a row past every service, as a fault would."""
    table = next(table for table in tables() if table.name == table_name)
    connection.execute(insert(table).values(**values))
