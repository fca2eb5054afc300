"""Who tries every address: people around one thing, and people who have no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lended.notices.rules import Topic
from lended.notices.rules.signatures import calendar_token, mail_token
from tests.conftest import SECRET
from tests.strangers.world import (
    ELSEWHERE,
    FEED,
    INVITED,
    INVITEE,
    LEADERLESS,
    NEWCOMER,
    REGISTER,
    RESET,
    World,
)

SCHOOL, SUPPLIER = "Millfold Primary School", "Larkrise Learning"
HOLDS = (
    "SELECT p.id FROM people p JOIN memberships m ON m.person_id = p.id AND m.ended_at IS NULL "
    "WHERE m.organisation_id = ? AND m.role = ?"
)
IN_LINE = "(SELECT loan_id FROM queue_places)"
RARE_LOANS = {
    "loan to keep longer": "l.id IN (SELECT loan_id FROM extensions WHERE state = 'asked')",
    "loan offered other dates": f"l.state = 'offered' AND l.id NOT IN {IN_LINE}",
    "loan offered in line": f"l.state = 'offered' AND l.id IN {IN_LINE}",
    "loan with codes": "l.state = 'issued' AND NOT p.unlimited",
    "loan to settle": "l.id IN (SELECT loan_id FROM incidents WHERE state = 'open')",
}
"""Loans of which the demo has one, in a state that others are in as well."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address, and whose it is.

    Parameters
    ----------
    values
        What stands in the address.
    owner_id
        The teacher it belongs to, or the person it is about.
    """

    values: dict[str, Any]
    school_id: int
    supplier_id: int
    owner_id: int | None = None
    responsible_id: int | None = None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person at a place, under every name that fits; nobody at all is the visitor."""

    names: frozenset[str]
    person_id: int | None = None
    place_id: int | None = None


def thing(world: World, kind: str) -> Thing:
    """Return a thing of the demo by the words the table of doors has for it."""
    if kind in RARE_LOANS:
        return _found_loan(world, RARE_LOANS[kind])
    if kind.startswith("loan "):
        return _loan(world, *kind.removeprefix("loan ").split())
    if kind in OF_LOANS:
        return OF_LOANS[kind](world)
    school, supplier = place(world, SCHOOL), place(world, SUPPLIER)
    amira = person(world, "amira.hussain@millfold.example")
    values, owner = _others(world, school, supplier, amira)[kind]
    return Thing(values, school, supplier, owner)


def place(world: World, name: str) -> int:
    """Return an organisation's id."""
    return int(world.one("SELECT id FROM organisations WHERE name = ?", name))


def person(world: World, email: str) -> int:
    """Return a person's id."""
    return int(world.one("SELECT id FROM people WHERE email = ?", email))


def _loan(world: World, state: str, kind: str = "%") -> Thing:
    return _found_loan(world, "l.state = ? AND p.kind LIKE ?", state, kind)


def _found_loan(world: World, condition: str, *values: str) -> Thing:
    query = (
        "SELECT l.id, l.school_id, s.organisation_id, l.teacher_id, l.responsible_id FROM loans l "
        "JOIN suppliers s ON s.id = l.supplier_id JOIN pools p ON p.product_id = l.product_id "
        f"LEFT JOIN outcomes o ON o.loan_id = l.id WHERE {condition} AND l.school_id <> ? "
        "ORDER BY o.published_at, l.id"
    )
    number, *rest = world.rows(query, *values, place(world, ELSEWHERE))[-1]
    return Thing({"loan_id": number}, *rest)


def _incident(world: World) -> Thing:
    number, *rest = world.rows(
        "SELECT i.id, l.school_id, s.organisation_id, l.teacher_id, l.responsible_id "
        "FROM incidents i JOIN loans l ON l.id = i.loan_id "
        "JOIN suppliers s ON s.id = l.supplier_id WHERE i.kind = 'missing' ORDER BY i.id"
    )[0]
    return Thing({"incident_id": number, "photo_id": 1}, *rest)


def _taken_seat(world: World) -> Thing:
    about = _found_loan(world, RARE_LOANS["loan with codes"])
    seat = world.one("SELECT min(id) FROM bindings WHERE shown_at IS NOT NULL")
    return replace(about, values={**about.values, "seat_id": seat})


def _paper(world: World) -> Thing:
    about = _loan(world, "closed", "digital")
    return replace(about, values={**about.values, "kind": "deletion"})


def _seats(world: World) -> Thing:
    query = (
        "SELECT p.slug, c.id, s.organisation_id FROM activation_codes c "
        "JOIN pools l ON l.id = c.pool_id JOIN products p ON p.id = l.product_id "
        "JOIN suppliers s ON s.id = p.supplier_id ORDER BY c.id"
    )
    slug, code_id, supplier = world.rows(query)[0]
    return Thing({"slug": slug, "code_id": code_id}, place(world, SCHOOL), supplier, None)


OF_LOANS = {"incident": _incident, "seats": _seats, "taken seat": _taken_seat, "paper": _paper}


def _others(
    world: World, school: int, supplier: int, amira: int
) -> dict[str, tuple[dict[str, Any], int | None]]:
    return {
        "nothing": ({}, None),
        "file": ({"filename": "css/base.css"}, None),
        **_listings(world, supplier, amira),
        **_people(world, school, amira),
        "unfinished": ({"form": "trial", "subject": "1"}, amira),
        "story": (
            {"outcome_id": world.one("SELECT id FROM outcomes WHERE published_at IS NOT NULL")},
            None,
        ),
    }


