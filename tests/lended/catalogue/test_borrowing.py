"""The calendar on the page of a product."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from lended import clock
from tests.lended.loans.site import Site, shown
from tests.makers import Makers


@pytest.fixture
def site(app: object, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return a school and a supplier with one kit, signed in."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]
    return Site(app, made, signed_in)  # type: ignore[arg-type]


def titles(page: str) -> list[str]:
    return re.findall("<caption>(.*?)</caption>", page)


def test_months_follow_each_other_by_links_and_end_after_two_years(site: Site) -> None:
    client = site.app.test_client()
    page = shown(client, f"/products/{site.product.slug}")
    seen = titles(page)
    assert "Earlier months</a>" not in page
    for _ in range(20):
        later = re.search(r'href="([^"]*)"\s+rel="next"', page)
        if not later:
            break
        page = shown(client, later[1].replace("&amp;", "&").partition("#")[0])
        seen += titles(page)
    assert 24 <= len(seen) <= 28
    assert len(set(seen)) == len(seen)
    assert 'rel="prev"' in page


def test_a_free_day_begins_the_request_with_that_day(site: Site) -> None:
    path = f"/products/{site.product.slug}?sets=1&weeks=3"
    assert "/trial?" not in shown(site.app.test_client(), path)
    assert "/trial?" not in shown(site.as_supplier, path)
    page = shown(site.as_teacher, path)
    links = re.findall(r'href="(/products/[^"]*/trial\?[^"]*)"', page)
    first = links[0].replace("&amp;", "&")
    on = date.fromisoformat(re.search("on=([0-9-]+)", first)[1])  # type: ignore[index]
    assert "3 weeks" in shown(site.as_teacher, first)
    begun = site.as_teacher.post(
        first.partition("?")[0], data={"on": on.isoformat(), "weeks": "3", "sets": "1"}
    )
    form = shown(site.as_teacher, begun.location)
    for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
        assert re.search(rf'name="starts_on-{part}"\s+value="{value}"', form)
    assert re.search(r'name="weeks"[^>]*value="3"', form)


def test_the_earliest_time_is_answered_in_one_step(site: Site) -> None:
    loan = site.row(site.loan("requested")).lines[0]
    asked = loan.starts_on
    path = (
        f"/products/{site.product.slug}?sets=1&weeks=3"
        f"&since-day={asked.day}&since-month={asked.month}&since-year={asked.year}"
    )
    answer = re.search("One is free for 3 weeks from (.*?)\\.", shown(site.as_teacher, path))
    assert answer
    page = shown(site.as_teacher, path)
    chosen = re.search(r'day--chosen">\s*<a href="([^"]*)" aria-current="date"', page)
    assert chosen
    assert f'href="{chosen[1]}">Ask for these dates' in page
    assert "Ask for these dates" not in shown(site.app.test_client(), path)
    many = shown(site.as_teacher, f"/products/{site.product.slug}?sets=2&weeks=3")
    assert "Nobody can say when 2 will be free for 3 weeks." in many


@pytest.mark.parametrize(
    "query",
    ["sets=0", "sets=1.5", "weeks=99", "weeks=x", "since-day=31&since-month=2&since-year=2027",
     "since-day=1&since-month=1&since-year=1999", "month=2027-13", "month=0001-01",
     "month=9999-12"],
)  # fmt: skip
def test_what_makes_no_sense_still_shows_the_calendar(site: Site, query: str) -> None:
    page = shown(site.as_teacher, f"/products/{site.product.slug}?{query}")
    assert titles(page)
    assert ("needs another look" in page) == (not query.startswith("month"))


def test_a_loan_longer_than_the_product_is_lent_is_refused_and_kept_as_typed(site: Site) -> None:
    page = shown(site.as_teacher, f"/products/{site.product.slug}?sets=1&weeks=40")
    assert f"Enter a whole number, 1 to {site.product.loan_weeks_most}." in page
    assert re.search('name="weeks"[^>]*value="40"', page)


@pytest.mark.parametrize("on", ["", "2027-02-30", "9999-01-01", "x" * 500])
def test_a_day_that_is_none_is_refused(site: Site, on: str) -> None:
    path = f"/products/{site.product.slug}/trial?on={on}&weeks=3&sets=1"
    assert site.as_teacher.get(path).status_code == 422


def test_a_day_beyond_a_year_is_shown_and_not_offered(site: Site) -> None:
    far = clock.today() + timedelta(days=430)
    page = shown(site.as_teacher, f"/products/{site.product.slug}?month={far:%Y-%m}")
    assert f"{far:%B %Y}" in titles(page)
    assert "/trial?" not in page
