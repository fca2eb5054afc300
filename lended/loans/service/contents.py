"""What was in a kit when it was sent, when it arrived and when it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from lended import clock
from lended.access import Actor
from lended.loans.models import ContentsCheck, Loan
from lended.loans.rules.papers import Item
from lended.work import Work


def keep_check(
    work: Work,
    actor: Actor,
    loan: Loan,
    moment: str,
    items: Sequence[Item],
    *,
    words: str,
    tracking: str = "",
) -> None:
    """Keep what somebody found in a kit, item by item.

    Parameters
    ----------
    moment
        ``dispatch``, ``receipt`` or ``inspection``.
    """
    work.session.add(
        ContentsCheck(
            loan_id=loan.id,
            moment=moment,
            person_id=actor.person_id,
            at=clock.now(),
            lines=[asdict(item) for item in items],
            words=words,
            tracking=tracking,
        )
    )
    work.session.flush()