def _listings(
    world: World, supplier: int, amira: int
) -> dict[str, tuple[dict[str, Any], int | None]]:
    slug = world.one(
        "SELECT p.slug FROM products p JOIN suppliers s ON s.id = p.supplier_id "
        "JOIN pools l ON l.product_id = p.id AND l.kind = 'physical' WHERE s.organisation_id = ?",
        supplier,
    )
    unit = world.one(
        "SELECT u.id FROM units u JOIN pools l ON l.id = u.pool_id "
        "JOIN products p ON p.id = l.product_id WHERE p.slug = ?",
        slug,
    )
    pool = world.one("SELECT pool_id FROM units WHERE id = ?", unit)
    label = world.one("SELECT label FROM units WHERE id = ?", unit)
    submitted = world.one("SELECT slug FROM products WHERE state = 'submitted'")
    waiting = world.one("SELECT slug FROM suppliers WHERE state = 'waiting'")
    need = world.one("SELECT id FROM needs WHERE person_id = ?", amira)
    return {
        "product": ({"slug": slug}, None),
        "listing": ({"slug": slug, "move": "withdraw"}, None),
        "submitted": ({"slug": submitted}, None),
        "waiting": ({"slug": waiting}, None),
        "kit": ({"slug": slug, "unit_id": unit, "label": label, "pool_id": pool}, None),
        "need": ({"need_id": need, "slug": slug}, amira),
    }


def _people(world: World, school: int, amira: int) -> dict[str, tuple[dict[str, Any], int | None]]:
    waits = "SELECT id FROM join_requests WHERE organisation_id = ?"
    other = world.one("SELECT id FROM schools WHERE organisation_id <> ?", school)
    notice = world.one("SELECT id FROM notices WHERE person_id = ? AND in_inbox", amira)
    token = world.one("SELECT id FROM tokens WHERE organisation_id = ?", school)
    newcomer, invitee = person(world, NEWCOMER), person(world, INVITEE)
    leaderless = world.one(waits, place(world, LEADERLESS))
    return {
        "school": ({"school_id": other}, None),
        "member": ({"person_id": amira}, amira),
        "token": ({"token_id": token}, None),
        "invitation": ({"invitation_id": 1}, None),
        "invited": ({"token": INVITED}, invitee),
        "reset link": ({"token": RESET}, newcomer),
        "registration link": ({"token": REGISTER}, None),
        "join request": ({"request_id": world.one(waits, school)}, newcomer),
        "join request without lead": ({"request_id": leaderless}, newcomer),
        "notice": ({"notice_id": notice}, amira),
        "mail link": ({"token": mail_token(SECRET, amira, [Topic.LOANS])}, amira),
        "calendar": ({"secret": calendar_token(SECRET, FEED)}, amira),
    }


def everybody(world: World, about: Thing) -> Iterator[Somebody]:
    """Yield a visitor, each role with a part in a thing, and each role without one."""
    yield Somebody(frozenset({"visitor"}))
    trust = world.one(
        "SELECT t.organisation_id FROM schools s JOIN trusts t ON t.id = s.trust_id "
        "WHERE s.organisation_id = ?",
        about.school_id,
    )
    own = [
        ("teacher", about.school_id, "teacher"),
        ("lead", about.school_id, "school_lead"),
        ("trust", trust, "trust_lead"),
        ("technologist", trust, "technologist"),
        ("supplier", about.supplier_id, "supplier"),
        ("staff", place(world, "LendED"), "staff"),
    ]
    for name, at, role in own:
        yield from _at(world, about, name, at, role)
    seats = [
        ("other teacher", "rosalind.catchpole@candlewickhigh.example", ELSEWHERE),
        ("other lead", "dominic.larter@candlewickhigh.example", ELSEWHERE),
        ("other trust", "margaret.thaxter@candlewick.example", "Candlewick Schools Trust"),
        ("other technologist", "sian.probert@llanderwen.example", "Candlewick Schools Trust"),
        ("newcomer", NEWCOMER, ""),
        ("invitee", INVITEE, ""),
    ]
    for name, email, at in seats:
        number = person(world, email)
        names = frozenset({name, "owner"} if number == about.owner_id else {name})
        yield Somebody(names, number, place(world, at) if at else None)
    yield _other_supplier(world, about)


def _at(world: World, about: Thing, name: str, at: int | None, role: str) -> Iterator[Somebody]:
    """Yield everyone with a role at a place; a teacher who is not the owner is a colleague."""
    for (number,) in world.rows(HOLDS, at, role):
        names = {name}
        if role == "teacher" and about.owner_id not in (number, None):
            names = {"colleague"}
        if number == about.owner_id:
            names |= {"owner"}
        if number == about.responsible_id:
            names |= {"responsible"}
        if world.one(f"{HOLDS} AND p.id = ?", at, "school_lead", number):
            names |= {"lead"}
        if number == about.owner_id and world.one(f"{HOLDS} AND p.id = ?", at, "teacher", number):
            names |= {"teacher"}
        yield Somebody(frozenset(names), number, at)


def _other_supplier(world: World, about: Thing) -> Somebody:
    found = world.rows(
        "SELECT m.person_id, m.organisation_id FROM memberships m WHERE m.role = 'supplier' "
        "AND m.organisation_id NOT IN (?, ?) ORDER BY m.id",
        about.supplier_id,
        place(world, "Gwennol Languages"),
    )
    return Somebody(frozenset({"other supplier"}), *found[0])
