"""What a mail says about stopping mail like it, on both engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from config import Settings
from lended import clock
from lended.accounts import service as accounts
from lended.accounts.models import Person
from lended.notices import rules, service
from lended.notices.post import send_due
from lended.notices.rules import Message, Topic
from lended.notices.rules.signatures import mail_of
from tests.conftest import SECRET, Transaction, settings_for
from tests.lended.notices.conftest import Office
from tests.makers import Makers


def tell_about(transaction: Transaction, person: Person, *topics: Topic, **more: Any) -> None:
    for topic in topics:
        message = Message("test", topic, f"About {topic}", "W.", topic=topic, **more)
        with transaction() as work:
            service.tell(work, person, message)


def test_mail_that_is_not_essential_says_how_to_stop_it(
    engine: Engine,
    make: Makers,
    transaction: Transaction,
    office: tuple[Office, str],
    tmp_path: Path,
) -> None:
    """RFC 2369 and RFC 8058: an https link for people and programs."""
    settings = replace(
        settings_for("sqlite://", tmp_path, smtp_url=office[1]), base_url="https://lended.example"
    )
    person = make.person()
    tell_about(transaction, person, Topic.STORIES, Topic.LOANS, urgent=False)
    send_due(engine, settings, rules.next_morning(clock.now(), clock.LONDON))
    (letter,) = office[0].letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(letter["List-Unsubscribe"]).strip("<>")
    address, _, token = link.rpartition("/")
    assert address == "https://lended.example/unsubscribe"
    assert mail_of(SECRET, token) == (person.id, (Topic.LOANS, Topic.STORIES))
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    lines = text.decode().splitlines()
    assert link in lines
    assert "https://lended.example/account/notices" in lines


def test_essential_mail_cannot_be_stopped_and_says_so(
    engine: Engine,
    make: Makers,
    transaction: Transaction,
    office: tuple[Office, str],
    by_smtp: Settings,
) -> None:
    person = make.person()
    tell_about(transaction, person, Topic.ESSENTIAL)
    with transaction() as work:
        accounts.send_way_in(work, "nobody@school.example", "register")
    assert send_due(engine, by_smtp, clock.now()).sent == 2
    for letter in office[0].letters:
        assert "List-Unsubscribe" not in letter
        assert "List-Unsubscribe-Post" not in letter
    told, stranger = (letter.get_payload(decode=True) for letter in office[0].letters)
    assert isinstance(told, bytes)
    assert isinstance(stranger, bytes)
    assert "cannot be" in told.decode()
    assert "/unsubscribe/" not in told.decode() + stranger.decode()
