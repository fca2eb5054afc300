"""Who lends and who borrows: suppliers with stock, schools with a teacher and a lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from lended import clock
from lended.access import OrganisationKind, Role
from lended.accounts.models import Membership, Organisation, Person
from lended.catalogue.models import Product, Supplier
from lended.db import Base
from lended.loans.models import Pool

SUPPLIERS = 10


@dataclass(frozen=True, slots=True)
class School:
    """A school with a teacher and a lead, by their ids."""

    id: int
    teacher_id: int
    lead_id: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stock of one product, by the ids of all that belongs to it."""

    pool_id: int
    product_id: int
    supplier_id: int
    person_id: int


def write(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids, in the same order."""
    query = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)
    return list(session.scalars(query, rows))


def add_schools(session: Session, count: int) -> list[School]:
    """Write so many schools."""
    ids = _organisations(session, OrganisationKind.SCHOOL, count)
    teachers = _members(session, ids, Role.TEACHER)
    leads = _members(session, ids, Role.SCHOOL_LEAD)
    return [School(*row) for row in zip(ids, teachers, leads, strict=True)]


def add_shelves(session: Session, capacities: Sequence[int]) -> list[Shelf]:
    """Write a product of each capacity, those of each supplier as many as those of the next."""
    organisations = _organisations(session, OrganisationKind.SUPPLIER, SUPPLIERS)
    people = _members(session, organisations, Role.SUPPLIER)
    suppliers = write(session, Supplier, [_supplier(number) for number in organisations])
    owners = [number % SUPPLIERS for number in range(len(capacities))]
    products = write(
        session,
        Product,
        [_product(number, suppliers[owner]) for number, owner in enumerate(owners)],
    )
    pools = write(session, Pool, list(map(_pool, products, capacities)))
    return [
        Shelf(pool_id, product_id, suppliers[owner], people[owner])
        for pool_id, product_id, owner in zip(pools, products, owners, strict=True)
    ]


def address(role: Role, organisation_id: int) -> str:
    """Return the address for mail of the one who has a role somewhere."""
    return f"{role}{organisation_id}@measured.example"


def _organisations(session: Session, kind: OrganisationKind, count: int) -> list[int]:
    rows = [
        {"kind": kind, "name": f"Measured {kind} {number}", "created_at": clock.now()}
        for number in range(count)
    ]
    return write(session, Organisation, rows)


def _members(session: Session, organisations: Sequence[int], role: Role) -> list[int]:
    people = write(session, Person, [_person(role, number) for number in organisations])
    write(
        session,
        Membership,
        [
            {
                "person_id": person_id,
                "organisation_id": organisation_id,
                "role": role,
                "created_at": clock.now(),
            }
            for person_id, organisation_id in zip(people, organisations, strict=True)
        ],
    )
    return people


def _person(role: Role, organisation_id: int) -> dict[str, Any]:
    return {
        "email": address(role, organisation_id),
        "name": f"{role} {organisation_id}".replace("_", " ").capitalize(),
        "password_hash": "nobody signs in with it",
        "created_at": clock.now(),
    }


def _supplier(organisation_id: int) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "slug": f"measured-{organisation_id}",
        "name": f"Measured supplier {organisation_id}",
        "state": "approved",
        "created_at": clock.now(),
    }


def _product(number: int, supplier_id: int) -> dict[str, Any]:
    return {
        "supplier_id": supplier_id,
        "slug": f"measured-{number}",
        "name": f"Fraction tiles {number}",
        "summary": "Counters and cards for fractions.",
        "description": "Pieces with which pupils see that fractions are parts of one.",
        "product_type": "hardware_device",
        "stages": ("ks2",),
        "subjects": ("mathematics",),
        "needs": ("misconceptions",),
        "facts": {"personal_data": "none"},
        "state": "published",
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }


def _pool(product_id: int, capacity: int) -> dict[str, Any]:
    return {
        "product_id": product_id,
        "kind": "physical",
        "capacity": capacity,
        "contents": [{"name": "Fraction tiles", "quantity": 24}],
        "created_at": clock.now(),
    }
