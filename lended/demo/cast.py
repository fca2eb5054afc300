"""The demo's organisations and people, and what suppliers have on the shelf."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select, update

from lended import clock
from lended.access import Actor, OrganisationKind, Role
from lended.accounts import passwords
from lended.accounts import service as accounts
from lended.accounts.models import Organisation, Person
from lended.catalogue import service as catalogue
from lended.catalogue.models import Product, Supplier
from lended.demo import content
from lended.demo.content import Entry
from lended.loans import service as loans
from lended.loans.rules.stock import Content, StockWish, UnitWish
from lended.schools.models import School, Trust
from lended.schools.rules import search_text
from lended.work import Work

STAFF_PLACE = "lended"
LAST_CHECKED_DAYS_AGO = 120
DAYS_WAITING = 4


@dataclass(slots=True)
class Cast:
    """Who is who while the demo is filled, by slug and by address."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, list[Entry]] = field(default_factory=dict)

    def actor(self, email: str, slug: str | None = None) -> Actor:
        """Return a person acting for an organisation, by default for their first."""
        person = self.people[email]
        place = slug or self.roles[email][0]["organisation"]
        organisation = self.organisations[place]
        return Actor(
            person_id=person.id,
            name=person.name,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            organisation_kind=OrganisationKind(organisation.kind),
            roles=frozenset(
                Role(role["role"]) for role in self.roles[email] if role["organisation"] == place
            ),
        )

    def somebody(self, slug: str, role: Role) -> Actor:
        """Return the first person with a role in an organisation."""
        email = next(
            email
            for email, roles in self.roles.items()
            if {"role": role.value, "organisation": slug} in roles
        )
        return self.actor(email, slug)


def gather(work: Work) -> Cast:
    """Make every organisation and every person, and tie them together."""
    cast = Cast()
    _platform(work, cast)
    _schools(work, cast)
    for supplier in content.read("suppliers"):
        cast.organisations[supplier["slug"]] = _supplier(work, supplier)
    password_hash = passwords.hashed(content.PASSWORD)
    for entry in content.read("people"):
        _person(work, cast, entry, password_hash)
    return cast


def stock_up(work: Work, cast: Cast) -> None:
    """List every product, with its stock, and let suggestions know."""
    for entry in content.products():
        _product(work, entry)
    work.session.flush()
    for entry in content.products():
        if entry["stock"] and entry["state"] == "published":
            _stock(work, cast, entry)
    catalogue.raise_revision(work)


def arrive(work: Work) -> None:
    """Let those who wait for staff have come a few days ago only."""
    came = clock.now() - timedelta(days=DAYS_WAITING)
    work.session.execute(
        update(Supplier).where(Supplier.state == "waiting").values(created_at=came)
    )
    work.session.execute(
        update(Product)
        .where(Product.state == "submitted")
        .values(updated_at=came, submitted_at=came)
    )


def _platform(work: Work, cast: Cast) -> None:
    places = {role["organisation"] for p in content.read("people") for role in p["roles"]}
    known = {school["slug"] for school in content.read("schools")["schools"]}
    known |= {trust["slug"] for trust in content.read("schools")["trusts"]}
    known |= {supplier["slug"] for supplier in content.read("suppliers")}
    for slug in sorted(places - known):
        cast.organisations[slug] = accounts.open_organisation(
            work, OrganisationKind.PLATFORM, "LendED"
        )


def _schools(work: Work, cast: Cast) -> None:
    trusts: dict[str, Trust] = {}
    for number, entry in enumerate(content.read("schools")["trusts"], start=1):
        place = accounts.open_organisation(work, OrganisationKind.TRUST, entry["name"])
        cast.organisations[entry["slug"]] = place
        trusts[entry["slug"]] = Trust(
            organisation_id=place.id, identifier=f"DEMO{number}", name=entry["name"]
        )
        work.session.add(trusts[entry["slug"]])
    work.session.flush()
    for entry in content.read("schools")["schools"]:
        place = accounts.open_organisation(work, OrganisationKind.SCHOOL, entry["name"])
        cast.organisations[entry["slug"]] = place
        work.session.add(_school(entry, place, trusts.get(entry["trust"] or "")))


def _school(entry: Entry, place: Organisation, trust: Trust | None) -> School:
    return School(
        organisation_id=place.id,
        trust_id=trust.id if trust else None,
        country=entry["country"].lower(),
        scheme="URN",
        identifier=entry["invented_urn"],
        name=entry["name"],
        search_name=search_text(entry["name"], entry["town"]),
        status="open",
        phase=entry["phase"],
        low_age=entry["low_age"],
        high_age=entry["high_age"],
        pupils=entry["pupils"],
        fsm_percent=entry["fsm_percent"],
        eal_percent=entry["eal_percent"],
        sen_percent=entry["sen_percent"],
        urban=entry["urban"],
        town=entry["town"],
        authority_name=entry["local_authority"],
    )


def _supplier(work: Work, entry: Entry) -> Organisation:
    place = accounts.open_organisation(work, OrganisationKind.SUPPLIER, entry["name"])
    pauses = ("preparation_days", "transit_out_days", "transit_back_days", "turnaround_days")
    work.session.add(
        Supplier(
            organisation_id=place.id,
            slug=entry["slug"],
            name=entry["name"],
            about=entry["about"],
            town=entry["town"],
            state=entry["state"],
            created_at=clock.now(),
            **{name: entry[name] for name in pauses},
        )
    )
    return place


def _person(work: Work, cast: Cast, entry: Entry, password_hash: str) -> None:
    person = accounts.create_person(
        work, email=entry["email"], name=entry["name"], password_hash=password_hash
    )
    cast.people[entry["email"]] = person
    cast.roles[entry["email"]] = entry["roles"]
    for role in entry["roles"]:
        place = cast.organisations[role["organisation"]]
        accounts.give_role(work, person.id, place.id, role["role"])


def _product(work: Work, entry: Entry) -> None:
    supplier_id = work.session.scalar(select(Supplier.id).where(Supplier.slug == entry["supplier"]))
    plain = ("slug", "name", "summary", "description", "product_type", "stages", "subjects",
             "needs", "facts", "loan_weeks_most", "state")  # fmt: skip
    work.session.add(
        Product(
            supplier_id=supplier_id,
            created_at=clock.now(),
            updated_at=clock.now(),
            **{name: entry[name] for name in plain},
        )
    )


def _stock(work: Work, cast: Cast, entry: Entry) -> None:
    actor = cast.somebody(entry["supplier"], Role.SUPPLIER)
    stock = entry["stock"]
    wish = StockWish(
        kind=stock["kind"],
        capacity=stock["capacity"],
        unlimited=stock["unlimited"],
        contents=[Content(item["name"], item["quantity"]) for item in stock["contents"]],
    )
    loans.keep_stock(work, actor, entry["slug"], wish)
    if stock["kind"] == "physical":
        checked_on = clock.today() - timedelta(days=LAST_CHECKED_DAYS_AGO)
        for number in range(1, stock["capacity"] + 1):
            loans.add_unit(work, actor, entry["slug"], _unit(entry["slug"], number, checked_on))


def _unit(slug: str, number: int, checked_on: date) -> UnitWish:
    initials = "".join(word[0] for word in slug.split("-")).upper()
    return UnitWish(
        serial=f"{initials}-{number:02}", condition="Complete", electrical_check_on=checked_on
    )
