"""What a need rules out is offered as a filter, and never set by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.makers import Makers

LISTED = {
    "ipad": ("Fractions by Finger", "practice_adaptive", {"runs_on": ["ipados"]}),
    "both": ("Fractions Anywhere", "practice_adaptive", {"runs_on": ["ipados", "windows"]}),
    "kit": (
        "Fraction Tiles",
        "hardware_device",
        {"runs_on": ["physical_kit"], "technician_needed": False, "offline": "yes"},
    ),
    "quiz": ("Fractions Quiz", "assessment_quiz", {"sign_in": ["none_needed"]}),
}


@pytest.fixture(autouse=True)
def _listed(app: Flask, made: Makers) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    supplier = made.supplier()
    for slug, (name, product_type, facts) in LISTED.items():
        made.product(supplier, slug=slug, name=name, product_type=product_type, facts=facts)


def ask(client: FlaskClient, need: str) -> str:
    return unescape(client.get("/find", query_string={"need": need}).text)


def follow(client: FlaskClient, page: str, words: str) -> str:
    """Follow the link with these words, as a browser without scripts does."""
    found = re.search(rf'<a href="([^"]+)">Show only {re.escape(words)}</a>', page)
    assert found, words
    return unescape(client.get(found[1]).text)


def shown(page: str) -> set[str]:
    return {slug for slug in LISTED if f"/products/{slug}" in page}


@pytest.mark.parametrize(
    ("said", "offer", "left"),
    [
        ("no tablets", "what also runs on something other than a tablet", {"both", "kit"}),
        (
            "not another quiz",
            "kinds of product other than quizzes and assessment",
            {"ipad", "both", "kit"},
        ),
        ("no technician", "what needs no technician", {"kit"}),
        ("works offline", "what works without the internet", {"kit"}),
        ("without accounts", "what needs no sign-in", {"quiz"}),
    ],
)
def test_a_filter_is_offered_and_set_by_a_link(
    client: FlaskClient, said: str, offer: str, left: set[str]
) -> None:
    page = ask(client, f"Fractions, {said}")
    assert f"You wrote \u201c{said}\u201d" in page
    assert shown(page) == set(LISTED), "nothing is narrowed by itself"
    narrowed = follow(client, page, offer)
    assert shown(narrowed) == left
    assert f"{len(left)} product" in narrowed
    assert "You wrote" not in narrowed
    assert "Filters that are set" in narrowed


def test_what_is_left_out_is_a_chip_that_can_be_taken_away(client: FlaskClient) -> None:
    page = ask(client, "Fractions, not another quiz")
    narrowed = follow(client, page, "kinds of product other than quizzes and assessment")
    assert "Other than Quizzes and assessment" in narrowed
    assert '<input type="hidden" name="not_type" value="assessment_quiz">' in narrowed
    chip = re.search(r'<a href="([^"]+)"><span class="unseen">Remove:</span> Other', narrowed)
    assert chip
    assert shown(client.get(chip[1]).text) == set(LISTED)
    clear = re.search(r'class="chosen__clear" href="([^"]+)"', narrowed)
    assert clear
    assert "not_type" not in clear[1]


def test_what_no_filter_can_say_is_admitted(client: FlaskClient) -> None:
    page = ask(client, "Fractions, no worksheets please")
    assert "No filter can tell, so these words are not looked for." in page


def test_a_need_that_denies_learning_offers_nothing(client: FlaskClient) -> None:
    assert "You wrote" not in ask(client, "They have no confidence with fractions")


def test_a_code_that_is_not_there_is_named_and_left_out(client: FlaskClient) -> None:
    page = client.get("/find?need=fractions&not_type=nonsense&not_device=%00")
    assert page.status_code == 200
    assert shown(page.text) == set(LISTED)
    assert 'value="nonsense"' not in page.text


def test_a_kept_need_offers_the_same(made: Makers, signed_in: Callable[..., FlaskClient]) -> None:
    school = made.organisation("school")
    client = signed_in(made.person(school, "teacher"), school)
    kept = client.post("/needs", data={"need": "Fractions, no tablets"}).location
    page = unescape(client.get(kept).text)
    narrowed = follow(client, page, "what also runs on something other than a tablet")
    assert shown(narrowed) == {"both", "kit"}
    assert narrowed.count("Other than") == 2


def test_json_says_what_is_not_looked_for(client: FlaskClient) -> None:
    answer = client.get("/api/v1/match", query_string={"need": "Fractions, no worksheets"})
    told = answer.get_json()
    assert told["not_looked_for"] == ["no worksheets"]
    assert all(
        reason["words"] in {"Fractions", "what you describe"}
        for match in told["matches"]
        for reason in match["because"]
    )


def test_json_says_what_a_need_is_about_instead(client: FlaskClient) -> None:
    told = client.get("/api/v1/match", query_string={"need": "a new roof"}).get_json()
    assert told["matches"] == []
    assert told["elsewhere"].startswith("This sounds like ")
    told = client.get("/api/v1/match", query_string={"need": "Fractions"}).get_json()
    assert (bool(told["matches"]), told["elsewhere"]) == (True, "")
