"""Checks of notices and the mail that goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.notices.models import Notice

PATIENCE = timedelta(days=1)
"""How long mail may lie past its next try: the clock runs every minute."""


def nobody_is_told_twice(session: Session) -> Iterator[str]:
    """Nobody is told of one event twice."""
    address = func.lower(Notice.email)
    query = (
        select(Notice.key, func.count())
        .group_by(address, Notice.key)
        .having(func.count() > 1)
        .order_by(Notice.key)
    )
    for key, count in session.execute(query):
        yield f"{key} was written {count} times to one address"


def no_mail_is_stuck(session: Session) -> Iterator[str]:
    """No mail waits for more than a day past the moment of its next try."""
    query = select(func.count()).where(
        Notice.mail_state == "waiting",
        func.coalesce(Notice.next_try_at, Notice.made_at) < clock.now() - PATIENCE,
    )
    count = session.scalar(query.select_from(Notice))
    if count:
        yield f"{count} wait; is the clock running, and does the mail server answer?"


CHECKS = (nobody_is_told_twice, no_mail_is_stuck)
