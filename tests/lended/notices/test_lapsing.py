"""What has changed by the time a mail would go, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from config import Settings
from lended import clock
from lended.loans.events import LoanMoved
from lended.loans.models import Loan, LoanLine
from lended.loans.rules import State
from lended.notices import rules, service
from lended.notices.post import Sent, send_due
from lended.notices.rules import Condition, CountsFrom, Reminder
from lended.notices.service.telling import remind_each
from lended.outcomes.models import Outcome
from tests.conftest import Transaction
from tests.lended.notices.conftest import Office
from tests.lended.notices.lent import DUE, Lent, morning
from tests.makers import Makers

Change = Callable[[Lent, Loan], None]


def come_back(lent: Lent, loan: Loan) -> None:
    lent.change(Loan, loan, state="returning")


def get_longer(lent: Lent, loan: Loan) -> None:
    later = DUE + timedelta(days=7)
    lent.change(LoanLine, loan, due_on=later, blocked_until=later + timedelta(days=6))


@pytest.mark.parametrize("change", [come_back, get_longer])
def test_a_reminder_that_no_longer_holds_is_neither_mailed_nor_left_in_the_inbox(
    lent: Lent, engine: Engine, office: tuple[Office, str], by_smtp: Settings, change: Change
) -> None:
    loan, other = lent.loan(), lent.loan(name="Beams")
    day = DUE - timedelta(days=3)
    lent.remind(day)
    change(lent, loan)
    sent = send_due(engine, by_smtp, morning(day) + timedelta(hours=2))
    assert sent == Sent(sent=2, not_wanted=2)
    assert all("Beams" in str(letter["Subject"]) for letter in office[0].letters)
    states = {(notice.loan_id, notice.mail_state, notice.in_inbox) for notice in lent.notices()}
    assert states == {(loan.id, "not_wanted", False), (other.id, "sent", True)}


def test_an_outcome_that_was_told_is_not_asked_for_again(
    lent: Lent, make: Makers, engine: Engine, office: tuple[Office, str], by_smtp: Settings
) -> None:
    loan = lent.loan()
    assert lent.ask(DUE) == 1
    make.save(
        Outcome(loan_id=loan.id, person_id=lent.teacher.id, verdict="met", design="feedback",
                weeks=4, what_happened="It helped.", given_at=clock.now(), changed_at=clock.now())
    )  # fmt: skip
    assert send_due(engine, by_smtp, morning(DUE) + timedelta(hours=2)) == Sent(not_wanted=1)
    assert office[0].letters == []


def test_what_is_done_is_asked_for_no_longer_on_the_site_either(
    lent: Lent, engine: Engine, by_smtp: Settings
) -> None:
    """The mail is out; the line in the inbox goes when the loan moves on."""
    loan, other = lent.loan(), lent.loan(name="Beams")
    day = DUE - timedelta(days=3)
    lent.remind(day)
    send_due(engine, by_smtp, morning(day) + timedelta(hours=2))
    lent.change(Loan, loan, state="returning")
    with lent.transaction() as work:
        moved = LoanMoved(
            loan.id,
            "book_return",
            State.ACTIVE,
            State.RETURNING,
            clock.now(),
            lent.teacher.id,
            lent.teacher.name,
            "",
        )
        work.record(moved)
    left = {
        (notice.loan_id, notice.in_inbox, notice.mail_state)
        for notice in lent.notices()
        if notice.fades
    }
    assert left == {(loan.id, False, "sent"), (other.id, True, "sent")}


def test_what_was_asked_and_done_stays_readable_as_read(
    lent: Lent, transaction: Transaction, engine: Engine, by_smtp: Settings
) -> None:
    loan = lent.loan("requested")
    message = rules.Message(
        "loan", "k", "Amira asks to try Tiles", "Please answer.",
        condition=Condition(loan.id, frozenset({State.REQUESTED})),
    )  # fmt: skip
    with transaction() as work:
        service.tell(work, lent.seller, message)
    lent.change(Loan, loan, state="approved")
    assert send_due(engine, by_smtp, clock.now()) == Sent(not_wanted=1)
    (notice,) = lent.notices()
    assert notice.in_inbox
    assert notice.read_at is not None


def test_anybody_may_be_reminded_of_anything_once(lent: Lent, transaction: Transaction) -> None:
    loan = lent.loan()
    cycle = CountsFrom.DUE.cycle(DUE)
    reminder = Reminder("visit", Condition(loan.id, cycle=cycle), "Visit", "Come.", "/", "See")
    for _run in range(3):
        with transaction() as work:
            remind_each(work, [(lent.lead, reminder)])
    assert lent.told() == [("Ruth Ackroyd", "visit")]
