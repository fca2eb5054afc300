"""Pages of schools: finding, asking, bad input, scope and query counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended.accounts.models import Organisation
from lended.schools.models import School
from lended.schools.rules import search_text
from tests.makers import Makers

MOST_QUERIES = 12
STRANGE = {
    "empty": "",
    "space": "  \t\n ",
    "zero-width": "\u200b\u2060",
    "right-to-left": "\u202egnirts",
    "emoji": "👩‍🏫🏫",
    "binary": "\x00\x01\x7f",
    "markup": "<script>alert(1)</script>",
    "formula": "=cmd|' /C calc'!A0",
    "overlong": "x" * 20_000,
}


@pytest.fixture(autouse=True)
def _no_forgery_check(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def millfold(made: Makers) -> School:
    return listed(made, "Millfold Primary School", town="Hawkesmere", postcode="HD9 1AA")


@pytest.fixture
def newcomer(made: Makers, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(made.person(name="Dilys Pryce"))


def listed(made: Makers, name: str, **more: Any) -> School:
    text = search_text(name, more.get("town", ""), more.get("postcode", ""))
    return made.school(name=name, search_name=text, **more)


def shown(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:2000]
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def sent(client: FlaskClient, path: str, status: int = 303, **fields: Any) -> str:
    answer = client.post(path, data=fields)
    assert answer.status_code == status, answer.text[:2000]
    if status != 303:
        html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text if status != 303 else answer.location


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*said: Any) -> None:
        statements.append(said[2])

    with app.app_context():
        engine = app.extensions["migrate"].db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_visitors_sign_in_first(client: FlaskClient, millfold: School) -> None:
    for path in ("/join", f"/join/{millfold.id}", "/school"):
        assert client.get(path).location.startswith("/sign-in?next=")
    assert client.post(f"/join/{millfold.id}").location.startswith("/sign-in")


def test_somebody_finds_their_school_and_asks_to_join(
    newcomer: FlaskClient, millfold: School
) -> None:
    page = shown(newcomer, "/join?words=millfold+hd9")
    assert f'href="/join/{millfold.id}"' in page
    assert "Hawkesmere, HD9 1AA" in page
    assert "Join Millfold Primary School" in shown(newcomer, f"/join/{millfold.id}")
    there = sent(newcomer, f"/join/{millfold.id}", role="teacher", words="I teach year 4")
    page = shown(newcomer, there)
    assert "Your request is on its way" in page
    assert "Waiting" in page
    assert "You have asked already" in shown(newcomer, f"/join/{millfold.id}")


def test_asking_twice_is_told_and_not_counted_twice(
    newcomer: FlaskClient, millfold: School
) -> None:
    sent(newcomer, f"/join/{millfold.id}", role="teacher", words="I teach year 4")
    sent(newcomer, f"/join/{millfold.id}", 409, role="teacher", words="I teach year 4")
    assert shown(newcomer, "/join").count("I teach year 4") == 0
    assert shown(newcomer, "/join").count("You asked on") == 1


def test_who_belongs_is_told_so(made: Makers, signed_in: Callable[..., FlaskClient]) -> None:
    place = made.organisation("school", "Millfold")
    school = listed(made, "Millfold", organisation_id=place.id)
    teacher = signed_in(made.person(place, "teacher"), place)
    assert "You belong here already" in shown(teacher, f"/join/{school.id}")


def test_nobody_learns_who_works_at_a_school(newcomer: FlaskClient, made: Makers) -> None:
    """Not by name and not by a difference between a school with people and one without."""
    place = made.organisation("school", "Oak School")
    made.person(place, "school_lead", name="Ottoline Marchbanks")
    joined = listed(made, "Oak School", organisation_id=place.id)
    empty = listed(made, "Oak School")
    pages = [
        shown(newcomer, f"/join/{school.id}").replace(f"/join/{school.id}", "/join/N")
        for school in (joined, empty)
    ]
    tokens = [page.split('name="once" value="')[1].split('"')[0] for page in pages]
    for page in pages:
        assert "Ottoline" not in page
    plain = [without_tokens(page, token) for page, token in zip(pages, tokens, strict=True)]
    assert plain[0] == plain[1]


def without_tokens(page: str, once: str) -> str:
    return "\n".join(
        line
        for line in page.splitlines()
        if once not in line and "csrf_token" not in line and 'name="once"' not in line
    )


def test_at_most_twenty_are_shown_with_advice(newcomer: FlaskClient, made: Makers) -> None:
    for number in range(23):
        listed(made, f"Oak School {number}")
    page = shown(newcomer, "/join?words=oak")
    assert page.count('href="/join/') == 20
    assert "There are more. Add the town or the postcode" in page


def test_finding_none_says_what_to_try(newcomer: FlaskClient, millfold: School) -> None:
    assert "No school found for “zzz”" in shown(newcomer, "/join?words=zzz")
    assert "No school found" not in shown(newcomer, "/join")


@pytest.mark.parametrize("typed", STRANGE.values(), ids=STRANGE)
def test_strange_words_to_look_for_are_answered(newcomer: FlaskClient, typed: str) -> None:
    answer = newcomer.get("/join", query_string={"words": [typed, "second"]})
    assert answer.status_code == (422 if typed == STRANGE["overlong"] else 200)
    assert "<script>alert" not in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)


@pytest.mark.parametrize("typed", STRANGE.values(), ids=STRANGE)
def test_strange_words_to_ask_with_are_answered_beside_the_field(
    newcomer: FlaskClient, millfold: School, typed: str
) -> None:
    answer = newcomer.post(f"/join/{millfold.id}", data={"role": typed, "words": typed})
    assert answer.status_code == 422
    assert 'id="role-error"' in answer.text
    assert "<script>alert" not in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)


def test_nothing_typed_is_lost(newcomer: FlaskClient, millfold: School) -> None:
    page = sent(newcomer, f"/join/{millfold.id}", 422, role="", words="I teach year 4")
    assert "I teach year 4" in page
    page = sent(newcomer, f"/join/{millfold.id}", 422, role="technologist")
    assert 'id="words-error"' in page
    assert re.search(r'value="technologist"\s+checked', page)


@pytest.mark.parametrize("role", ["staff", "supplier", "trust_lead", "TEACHER", "teacher "])
def test_only_roles_of_a_school_can_be_asked_for(
    newcomer: FlaskClient, millfold: School, role: str
) -> None:
    sent(newcomer, f"/join/{millfold.id}", 422, role=role, words="Please")


@pytest.mark.parametrize("school_id", ["0", "999999", "2147483648", "99999999999999999999", "x"])
def test_a_school_that_is_not_there_is_not_found(newcomer: FlaskClient, school_id: str) -> None:
    shown(newcomer, f"/join/{school_id}", 404)
    assert newcomer.post(
        f"/join/{school_id}", data={"role": "teacher", "words": "x"}
    ).status_code in {404, 405}


def test_a_closed_school_cannot_be_joined(newcomer: FlaskClient, made: Makers) -> None:
    school = listed(made, "Old Oak", status="closed")
    assert "has closed" in shown(newcomer, f"/join/{school.id}", 404)
    sent(newcomer, f"/join/{school.id}", 404, role="teacher", words="Please")


@pytest.fixture
def place(made: Makers) -> Organisation:
    place = made.organisation("school", "Millfold Primary School")
    trust = made.trust(name="Larch Trust")
    listed(
        made,
        "Millfold Primary School",
        organisation_id=place.id,
        trust_id=trust.id,
        type_group="academies",
        fsm_percent=31.4,
        sen_types=("semh",),
        urban=False,
        website="https://millfold.sch.example/",
    )
    return place


@pytest.mark.parametrize("role", ["teacher", "school_lead", "technologist"])
def test_members_see_what_the_register_says(
    made: Makers, signed_in: Callable[..., FlaskClient], place: Organisation, role: str
) -> None:
    page = shown(signed_in(made.person(place, role), place), "/school")
    for words in ("Larch Trust", "Academy", "31.4%", "4 to 11", "210", "Country"):
        assert words in page
    assert "Is something wrong?" in page
    assert 'href="https://millfold.sch.example/"' in page
    assert "semh" not in page


def test_a_school_of_which_the_register_says_little_has_a_page(
    made: Makers, signed_in: Callable[..., FlaskClient]
) -> None:
    place = made.organisation("school", "Bare School")
    listed(
        made,
        "Bare School",
        organisation_id=place.id,
        phase="",
        low_age=None,
        high_age=None,
        pupils=None,
    )
    page = shown(signed_in(made.person(place, "teacher"), place), "/school")
    assert page.count("Not stated") >= 10


@pytest.mark.parametrize(
    ("kind", "role"), [("supplier", "supplier"), ("trust", "trust_lead"), ("platform", "staff")]
)
def test_only_members_of_a_school_have_a_school(
    made: Makers, signed_in: Callable[..., FlaskClient], place: Organisation, kind: str, role: str
) -> None:
    other = made.organisation(kind)
    shown(signed_in(made.person(other, role), other), "/school", 404)
    shown(signed_in(made.person()), "/school", 404)


def test_pages_ask_the_database_little(
    app: Flask,
    made: Makers,
    signed_in: Callable[..., FlaskClient],
    place: Organisation,
    millfold: School,
) -> None:
    teacher = signed_in(made.person(place, "teacher"), place)
    for number in range(25):
        listed(made, f"Oak School {number}")
    for path in ("/join?words=oak", f"/join/{millfold.id}", "/school"):
        with counted(app) as statements:
            shown(teacher, path)
        assert 2 < len([s for s in statements if s.startswith("SELECT")]) <= MOST_QUERIES
