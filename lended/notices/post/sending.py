"""Sending what is due, at least once, and never inside a transaction.

A letter is leased, sent, and marked. Whoever is killed between sending and marking leaves a lease
that runs out; the same letter is then sent again under the same Message-ID, by which mail programs
know it. Two senders at work lease different letters. What a notice says of a loan is looked at once
more when its letter is leased; what no longer holds is not mailed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, case, or_, select, update
from sqlalchemy.orm import joinedload

from config import Settings
from lended.accounts.models import Person
from lended.notices import rules
from lended.notices.models import Notice
from lended.notices.post.carriers import Answer, Carrier, ServerAway, carrier_for
from lended.notices.post.lapsing import give_up, sorted_out
from lended.notices.post.letters import Letter, written
from lended.work import Work, open_work


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of the post did, in letters; ``not_wanted`` counts notices."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    not_wanted: int = 0


@dataclass(frozen=True, slots=True)
class Leased:
    """What was found due: one letter, if any, and how many notices were given up on the way."""

    letter: Letter | None
    dropped: int


def send_due(
    engine: Engine,
    settings: Settings,
    now: datetime,
    seconds: Callable[[], float] = time.monotonic,
) -> Sent:
    """Send every letter that is due; stop early when the mail server is away.

    Parameters
    ----------
    now
        When the round begins. Letters due until then go.
    seconds
        By what the round's own length is told: in a long one, the last lease begins when it is
        taken, not when the round began.
    """
    began = seconds()
    counts: Counter[str] = Counter(not_wanted=_drop_unwanted(engine, now))
    with closing(carrier_for(settings)) as carrier:
        while True:
            moment = now + timedelta(seconds=seconds() - began)
            leased = _lease(engine, now, moment)
            counts["not_wanted"] += leased.dropped
            if leased.letter is None:
                break
            answer = _carry(carrier, leased.letter, settings)
            counts[_mark(engine, leased.letter, answer, moment)] += 1
            if answer.server_away:
                break
    return Sent(**counts)


def _drop_unwanted(engine: Engine, now: datetime) -> int:
    """Give up what waits for people who have lost their account meanwhile."""
    gone = select(Person.id).where(Person.disabled_at.is_not(None))
    with open_work(engine) as work:
        dropped = work.session.execute(
            update(Notice)
            .where(_free(now), Notice.person_id.in_(gone))
            .values(mail_state="not_wanted", **_forgotten_link())
            .returning(Notice.id)
        ).all()
    return len(dropped)


def _lease(engine: Engine, now: datetime, moment: datetime) -> Leased:
    """Take the next letter for a while: one urgent notice, or all that waits for one reader."""
    dropped = 0
    with open_work(engine) as work:
        while first := work.session.scalar(_due(now, moment).limit(1)):
            wanted, lapsed = sorted_out(work.session, _together(work, first, now, moment))
            dropped += give_up(lapsed)
            if wanted:
                return Leased(_letter(wanted, moment), dropped)
            work.session.flush()
    return Leased(None, dropped)


def _letter(notices: list[Notice], moment: datetime) -> Letter:
    letter = Letter.of(notices, moment + rules.LEASE_LASTS)
    for notice in notices:
        notice.claimed_until = letter.leased_until
        notice.letter = letter.mark
        notice.tries += 1
    return replace(letter, tries=max(notice.tries for notice in notices))


def _together(work: Work, first: Notice, now: datetime, moment: datetime) -> list[Notice]:
    """Return what goes in one letter: what was in it before, or everything that can wait."""
    due = _due(now, moment).where(Notice.email == first.email, Notice.letter == first.letter)
    if first.letter:
        return list(work.session.scalars(due))
    return [first] if first.urgent else list(work.session.scalars(due.where(~Notice.urgent)))


def _due(now: datetime, moment: datetime) -> Select[Notice]:
    return (
        select(Notice)
        .where(_free(moment), Notice.next_try_at <= now)
        .options(joinedload(Notice.person))
        .order_by(Notice.next_try_at, Notice.id)
        .with_for_update(skip_locked=True, of=Notice)
    )


def _free(now: datetime) -> ColumnElement[bool]:
    unclaimed = or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now)
    return (Notice.mail_state == "waiting") & unclaimed


def _carry(carrier: Carrier, letter: Letter, settings: Settings) -> Answer:
    try:
        return carrier.send(written(letter, settings))
    except ServerAway as error:
        return Answer(taken=False, for_good=False, words=str(error), server_away=True)
    except ValueError as error:
        return Answer(taken=False, for_good=True, words=f"Cannot be written: {error}")


def _mark(engine: Engine, letter: Letter, answer: Answer, now: datetime) -> str:
    """Write down what became of a letter, unless its lease ran out and somebody else has it."""
    pause = rules.pause_after(letter.tries)
    if answer.taken:
        outcome, changes = "sent", {"mail_state": "sent", "mailed_at": now, **_forgotten_link()}
    elif answer.for_good or pause is None:
        outcome, changes = "failed", {"mail_state": "failed", **_forgotten_link()}
    else:
        outcome, changes = "put_off", {"next_try_at": now + pause}
    if answer.server_away:
        outcome, changes = "put_off", _as_if_never_tried(now)
    with open_work(engine) as work:
        work.session.execute(
            update(Notice)
            .where(Notice.id.in_(letter.notice_ids), Notice.claimed_until == letter.leased_until)
            .values(claimed_until=None, last_answer=answer.words[:2000], **changes)
        )
    return outcome


def _as_if_never_tried(now: datetime) -> dict[str, Any]:
    """Return the change that takes a try back: who never was asked has not refused anything."""
    return {"next_try_at": now + rules.PAUSES[0], "tries": Notice.tries - 1, "letter": ""}


def _forgotten_link() -> dict[str, Any]:
    """Return the change that forgets a link which only the mail's reader may have."""
    return {"link": case((Notice.in_inbox, Notice.link), else_="")}
