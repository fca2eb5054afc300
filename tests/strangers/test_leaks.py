"""What is private is marked, and everyone who should not read it reads everything they can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.strangers import marks
from tests.strangers.cast import SCHOOL, SUPPLIER, person, place
from tests.strangers.world import ELSEWHERE, LEADERLESS, NEWCOMER, World

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
FIRST = ("/desk", "/", "/loans", "/needs", "/inbox", "/members", "/account", "/school", "/stories",
         "/products", "/join?words=millfold", "/supplier/products", "/supplier/details",
         "/staff/listings", "/staff/mail", "/acting-for", "/account/notices", "/account/calendar",
         "/find?need=fractions",
         "/api/v1/match?need=fractions", "/api/v1/loans", "/api/v1/token", "/tokens")  # fmt: skip
SKIPPED = ("/static/", "/find", "/compare", "/sign-out")
NOT_READ = frozenset({"application/pdf", "image/jpeg"})
MOST_PAGES = 150


@pytest.fixture(scope="module")
def marked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a world in which what one school and one supplier keep to themselves is marked."""
    world = World(filled, tmp_path_factory.mktemp("marked"))
    marks.mark_school(world, place(world, SCHOOL))
    marks.mark_firm(world, place(world, SUPPLIER))
    yield world
    world.close()


def everything_read(world: World, client: FlaskClient) -> dict[str, str]:
    """Return the text of every page somebody finds by following links, or by counting."""
    amira = person(world, "amira.hussain@millfold.example")
    school = world.one("SELECT organisation_id FROM memberships WHERE person_id = ?", amira)
    own = "SELECT id FROM {} WHERE {} = ?"
    loans = [number for (number,) in world.rows(own.format("loans", "school_id"), school)]
    needs = [number for (number,) in world.rows(own.format("needs", "organisation_id"), school)]
    hidden = world.rows("SELECT slug FROM products WHERE state <> 'published'")
    counted = [
        *(f"/loans/{number}{rest}" for number in loans for rest in ("", "/outcome/read", "/ask")),
        *(f"/api/v1/loans/{number}" for number in loans),
        *(f"/needs/{number}" for number in needs),
        *(f"/members/{number}" for number in range(1, 12)),
        *(f"/products/{slug}" for (slug,) in hidden),
    ]
    texts: dict[str, str] = {}
    waiting = [*FIRST, *counted]
    while waiting:
        path = waiting.pop(0)
        if path in texts or path.startswith(SKIPPED):
            continue
        answer = client.get(path.replace("&amp;", "&"))
        assert answer.status_code < 500, path
        texts[path] = "" if answer.mimetype in NOT_READ else answer.text
        if answer.status_code == 200 and len(texts) < MOST_PAGES + len(counted):
            found = LINK.findall(texts[path])
            waiting += [link for link in found if "?" not in link or link.startswith("/inbox")]
    return texts


def told_of(texts: dict[str, str], *forbidden: str) -> list[tuple[str, str]]:
    """Return where a forbidden mark was read, and which."""
    return [
        (path, found[0])
        for path, text in texts.items()
        for mark in forbidden
        if (found := re.findall(rf"{mark}[ \w]*", text))
    ]


def client_of(world: World, email: str, at: str = "") -> FlaskClient:
    """Return somebody signed in."""
    return world.client(person(world, email), place(world, at) if at else None)


@pytest.mark.parametrize(
    ("email", "at"),
    [
        ("", ""),
        (NEWCOMER, ""),
        ("rosalind.catchpole@candlewickhigh.example", ELSEWHERE),
        ("dominic.larter@candlewickhigh.example", ELSEWHERE),
        ("margaret.thaxter@candlewick.example", "Candlewick Schools Trust"),
        ("sian.probert@llanderwen.example", "Candlewick Schools Trust"),
        ("daniel.okafor@hawkesmere.example", "Hawkesmere Learning Trust"),
        ("tomasz.wisniewski@hawkesmere.example", "Hawkesmere Learning Trust"),
    ],
)
def test_nothing_of_a_school_reaches_who_has_no_part_in_it(
    marked: World, email: str, at: str
) -> None:
    client = client_of(marked, email, at) if email else marked.client()
    texts = everything_read(marked, client)
    assert len(texts) > 60
    assert not told_of(texts, marks.SCHOOL, marks.INSIDE, marks.DRAFT, marks.CODE)


def test_suppliers_read_nothing_that_is_between_people_of_a_school(marked: World) -> None:
    suppliers = marked.rows(
        "SELECT m.person_id, m.organisation_id FROM memberships m WHERE m.role = 'supplier'"
    )
    lenders = [who for who in suppliers if lends_to_school(marked, who[1])]
    others = [who for who in suppliers if who not in lenders]
    for person_id, place_id in (*lenders[:3], *others[:2]):
        texts = everything_read(marked, marked.client(person_id, place_id))
        strangers = (marks.SCHOOL,) if not lends_to_school(marked, place_id) else ()
        forbidden = (marks.INSIDE, marks.DRAFT, marks.CODE, *strangers)
        assert not told_of(texts, *forbidden), place_id


def lends_to_school(world: World, place_id: int) -> bool:
    """Tell whether a supplier has anything to do with the marked school."""
    found = world.one(
        "SELECT count(*) FROM loans l JOIN suppliers s ON s.id = l.supplier_id "
        "WHERE s.organisation_id = ? AND l.school_id = ?",
        place_id,
        place(world, SCHOOL),
    )
    return bool(found)


def test_a_draft_is_its_teacher_s_alone(marked: World) -> None:
    for email in ("ruth.ackroyd@millfold.example", "amira.hussain@millfold.example"):
        texts = everything_read(marked, client_of(marked, email, SCHOOL))
        assert not told_of(texts, marks.DRAFT, marks.CODE)
        assert told_of(texts, marks.SCHOOL)
    own = everything_read(marked, client_of(marked, "shanice.bailey@millfold.example", SCHOOL))
    assert told_of(own, marks.DRAFT)


@pytest.mark.parametrize(
    ("email", "at"),
    [
        ("", ""),
        ("kit@fathomandfield.example", ""),
        ("verity@quillhaven.example", ""),
        ("margaret.thaxter@candlewick.example", ""),
        (NEWCOMER, ""),
    ],
)
def test_nothing_of_a_supplier_reaches_who_has_no_part_in_it(
    marked: World, email: str, at: str
) -> None:
    client = client_of(marked, email, at) if email else marked.client()
    assert not told_of(everything_read(marked, client), marks.FIRM)


def test_staff_read_what_teachers_need_and_nothing_of_what_they_do(marked: World) -> None:
    texts = everything_read(marked, client_of(marked, "jean@lended.example", "LendED"))
    read = {found for _path, found in told_of(texts, marks.SCHOOL)}
    assert read <= {f"{marks.SCHOOL} needs"}
    assert not told_of(texts, marks.INSIDE, marks.DRAFT, marks.CODE)


def test_a_school_without_a_lead_has_no_door(marked: World) -> None:
    client = client_of(marked, NEWCOMER)
    with client.session_transaction() as cookie:
        cookie["organisation_id"] = place(marked, LEADERLESS)
    assert client.get("/school").status_code == 404
    assert client.get("/members").status_code == 404
