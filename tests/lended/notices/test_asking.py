"""Asking for outcomes at the right time, once, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lended import clock
from lended.outcomes.models import Outcome
from lended.outcomes.queries import trials
from tests.lended.notices.lent import DUE, Lent
from tests.makers import Makers


def test_each_occasion_asks_once_and_counts_once(lent: Lent) -> None:
    lent.loan()
    asked = {day: [lent.ask(DUE + timedelta(days=day)) for _run in range(3)] for day in (-3, -2, 3)}
    assert asked == {-3: [0, 0, 0], -2: [1, 0, 0], 3: [1, 0, 0]}
    assert lent.told() == [
        ("Amira Hussain", "outcome_two_days_before"),
        ("Amira Hussain", "outcome_three_days_after"),
    ]


def test_a_missed_occasion_is_caught_up_by_the_latest(lent: Lent) -> None:
    lent.loan()
    assert lent.ask(DUE + timedelta(days=20)) == 1
    assert lent.told() == [("Amira Hussain", "outcome_fourteen_days_after")]


def test_what_was_told_is_not_asked_for(lent: Lent, make: Makers) -> None:
    told, _other = lent.loan(), lent.loan(name="Beams")
    make.save(
        Outcome(loan_id=told.id, person_id=lent.teacher.id, verdict="met", design="feedback",
                weeks=4, what_happened="It helped.", given_at=clock.now(), changed_at=clock.now())
    )  # fmt: skip
    assert lent.ask(DUE) == 1
    assert [notice.title for notice in lent.notices()] == ["What happened with Beams?"]


def test_no_trial_is_left_out_between_portions(lent: Lent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "AT_ONCE", 2)
    for name in ("Tiles", "Beams", "Frames", "Bells", "Slates"):
        lent.loan(name=name)
    assert [lent.ask(DUE), lent.ask(DUE)] == [5, 0]
