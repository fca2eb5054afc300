"""A need goes along from page to page, so that nobody has to write it twice."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended.needs.rules import LONGEST_NEED
from tests.makers import Makers

NEED = "My class mixes up fractions, “halves” most of all & by Friday they forget"
Client = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _listed(app: Flask, made: Makers) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    supplier = made.supplier(made.organisation("supplier"), name="Tenfold Maths")
    for number in range(40):
        made.product(supplier, name=f"Choir Box {number}", summary="Songs.", description="Singing.")
    for slug in ("tiles", "kit"):
        made.pool(made.product(supplier, slug=slug, name=f"Fraction {slug}"))


def links(page: str, to: str) -> list[str]:
    """Return the addresses on a page that begin in a way."""
    found = re.findall(r'(?:href|action)="([^"]*)"', page)
    return [html.unescape(address) for address in found if address.startswith(to)]


def need_in(address: str) -> str:
    """Return the need an address carries."""
    return parse_qs(urlsplit(address).query)["need"][0]


@pytest.mark.parametrize("need", [NEED, ("mixed-up fractions " * 200)[:LONGEST_NEED].strip()])
def test_a_need_is_carried_whole_to_a_product_and_back(client: FlaskClient, need: str) -> None:
    (product,) = links(client.get("/find", query_string={"need": need}).text, "/products/kit")
    assert need_in(product) == need
    (back,) = links(client.get(product).text, "/find")
    assert need_in(back) == need


def test_a_visitor_signs_in_and_is_back_at_the_product_with_the_need(client: FlaskClient) -> None:
    page = client.get("/products/kit", query_string={"need": NEED}).text
    assert not links(page, "/products/kit/trial")
    (way_in,) = [each for each in links(page, "/sign-in") if "next=" in each and "kit" in each]
    wanted = parse_qs(urlsplit(way_in).query)["next"][0]
    assert need_in(wanted) == NEED
    assert client.get(wanted).status_code == 200


def test_a_request_begins_with_the_whole_need(made: Makers, signed_in: Client) -> None:
    school = made.organisation("school")
    client = signed_in(made.person(school, "teacher"), school)
    need = ("mixed-up fractions " * 200)[:LONGEST_NEED].strip()
    page = client.get("/products/kit", query_string={"need": need}).text
    ask, *days = links(page, "/products/kit/trial")
    assert days
    assert {need_in(day) for day in days} == {need}
    draft = client.post(ask)
    assert need in client.get(draft.location).text


def test_products_side_by_side_keep_the_need(client: FlaskClient) -> None:
    page = client.get("/find", query_string={"need": NEED}).text
    (hidden,) = re.findall(r'id="compare".*?name="need" value="([^"]*)"', page, re.DOTALL)
    assert html.unescape(hidden) == NEED
    compared = [("product", "tiles"), ("product", "kit"), ("need", NEED)]
    page = client.get(f"/compare?{urlencode(compared)}").text
    assert [need_in(each) for each in links(page, "/products/")] == [NEED] * 2
    assert [need_in(each) for each in links(page, "/find")] == [NEED]
    assert [need_in(each) for each in links(page, "/compare")] == [NEED] * 2


def test_products_side_by_side_lead_back_to_a_kept_need(made: Makers, signed_in: Client) -> None:
    school = made.organisation("school")
    teacher = made.person(school, "teacher")
    need = made.need(teacher, school, text=NEED)
    client = signed_in(teacher, school)
    assert f'name="need" value="{need.id}"' in client.get(f"/needs/{need.id}").text
    page = client.get(f"/compare?product=tiles&product=kit&need={need.id}").text
    assert links(page, f"/needs/{need.id}")
    assert all(need_in(each) == str(need.id) for each in links(page, "/products/"))


def test_products_side_by_side_without_a_need_lead_back_to_the_list(client: FlaskClient) -> None:
    page = client.get("/compare?product=tiles&product=kit").text
    assert "/products/kit" in links(page, "/products/")
    assert "Everything from A to Z" in page
