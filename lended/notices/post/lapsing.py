"""Notices whose loan has moved on before their mail could go."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from lended import clock
from lended.loans.rules import State
from lended.notices import queries
from lended.notices.models import Notice
from lended.notices.rules import Standing


def sorted_out(session: Session, notices: Sequence[Notice]) -> tuple[list[Notice], list[Notice]]:
    """Return which notices still hold, as their loans stand now, and which do not."""
    about = {notice.loan_id for notice in notices if notice.loan_id is not None}
    standings = queries.standings(session, about)
    wanted = [notice for notice in notices if _holds(notice, standings)]
    return wanted, [notice for notice in notices if notice not in wanted]


def give_up(lapsed: Sequence[Notice]) -> int:
    """Mail nothing of these; return how many they are.

    What happened stays readable, as something done with; what was only asked leaves the inbox.
    """
    for notice in lapsed:
        if notice.mail_state == "waiting":
            notice.mail_state = "not_wanted"
        notice.read_at = notice.read_at or clock.now()
        notice.in_inbox = notice.in_inbox and not notice.fades
    return len(lapsed)


def _holds(notice: Notice, standings: dict[int, Standing]) -> bool:
    if notice.loan_id is None:
        return True
    standing = standings.get(notice.loan_id)
    states = frozenset(State(state) for state in notice.asks_in)
    return standing is not None and standing.satisfies(states, notice.cycle)
