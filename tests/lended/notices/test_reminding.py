"""Reminders, on both engines: once in each cycle, to the right people, and while they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from config import Settings
from lended import clock
from lended.accounts.models import Person
from lended.loans.models import DeletionDuty, Loan, LoanLine
from lended.loans.rules import State
from lended.notices import rules
from lended.notices.post import Sent, send_due
from lended.notices.rules import OCCASIONS, Standing, Topic
from lended.notices.rules.reminders import CAUGHT_UP, due_occasions
from tests.conftest import Transaction
from tests.lended.notices.conftest import Office
from tests.lended.notices.lent import DUE, Lent, morning
from tests.makers import Makers

FACTS = {"product": "Tiles", "school": "Millfold", "supplier": "Larkrise", "day": "Monday 1 March"}
LATE = Standing(1, State.OVERDUE, DUE)


@pytest.mark.parametrize("occasion", OCCASIONS, ids=lambda row: row.kind)
def test_a_row_can_be_said(occasion: rules.Occasion) -> None:
    state = min(occasion.states)
    reminder = occasion.reminder(Standing(5, state, DUE, deletion_due_on=DUE), FACTS)
    assert "{" not in reminder.title + reminder.words + reminder.link
    assert reminder.words.endswith(".")
    assert not reminder.title.endswith(".")
    assert reminder.condition.cycle.endswith(":2027-03-24")
    assert reminder.urgent == (reminder.topic is Topic.ESSENTIAL)


def test_rows_of_a_series_stand_together_in_the_order_of_their_days() -> None:
    series = [name for name, _rows in groupby(OCCASIONS, key=lambda row: row.series)]
    assert len(series) == len(set(series))
    for _name, rows in groupby(OCCASIONS, key=lambda row: row.series):
        days = [row.days for row in rows]
        assert days == sorted(set(days))
    kinds = [row.kind for row in OCCASIONS]
    assert len(kinds) == len(set(kinds))


@given(st.integers(-40, 80), st.sampled_from(State), st.booleans())
def test_at_most_one_of_a_series_is_due(days: int, state: State, physical: bool) -> None:
    standing = Standing(1, state, DUE, deletion_due_on=DUE, physical=physical)
    due = [row.series for row in due_occasions(standing, DUE + timedelta(days=days))]
    assert len(due) == len(set(due))


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (6, []),
        (7, ["late_7_after"]),
        (13, ["late_7_after"]),
        (14, ["late_14_after"]),
        (13 + CAUGHT_UP.days, ["late_14_after"]),
        (14 + CAUGHT_UP.days, []),
    ],
)
def test_a_missed_night_is_caught_up_but_never_with_an_earlier_one(
    days: int, kinds: list[str]
) -> None:
    assert [row.kind for row in due_occasions(LATE, DUE + timedelta(days=days))] == kinds


def test_what_is_back_or_digital_is_not_called_late() -> None:
    today = DUE + timedelta(days=8)
    assert not list(due_occasions(replace(LATE, state=State.RETURNING), today))
    assert not list(due_occasions(replace(LATE, physical=False), today))


def test_a_reminder_is_given_once_however_often_the_clock_runs(lent: Lent) -> None:
    lent.loan()
    day = DUE - timedelta(days=3)
    assert [lent.remind(day), lent.remind(day), lent.remind(day + timedelta(days=1))] == [1, 0, 0]
    assert lent.told() == [("Amira Hussain", "due_3_before"), ("Ruth Ackroyd", "due_3_before")]
    notice = lent.notices()[0]
    assert notice.key == f"loan:{notice.loan_id}:due_3_before:due:2027-03-24"
    assert notice.title == "Tiles is due back on Wednesday 24 March"


def test_nothing_is_said_too_soon_or_of_what_is_not_there(lent: Lent) -> None:
    lent.loan("requested")
    lent.loan("closed")
    lent.loan("active")
    assert lent.remind(DUE - timedelta(days=4)) == 0
    assert lent.notices() == []


def test_a_new_due_date_begins_anew(lent: Lent) -> None:
    loan = lent.loan()
    lent.remind(DUE - timedelta(days=3))
    later = DUE + timedelta(days=14)
    lent.change(LoanLine, loan, due_on=later, blocked_until=later + timedelta(days=6))
    assert lent.remind(DUE) == 0
    assert lent.remind(later - timedelta(days=3)) == 1
    assert {notice.cycle for notice in lent.notices()} == {"due:2027-03-24", "due:2027-04-07"}


def test_lateness_reaches_further_each_week(lent: Lent) -> None:
    """To all who lead the school and its trust, though somebody else answers for this loan."""
    loan = lent.loan("overdue")
    deputy = lent.make.person(lent.school, "teacher", name="Femi Bright")
    lent.change(Loan, loan, responsible_id=deputy.id)
    lent.remind(DUE + timedelta(days=7))
    lent.remind(DUE + timedelta(days=14))
    assert [name for name, _kind in lent.told()] == [
        "Amira Hussain",
        "Femi Bright",
        "Ruth Ackroyd",
        "Daniel Okafor",
        "Nell Garrity",
        "Priya Nair",
    ]


def test_access_that_ends_is_said_in_time_to_save_what_was_made(lent: Lent) -> None:
    lent.loan(kind="digital")
    assert lent.remind(DUE - timedelta(days=7)) == 1
    assert lent.remind(DUE - timedelta(days=2)) == 1
    assert lent.remind(DUE) == 0
    kinds = [kind for _name, kind in lent.told()]
    assert kinds == ["export_7_before", "export_2_before"]


def test_deletion_counts_from_its_own_day_until_it_is_confirmed(lent: Lent, make: Makers) -> None:
    loan = lent.loan("access_ended", kind="digital")
    make.save(DeletionDuty(loan_id=loan.id, due_on=DUE + timedelta(days=30)))
    done = lent.loan("access_ended", name="Done", kind="digital")
    make.save(
        DeletionDuty(loan_id=done.id, due_on=DUE + timedelta(days=30), confirmed_at=clock.now())
    )
    assert lent.remind(DUE + timedelta(days=23)) == 1
    assert lent.told() == [("Nell Garrity", "deletion_7_before")]


def test_who_left_the_school_is_reminded_of_nothing(
    lent: Lent, make: Makers, transaction: Transaction
) -> None:
    lent.loan(kind="digital")
    with transaction() as work:
        person = work.session.get_one(Person, lent.teacher.id)
        person.disabled_at = clock.now()
    assert lent.remind(DUE - timedelta(days=7)) == 0
    assert lent.notices() == []


def test_reminders_of_several_loans_go_in_one_mail_that_names_each(
    lent: Lent, engine: Engine, office: tuple[Office, str], by_smtp: Settings
) -> None:
    for name in ("Tiles", "Pebble Recorders", "Balance Beams"):
        lent.loan(name=name)
    day = DUE - timedelta(days=3)
    lent.remind(day)
    assert send_due(engine, by_smtp, morning(day)) == Sent(), "it can wait until half past seven"
    assert send_due(engine, by_smtp, morning(day) + timedelta(hours=2)) == Sent(sent=2)
    letters = {str(letter["To"]).partition(" <")[0]: letter for letter in office[0].letters}
    text = letters["Amira Hussain"].get_payload(decode=True)
    assert isinstance(text, bytes)
    for name in ("Tiles", "Pebble Recorders", "Balance Beams"):
        assert f"{name} is due back on Wednesday 24 March" in text.decode()
    assert send_due(engine, by_smtp, morning(day) + timedelta(hours=12)) == Sent()


def test_loans_are_looked_at_in_portions(lent: Lent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lended.notices.queries.loans.AT_ONCE", 2)
    for number in range(5):
        lent.loan(name=f"Kit {number}")
    assert lent.remind(DUE - timedelta(days=3)) == 5
