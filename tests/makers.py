"""Makers of rows: the shortest way for a test to say what exists."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor, OrganisationKind, Role
from lended.accounts.models import Membership, Organisation, Person
from lended.catalogue.models import CatalogueRevision, Product, Supplier
from lended.loans.models import Loan, LoanLine, Pool
from lended.loans.rules import HOLDING, State
from lended.loans.rules.calendar import ENGLAND, Dates, Window
from lended.loans.rules.deadlines import act_by
from lended.needs.models import Need
from lended.schools.models import School, Trust

COUNT = itertools.count(1)
Row = TypeVar("Row")
HASH = "$argon2id$v=19$m=65536,t=3,p=4$not$usable"


class Makers:
    """Makes rows with believable defaults; every argument may be given instead."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def save(self, row: Row) -> Row:
        """Write one row and return it, loaded and detached."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"lended_writes": True})
            session.add(row)
            session.commit()
            return row

    def organisation(self, kind: str = "school", name: str = "") -> Organisation:
        """Make an organisation."""
        return self.save(
            Organisation(
                kind=kind, name=name or f"Organisation {next(COUNT)}", created_at=clock.now()
            )
        )

    def person(self, organisation: Organisation | None = None, *roles: str, **more: Any) -> Person:
        """Make a person, with roles in an organisation."""
        number = next(COUNT)
        fields = {
            "email": f"person{number}@school.example",
            "name": f"Person {number}",
            "password_hash": HASH,
            "session_version": 1,
            "created_at": clock.now(),
        }
        person = self.save(Person(**{**fields, **more}))
        for role in roles:
            self.member(person, organisation, role)
        return person

    def member(self, person: Person, organisation: Organisation | None, role: str) -> Membership:
        """Give a person a role in an organisation."""
        assert organisation is not None
        return self.save(
            Membership(
                person_id=person.id,
                organisation_id=organisation.id,
                role=role,
                created_at=clock.now(),
            )
        )

    def actor(self, person: Person, organisation: Organisation | None, *roles: str) -> Actor:
        """Make the actor a person is when acting for an organisation."""
        return Actor(
            person_id=person.id,
            name=person.name,
            organisation_id=organisation.id if organisation else None,
            organisation_name=organisation.name if organisation else "",
            organisation_kind=OrganisationKind(organisation.kind) if organisation else None,
            roles=frozenset(Role(role) for role in roles),
        )

    def trust(self, **more: Any) -> Trust:
        """Make a trust."""
        number = next(COUNT)
        return self.save(
            Trust(**{"identifier": f"TR{number:05}", "name": f"Trust {number}"} | more)
        )

    def school(self, organisation: Organisation | None = None, **more: Any) -> School:
        """Make a school of the register."""
        number = next(COUNT)
        name = organisation.name if organisation else f"School {number}"
        fields = {
            "organisation_id": organisation.id if organisation else None,
            "country": "england",
            "scheme": "URN",
            "identifier": str(900_000 + number),
            "name": name,
            "search_name": name.casefold(),
            "status": "open",
            "phase": "primary",
            "low_age": 4,
            "high_age": 11,
            "pupils": 210,
        }
        return self.save(School(**{**fields, **more}))

    def supplier(self, organisation: Organisation | None = None, **more: Any) -> Supplier:
        """Make an approved supplier."""
        number = next(COUNT)
        fields = {
            "organisation_id": organisation.id if organisation else None,
            "slug": f"supplier-{number}",
            "name": f"Supplier {number}",
            "state": "approved",
            "created_at": clock.now(),
        }
        return self.save(Supplier(**{**fields, **more}))

    def product(self, supplier: Supplier, **more: Any) -> Product:
        """Make a published product."""
        number = next(COUNT)
        fields = {
            "supplier_id": supplier.id,
            "slug": f"product-{number}",
            "name": f"Product {number}",
            "summary": "Counters and cards for fractions.",
            "description": "Wooden pieces with which pupils see that fractions are parts of one.",
            "product_type": "hardware_device",
            "stages": ("ks2",),
            "subjects": ("mathematics",),
            "needs": ("misconceptions",),
            "state": "published",
            "created_at": clock.now(),
            "updated_at": clock.now(),
        }
        return self.save(Product(**{**fields, **more}))

    def catalogue_number(self) -> CatalogueRevision:
        """Number the catalogue, as the services do with each change of a product."""
        return self.save(CatalogueRevision(id=1, number=1))

    def pool(self, product: Product, **more: Any) -> Pool:
        """Make a product's stock: one physical kit unless said."""
        fields = {
            "product_id": product.id,
            "kind": "physical",
            "capacity": 1,
            "unlimited": False,
            "contents": [{"name": "Fraction tiles", "quantity": 24}],
            "created_at": clock.now(),
        }
        return self.save(Pool(**{**fields, **more}))

    def need(self, person: Person, organisation: Organisation | None, **more: Any) -> Need:
        """Make a need."""
        fields = {
            "person_id": person.id,
            "organisation_id": organisation.id if organisation else None,
            "text": "My class mixes up the top and the bottom of fractions",
            "made_at": clock.now(),
            "changed_at": clock.now(),
        }
        return self.save(Need(**{**fields, **more}))

    def loan(
        self, school: Organisation, teacher: Person, product: Product, pool: Pool, **more: Any
    ) -> Loan:
        """Make a loan in a state, with one line of the pool over the next four weeks."""
        state = more.pop("state", "requested")
        start = more.pop("starts_on", clock.today() + timedelta(days=14))
        due = more.pop("due_on", start + timedelta(days=27))
        quantity = more.pop("quantity", 1)
        blocked = Window(start - timedelta(days=5), due + timedelta(days=6))
        fields = {
            "school_id": school.id,
            "supplier_id": product.supplier_id,
            "product_id": product.id,
            "teacher_id": teacher.id,
            "state": state,
            "made_at": clock.now(),
            "changed_at": clock.now(),
            "act_by": act_by(
                State(state),
                clock.today(),
                Dates(start, due),
                blocked,
                ENGLAND,
            ),
        }
        loan = self.save(Loan(**{**fields, **more}))
        self.save(
            LoanLine(
                loan_id=loan.id,
                pool_id=pool.id,
                quantity=quantity,
                state=state,
                holds=state in HOLDING,
                starts_on=start,
                due_on=due,
                blocked_from=blocked.start,
                blocked_until=blocked.end,
            )
        )
        return loan
