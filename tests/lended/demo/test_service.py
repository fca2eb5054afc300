"""Filling an empty database, on both engines, as it happened."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Person
from lended.catalogue.models import Product
from lended.demo import content, service
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import State
from lended.needs.models import Need
from lended.notices.models import Notice
from lended.outcomes.models import Decision, Outcome
from tests.conftest import Transaction


@pytest.fixture
def filled(transaction: Transaction, session: Session) -> Session:
    """Return a session on a filled demo."""
    with transaction() as work:
        service.fill(work)
    return session


def test_the_demo_shows_everything_it_has_words_for(filled: Session) -> None:
    _everything_is_told(filled)
    _states_are_as_written(filled)
    _history_is_believable(filled)
    _nobody_is_flooded_with_mail(filled)


def _everything_is_told(session: Session) -> None:
    def count(table: type) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    assert count(Person) == len(content.read("people"))
    assert count(Product) == len(content.products())
    assert count(Need) == len(content.read("needs"))
    assert count(Loan) == len(content.read("loans"))
    assert count(Outcome) == len(content.read("outcomes")) == 60
    assert count(Decision) > 20


def _states_are_as_written(session: Session) -> None:
    written = Counter(entry["state"] for entry in content.read("loans"))
    assert Counter(session.scalars(select(Loan.state))) == written
    assert set(written) == set(State)
    differing = select(LoanLine.id).join(LoanLine.loan).where(LoanLine.state != Loan.state)
    assert session.scalars(differing).all() == []


def _history_is_believable(session: Session) -> None:
    now = clock.now()
    assert (session.scalar(select(func.max(LoanEvent.at))) or now) <= now
    for loan_id in session.scalars(select(Loan.id)):
        events = session.scalars(
            select(LoanEvent).where(LoanEvent.loan_id == loan_id).order_by(LoanEvent.id)
        ).all()
        assert [event.at for event in events] == sorted(event.at for event in events)
    verdicts = Counter(session.scalars(select(Outcome.verdict)))
    assert verdicts["not_met"] >= 15


def _nobody_is_flooded_with_mail(session: Session) -> None:
    long_ago = clock.now() - timedelta(days=30)
    old = select(Notice.id).where(Notice.made_at < long_ago, Notice.mail_state == "waiting")
    assert session.scalars(old).all() == []
