"""Desks: loans in groups, and a supplier's stock in weeks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lended import clock
from lended.desks import queries
from lended.desks.views import groups
from lended.loans.rules import OPEN
from tests.lended.loans.site import Site, counted, shown
from tests.makers import Makers


@pytest.fixture
def site(app: object, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return a school and a supplier with one kit, signed in."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]
    return Site(app, made, signed_in)  # type: ignore[arg-type]


def test_every_open_state_has_its_place_on_both_desks() -> None:
    for titles in (groups.AT_THE_SUPPLIER, groups.AT_THE_SCHOOL):
        placed = [state for states in titles.values() for state in states]
        assert len(placed) == len(set(placed))
    assert {s for states in groups.AT_THE_SCHOOL.values() for s in states} == OPEN


@pytest.mark.parametrize("state", ["requested", "active"])
def test_the_same_loan_stands_under_what_it_means_to_each_side(site: Site, state: str) -> None:
    site.loan(state)
    found = [titles(shown(client, "/desk")) for client in (site.as_supplier, site.as_lead)]
    assert (
        found
        == {
            "requested": [["To answer"], ["Waiting"]],
            "active": [["What is with schools"], ["What is out"]],
        }[state]
    )


def test_what_ends_soon_is_told_from_what_is_out(site: Site) -> None:
    due_on = site.row(site.loan("active")).lines[0].due_on
    for days_left, title in ((15, "What is out"), (14, "Due within two weeks")):
        with clock.at(clock.now() + (due_on - clock.today()) - timedelta(days=days_left)):
            assert titles(shown(site.as_lead, "/desk")) == [title]


def test_what_is_late_stands_first_on_both_desks(site: Site) -> None:
    due_on = site.row(site.loan("active")).lines[0].due_on
    site.tick(due_on + timedelta(days=5))
    for client in (site.as_lead, site.as_supplier):
        assert titles(shown(client, "/desk"))[0] == "Late"


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 id="group-\d">\s*(.*?)\s*<span', page)


def test_weeks_count_what_is_free_all_through_each(site: Site) -> None:
    line = site.row(site.loan("requested")).lines[0]
    with site.transaction() as work:
        shown_weeks = queries.timeline(work.session, site.supplier)
    (pool,) = shown_weeks.lent
    for monday, free in zip(shown_weeks.mondays, pool.free, strict=True):
        held = line.blocked_from < monday + timedelta(days=7) and line.blocked_until > monday
        assert free == pool.capacity - held
    assert {0, 1} == set(pool.free)


def test_weeks_are_one_query_however_much_there_is(site: Site) -> None:
    site.loan("requested")
    with counted(site) as statements, site.transaction() as work:
        queries.timeline(work.session, site.supplier)
    assert len([asked for asked in statements if asked.startswith("SELECT")]) == 1


def test_what_is_promised_beyond_what_there_is_is_said_in_words(site: Site) -> None:
    site.loan("requested")
    idle = shown(site.as_supplier, "/desk")
    assert "too few" not in idle
    with site.transaction() as work:
        work.session.get_one(type(site.pool), site.pool.id).capacity = 0
    page = shown(site.as_supplier, "/desk")
    assert "1 too few" in page
    assert "more is promised than there is" in page


def test_stock_that_lies_on_the_shelf_is_one_line(site: Site) -> None:
    page = shown(site.as_supplier, "/desk")
    assert "Free in all of these weeks:" in page
    assert "stock-weeks" not in page
