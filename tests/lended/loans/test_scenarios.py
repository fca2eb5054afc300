"""The fifteen scenarios of the lending design: that all are shown, and some of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import Dates
from tests.conftest import ON_EACH_ENGINE
from tests.lended.loans.scene import Scene
from tests.lended.loans.site import Site
from tests.lended.operations.filled import everything

TESTS = Path(__file__).resolve().parents[2]
NAMED = re.compile(r'"""Scenario (\d+)\b')
BLANKS = ("", "   ", "\n\t ")


def test_each_of_the_fifteen_is_named_by_the_test_that_shows_it() -> None:
    texts = [path.read_text() for path in TESTS.rglob("test_*.py")]
    assert {int(number) for one in texts for number in NAMED.findall(one)} == set(range(1, 16))


@pytest.mark.parametrize("words", BLANKS)
@ON_EACH_ENGINE
def test_a_no_without_words_is_refused_by_the_form(site: Site, words: str) -> None:
    """Scenario 9: by form; by API in ``tests/lended/web/programs``."""
    loan_id = site.loan("requested")
    before = everything(site.make.engine)
    fields = {"reason": "other", "words": words}
    answer = site.as_supplier.post(f"/loans/{loan_id}/decline", data=fields)
    assert answer.status_code == 422
    assert 'id="words-error"' in answer.text
    assert everything(site.make.engine) == before


@pytest.mark.parametrize("words", ["", "   "])
def test_a_no_without_words_is_refused_by_the_database(
    scene: Scene, engine: Engine, words: str
) -> None:
    """Scenario 9: by SQL."""
    scene.loan("requested")
    declined = text(
        "UPDATE loans SET state = 'declined', decline_reason = 'other', decline_words = :w"
    )
    with pytest.raises(IntegrityError, match="declined_with_words"), engine.begin() as connection:
        connection.execute(declined, {"w": words})


@pytest.fixture(params=["UTC", "America/Los_Angeles"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand somewhere."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(
    "dates",
    [
        Dates(date(2027, 3, 26), date(2027, 3, 29)),
        Dates(date(2027, 10, 4), date(2027, 10, 31)),
    ],
)
def test_access_ends_with_its_last_day_in_london_wherever_the_server_stands(
    seats: Scene, dates: Dates
) -> None:
    """Scenario 10: the clocks change on 28 March and on 31 October 2027."""
    midnight = datetime.combine(
        dates.due_on + timedelta(days=1), datetime.min.time(), tzinfo=clock.LONDON
    )
    with clock.at(datetime(2027, 2, 1, 10, tzinfo=clock.LONDON)):
        loan_id = seats.loan("issued", dates)
    seats.tick(dates.starts_on)
    for moment, state in (
        (midnight - timedelta(minutes=1), "active"),
        (midnight + timedelta(minutes=1), "access_ended"),
    ):
        with clock.at(moment):
            service.run_clock(seats.transaction)
        assert seats.state(loan_id) == state
    line = seats.row(loan_id).lines[0]
    assert (line.starts_on, line.due_on) == (dates.starts_on, dates.due_on)
