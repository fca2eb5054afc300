"""What the post does when a letter is refused, on both engines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.notices import rules
from lended.notices.models import Notice
from lended.notices.post import Sent, send_due
from tests.conftest import settings_for
from tests.lended.notices.conftest import Office, Tell, free_port, states
from tests.makers import Makers


def test_a_temporary_refusal_is_tried_again_later_with_the_same_mark(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    tell(make.person(), "1")
    office[0].answers = ["451 Later", "452 Full"]
    now = clock.now()
    assert send_due(engine, by_smtp, now) == Sent(put_off=1)
    assert send_due(engine, by_smtp, now + timedelta(seconds=59)) == Sent()
    assert send_due(engine, by_smtp, now + timedelta(seconds=61)) == Sent(put_off=1)
    assert send_due(engine, by_smtp, now + timedelta(seconds=120)) == Sent()
    assert send_due(engine, by_smtp, now + timedelta(minutes=7)) == Sent(sent=1)
    assert len(office[0].letters) == 1


def test_temporary_refusals_do_not_go_on_for_ever(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    tell(make.person(), "1")
    office[0].answers = ["451 Later"] * 50
    now = clock.now()
    rounds = [send_due(engine, by_smtp, now + timedelta(days=day)) for day in range(20)]
    assert sum(sent.put_off for sent in rounds) == len(rules.PAUSES)
    assert sum(sent.failed for sent in rounds) == 1
    assert states(engine) == ["failed"]


def test_a_refusal_for_good_fails_at_once_and_keeps_what_was_said(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    tell(make.person(), "1", "2")
    office[0].answers = ["550 No such mailbox"]
    assert send_due(engine, by_smtp, clock.now()) == Sent(sent=1, failed=1)
    with Session(engine) as session:
        failed = session.scalars(select(Notice).where(Notice.mail_state == "failed")).one()
    assert "550" in failed.last_answer
    assert "No such mailbox" in failed.last_answer


def test_a_server_that_is_away_costs_no_letter_a_try(
    engine: Engine, make: Makers, tell: Tell, tmp_path: Path
) -> None:
    tell(make.person(), "1", "2")
    away = settings_for("sqlite://", tmp_path, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    for minutes in range(0, 60, 2):
        round_ = send_due(engine, away, clock.now() + timedelta(minutes=minutes))
        assert round_.put_off == 1
    with Session(engine) as session:
        assert set(session.scalars(select(Notice.tries))) == {0}
    assert states(engine) == ["waiting", "waiting"]


def test_an_address_no_mail_can_be_sent_to_fails_and_holds_nobody_up(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    tell(make.person(email="not an address"), "1")
    tell(make.person(), "2")
    assert send_due(engine, by_smtp, clock.now()) == Sent(sent=1, failed=1)
