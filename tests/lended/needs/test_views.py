"""Pages about needs, asked as a browser asks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended.web.database import db
from tests.makers import Makers

NEED = "My class mixes up fractions"
Client = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _listed(app: Flask, made: Makers) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    supplier = made.supplier(name="Tenfold Maths")
    for number in range(40):
        made.product(supplier, name=f"Choir Box {number}", summary="Songs.", description="Singing.")
    for number in range(25):
        made.product(supplier, slug=f"tiles-{number:02}", name=f"Fraction Tiles {number}")
    made.pool(made.product(supplier, slug="kit", name="Fractions Kit"))


def plain(client: FlaskClient, path: str) -> str:
    """Return a page without the tokens that differ each time."""
    return re.sub(r'name="(once|csrf_token)" value="[^"]*"', "", client.get(path).text)


def queries_of(app: Flask, client: FlaskClient, path: str) -> int:
    """Count the statements a page runs, beginnings of transactions left out."""
    with app.app_context():
        engine = db.engine
    client.get(path)
    counted: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            counted.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    client.get(path)
    event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_a_visitor_gets_suggestions_with_reasons_at_once(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": NEED})
    assert page.status_code == 200
    assert "You might consider" in page.text
    assert "<mark>fractions</mark>" in page.text
    assert "Nobody has tried this for your need yet" in page.text
    assert "you should" not in page.text.lower()


@pytest.mark.parametrize("need", ["", "   ", "\u200b\u200f", "\x00"])
def test_an_empty_need_is_asked_for_again(client: FlaskClient, need: str) -> None:
    page = client.get("/find", query_string={"need": need})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text


def test_a_very_long_need_comes_back_as_typed_with_advice(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": "word " * 800})
    assert page.status_code == 422
    assert "Shorten this to 2,000 characters" in page.text
    assert "word word word" in page.text


def test_what_nothing_fits_gets_advice(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": "asdf qwer"})
    assert page.status_code == 200
    assert "Nothing here fits yet" in page.text
    assert "Narrow it down" not in page.text  # there is nothing to narrow


def test_a_filter_that_is_set_can_be_taken_away_though_nothing_fits(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": "asdf qwer", "stage": "ks5"})
    assert "Nothing here fits yet" in page.text
    assert "Narrow it down" in page.text


def test_a_word_that_says_nothing_is_met_with_a_wish_for_more(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": "x"})
    assert "say more: who it is about" in page.text
    assert "one problem rather than several" not in page.text


def test_a_tiny_need_is_answered_with_advice(client: FlaskClient) -> None:
    assert "This is a short need" in client.get("/find?need=fractions").text


def test_filters_that_make_no_sense_are_named_and_left_out(client: FlaskClient) -> None:
    page = client.get(
        "/find?need=fractions&stage=nonsense&borrow_from-day=31&borrow_from-month=2"
        "&borrow_from-year=2027"
    )
    assert page.status_code == 200
    assert "Enter a real date" in page.text
    assert "You might consider" in page.text


def test_a_visitor_puts_one_aside_and_brings_it_back(client: FlaskClient) -> None:
    first = client.get("/find", query_string={"need": NEED}).text
    assert "Put aside" in first
    page = client.get("/find", query_string={"need": NEED, "aside": "kit"})
    assert "/products/kit" not in page.text
    assert "1 suggestion" in page.text


def test_nobody_is_pushed(client: FlaskClient) -> None:
    """The home page shows no product at all (P1, P2)."""
    assert "/products/tiles" not in client.get("/").text


def test_keeping_is_offered_to_those_who_may_keep(
    client: FlaskClient, made: Makers, signed_in: Client
) -> None:
    assert "Keep this need" in client.get("/find", query_string={"need": NEED}).text
    places = {"school": ("teacher", "technologist"), "supplier": ("supplier",)}
    for kind, roles in places.items():
        place = made.organisation(kind)
        for role in roles:
            page = signed_in(made.person(place, role), place).get("/find?need=zzz+fractions").text
            assert ("Keep this need" in page) == (role == "teacher"), role
            assert ("eep the need" in page) == (role == "teacher"), role


def test_an_unmet_need_says_what_becomes_of_it(made: Makers, signed_in: Client) -> None:
    school = made.organisation("school")
    client = signed_in(made.person(school, "teacher"), school)
    assert "Keep the need, and it counts as unmet" in client.get("/find?need=lighthouses").text
    kept = client.post("/needs", data={"need": "lighthouses"}).location
    page = client.get(kept).text
    assert "It counts as unmet" in page
    assert "Keep the need" not in page


def test_keeping_confirming_and_putting_aside(made: Makers, signed_in: Client) -> None:
    school = made.organisation()
    teacher = made.person(school, "teacher")
    client = signed_in(teacher, school)
    kept = client.post("/needs", data={"need": NEED})
    assert kept.status_code == 303
    page = client.get(kept.location)
    assert "What is it about?" in page.text
    edited = client.post(
        f"{kept.location}/edit", data={"need": NEED, "codes": ["misconceptions", "misconceptions"]}
    )
    assert edited.status_code == 303
    assert "Stubborn misconceptions" in client.get(kept.location).text
    aside = client.post(f"{kept.location}/aside/kit", data={"reason": "already_tried"})
    assert aside.status_code == 303
    assert "We have tried it already" in client.get(kept.location).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"need": ""}, "Write what gets in the way"),
        ({"need": "x" * 2001}, "Shorten this"),
        ({"need": NEED, "codes": "no_such_code"}, "Choose from the list"),
        ({"need": NEED, "stages": "ks9"}, "Choose from the list"),
    ],
)
def test_bad_input_is_answered_beside_its_field(
    made: Makers, signed_in: Client, fields: dict[str, str], words: str
) -> None:
    school = made.organisation()
    client = signed_in(made.person(school, "teacher"), school)
    page = client.post("/needs", data=fields)
    assert page.status_code == 422
    assert words in page.text


def test_a_strangers_need_does_not_exist(made: Makers, signed_in: Client) -> None:
    school, elsewhere = made.organisation(), made.organisation()
    need = made.need(made.person(school, "teacher"), school)
    client = signed_in(made.person(elsewhere, "teacher"), elsewhere)
    assert client.get(f"/needs/{need.id}").status_code == 404
    assert plain(client, f"/needs/{need.id}") == plain(client, "/needs/99999")
    for path in ("edit", "aside/kit", "back/kit"):
        fields = {"need": NEED, "reason": "other"}
        assert client.post(f"/needs/{need.id}/{path}", data=fields).status_code == 404


def test_the_same_ranking_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/match", query_string={"need": NEED, "limit": 3})
    matches = answer.get_json()["matches"]
    assert len(matches) == 3
    assert set(matches[0]["product"]) == {"slug", "name", "supplier", "url"}
    assert matches[0]["product"]["url"].startswith("http")
    shares = sum(reason["share"] for reason in matches[0]["because"])
    assert shares == pytest.approx(matches[0]["score"])


@pytest.mark.parametrize(
    "query", [{}, {"need": ""}, {"need": "x", "limit": "0"}, {"need": "x", "limit": "ten"}]
)
def test_a_senseless_question_is_a_problem_in_json(
    client: FlaskClient, query: dict[str, str]
) -> None:
    answer = client.get("/api/v1/match", query_string=query)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_pages_ask_the_database_little(app: Flask, made: Makers, signed_in: Client) -> None:
    school = made.organisation()
    teacher = made.person(school, "teacher")
    need = made.need(teacher, school)
    client = signed_in(teacher, school)
    assert queries_of(app, client, "/") <= 6
    assert queries_of(app, client, f"/find?need={NEED}") <= 12
    assert queries_of(app, client, f"/needs/{need.id}") <= 12
    assert queries_of(app, client, "/needs") <= 6


def test_what_no_word_of_theirs_led_to_names_what_the_teacher_confirmed(
    made: Makers, signed_in: Client
) -> None:
    school = made.organisation()
    teacher = made.person(school, "teacher")
    words = {
        "name": "Stubborn Misconceptions",
        "summary": "Fans.",
        "description": "Misconceptions.",
    }
    made.product(made.supplier(), slug="fans", stages=("ks5",), **words)
    need = made.need(teacher, school, text="Halves, again", codes=["misconceptions"])
    page = signed_in(teacher, school).get(f"/needs/{need.id}?stage=ks5").text
    card = page[page.index("/products/fans") :]
    assert re.findall("<mark>(.*?)</mark>", card)[0] == "Stubborn misconceptions"


def test_what_meaning_alone_led_to_is_not_marked_as_the_teachers_words(
    client: FlaskClient,
) -> None:
    page = client.get("/find", query_string={"need": "Halves and quarters are muddled"}).text
    assert "<mark>what you describe</mark>" not in page
