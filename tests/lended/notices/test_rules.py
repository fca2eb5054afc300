"""Rules of notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended import clock
from lended.loans.rules import MOVES
from lended.notices import rules

START = datetime(2026, 1, 1, tzinfo=UTC)
SIDES = {rules.TEACHER, rules.RESPONSIBLE, rules.LEADS, rules.SUPPLIER, rules.STAFF}
FACTS = {
    "who": "Amira",
    "product": "Tiles",
    "school": "Millfold",
    "supplier": "Larkrise",
    "on": "Monday",
}


TOLD_WITH_THE_OUTCOME = {"give_outcome"}


def test_every_move_of_a_loan_is_told_to_somebody() -> None:
    assert set(rules.TELLINGS) == set(MOVES) - TOLD_WITH_THE_OUTCOME
    assert all(rules.TELLINGS.values())


@pytest.mark.parametrize("move", rules.TELLINGS)
def test_what_is_told_can_be_filled_in(move: str) -> None:
    for telling in rules.TELLINGS[move]:
        assert telling.to in SIDES
        title = telling.title.format(**FACTS)
        assert "{" not in title + telling.words.format(**FACTS)
        assert not title.endswith(".")
        assert telling.words.endswith((".", "?"))


@given(st.timedeltas(timedelta(0), timedelta(days=1500)).map(lambda past: START + past))
def test_the_next_morning_is_within_a_day_and_always_at_half_past_seven(moment: datetime) -> None:
    morning = rules.next_morning(moment, clock.LONDON)
    assert timedelta(0) < morning - moment <= timedelta(hours=25)
    assert morning.astimezone(clock.LONDON).time() == rules.MORNING


def test_pauses_grow_and_end() -> None:
    pauses = [rules.pause_after(tries) for tries in range(1, len(rules.PAUSES) + 1)]
    assert pauses == sorted(set(pauses), key=lambda pause: pause or timedelta())
    assert rules.pause_after(len(rules.PAUSES) + 1) is None


@given(st.text(max_size=200))
def test_a_line_for_the_head_of_a_mail_holds_nothing_that_could_end_it(text: str) -> None:
    line = rules.one_line(text)
    assert not any(ord(letter) < 32 or letter in "\x7f\x85\u2028\u2029" for letter in line)
    assert rules.one_line(line) == line


@given(st.text(max_size=50), st.integers(1, 50))
def test_shortened_text_is_short_and_says_so(text: str, most: int) -> None:
    short = rules.shortened(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")
