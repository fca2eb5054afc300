"""Hostile words that are already in the database, shown to everyone and written into mail."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import html5lib
import pytest
from sqlalchemy.orm import Session, joinedload

from lended import clock
from lended.notices.models import Notice
from lended.notices.post.letters import Letter, written
from tests.conftest import settings_for
from tests.strangers.cast import person
from tests.strangers.oddities import WOULD_BE
from tests.strangers.test_leaks import everything_read
from tests.strangers.world import World

HOSTILE = "\"'></textarea></title><script>alert(1)</script>{{31337*31}}\r\nBcc: all@x.example"
WORDS = {
    "people": ("name",),
    "organisations": ("name",),
    "needs": ("text",),
    "loans": ("need_text", "terms", "access_words"),
    "loan_events": ("words",),
    "plans": ("goal", "measure", "baseline_words", "threshold_words", "teaching_change",
              "education_lead", "sponsor", "unit"),
    "paperwork": ("deputy", "address", "delivery_window", "data_protection_words"),
    "contents_checks": ("words", "tracking"),
    "outcomes": ("what_happened", "school_described_as", "unit"),
    "outcome_reasons": ("would_have_worked",),
    "decisions": ("words",),
    "products": ("name", "summary", "description", "state_words"),
    "suppliers": ("name", "about", "town", "state_words"),
    "units": ("condition",),
    "schools": ("name", "town", "authority_name"),
    "notices": ("title", "words", "action", "link"),
    "join_requests": ("words",),
}  # fmt: skip
ROLES = ("", "amira.hussain@millfold.example", "ruth.ackroyd@millfold.example",
         "daniel.okafor@hawkesmere.example", "nell@larkriselearning.example",
         "jean@lended.example")  # fmt: skip
PARSED_STRICTLY = 12


@pytest.fixture(scope="module")
def poisoned(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a world in which every word anybody ever wrote is hostile."""
    world = World(filled, tmp_path_factory.mktemp("poisoned"))
    for table, columns in WORDS.items():
        values = ", ".join(f"{column} = ?" for column in columns)
        world.watch.execute(f"UPDATE {table} SET {values}", [HOSTILE] * len(columns))
    world.watch.commit()
    yield world
    world.close()


@pytest.mark.parametrize("email", ROLES)
def test_no_page_lets_stored_words_be_anything_but_words(poisoned: World, email: str) -> None:
    client = poisoned.client(person(poisoned, email) if email else None)
    texts = everything_read(poisoned, client)
    hostile = [path for path, text in texts.items() if "&lt;script&gt;alert" in text]
    assert len(hostile) > 5
    for path, text in texts.items():
        assert "<script>alert" not in text, path
        assert WOULD_BE not in text, path
    for path in hostile[:PARSED_STRICTLY]:
        html5lib.HTMLParser(strict=True).parse(texts[path])


def test_no_mail_gets_another_head_from_stored_words(poisoned: World, tmp_path: Path) -> None:
    settings = settings_for("sqlite://", tmp_path)
    with poisoned.app.app_context():
        engine = poisoned.app.extensions["migrate"].db.engine
        with Session(engine) as session:
            notice = session.get_one(Notice, 1, options=[joinedload(Notice.person)])
            assert notice.person is not None
            assert "Bcc" in notice.person.name
            letter = Letter.of([notice], clock.now())
    mail = message_from_bytes(bytes(written(letter, settings)), policy=policy.default)
    assert mail["Bcc"] is None
    assert [name for name in mail if name in {"To", "Subject"}] == ["Subject", "To"]
    assert "\n" not in mail["Subject"]


def test_a_notice_that_would_lead_away_leads_to_the_inbox(poisoned: World) -> None:
    amira = person(poisoned, "amira.hussain@millfold.example")
    number = poisoned.one("SELECT id FROM notices WHERE person_id = ? AND in_inbox", amira)
    assert poisoned.client(amira).post(f"/inbox/{number}").location == "/inbox"
