"""A mail server that keeps what it is given, and the shortest way to tell somebody something."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Callable, Iterator
from email.message import Message as Parsed
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended.notices import service
from lended.notices.models import Notice
from lended.notices.rules import Message
from tests.conftest import Transaction, settings_for
from tests.lended.notices.lent import Lent
from tests.makers import Makers


class Office:
    """An SMTP server that keeps what it is given, or answers as it is told to."""

    def __init__(self) -> None:
        self.letters: list[Parsed] = []
        self.answers: list[str] = []
        self.lock = threading.Lock()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        with self.lock:
            if self.answers:
                return self.answers.pop(0)
            self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 Kept"

    @property
    def marks(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]


@pytest.fixture
def office() -> Iterator[tuple[Office, str]]:
    handler = Office()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def by_smtp(office: tuple[Office, str], tmp_path: Path) -> Settings:
    return settings_for("sqlite://", tmp_path, smtp_url=office[1])


@pytest.fixture
def by_folder(tmp_path: Path) -> Settings:
    return settings_for("sqlite://", tmp_path)


Tell = Callable[..., None]


@pytest.fixture
def tell(transaction: Transaction) -> Tell:
    def telling(person: Any, *keys: str, urgent: bool = True, **more: Any) -> None:
        for key in keys:
            message = Message(
                "test", key, more.get("title", f"Title {key}"), more.get("words", f"Words {key}."),
                link=f"/loans/{key}", action="See the loan", urgent=urgent,
            )  # fmt: skip
            with transaction() as work:
                service.tell(work, person, message)

    return telling


def states(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Notice.mail_state).order_by(Notice.id)))


@pytest.fixture
def lent(make: Makers, transaction: Transaction) -> Lent:
    return Lent(make, transaction)
