"""A mail server that is down while loans move: nothing waits for it, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.notices.models import Notice
from lended.notices.post import Sent, send_due
from tests.conftest import Transaction, settings_for
from tests.lended.loans.scene import Scene
from tests.lended.notices.conftest import Office, free_port, states
from tests.makers import Makers

SETTLED = {"sent", "not_wanted"}


@pytest.fixture
def away(tmp_path: Path) -> Settings:
    return settings_for("sqlite://", tmp_path, smtp_url=f"smtp://127.0.0.1:{free_port()}")


def test_a_loan_goes_all_its_way_and_is_told_of_once_the_mail_server_is_back(
    engine: Engine,
    make: Makers,
    transaction: Transaction,
    away: Settings,
    office: tuple[Office, str],
    by_smtp: Settings,
) -> None:
    scene, letters = Scene(make, transaction), office[0].letters
    loan_id = scene.draft()
    for step in scene.steps(loan_id):
        step()
        assert send_due(engine, away, clock.now()).sent == 0
    assert scene.state(loan_id) == "closed"
    with Session(engine) as session:
        told = len(session.scalars(select(Notice.id).where(Notice.mail_state == "waiting")).all())
    assert told > len(scene.steps(loan_id))
    back = clock.now() + timedelta(days=2)
    first = send_due(engine, by_smtp, back)
    assert first.sent > 0
    assert first.failed == first.put_off == 0
    assert set(states(engine)) <= SETTLED
    assert send_due(engine, by_smtp, back + timedelta(days=30)) == Sent()
    assert max(Counter(office[0].marks).values()) == 1
    said = Counter((str(letter["To"]), str(letter["Subject"])) for letter in letters)
    assert max(said.values()) == 1
    assert len(letters) == first.sent
