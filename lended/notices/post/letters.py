"""Letters: what goes to one reader in one mail, and how it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from textwrap import fill
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config import ROOT, Settings
from lended.notices.models import Notice
from lended.notices.rules import one_line

LINE = 72
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 - plain text, which no browser renders
    trim_blocks=True,
    lstrip_blocks=True,
)


def wrapped(text: str) -> str:
    """Return text in lines short enough for every mail program, its paragraphs kept."""
    return "\n".join(
        fill(line, LINE, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


TEMPLATES.filters["wrapped"] = wrapped


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened."""

    title: str
    words: str
    link: str
    action: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, and the lease under which it is sent.

    Parameters
    ----------
    name
        The reader's; empty where only the address is known.
    mark
        Names the letter for ever: the same each time it is tried.
    tries
        How often it was tried, this time included.
    """

    notice_ids: tuple[int, ...]
    leased_until: datetime
    email: str
    name: str
    items: tuple[Item, ...]
    mark: str
    made_at: datetime
    tries: int

    @classmethod
    def of(cls, notices: Sequence[Notice], leased_until: datetime) -> Letter:
        """Return the letter that tells these notices of one reader, which are at least one."""
        first = notices[0]
        told = "|".join(f"{notice.id}:{notice.key}" for notice in notices)
        return cls(
            notice_ids=tuple(notice.id for notice in notices),
            leased_until=leased_until,
            email=first.email,
            name=first.person.name if first.person else "",
            items=tuple(
                Item(notice.title, notice.words, notice.link, notice.action) for notice in notices
            ),
            mark=hashlib.sha256(f"{first.email}|{told}".encode()).hexdigest()[:32],
            made_at=first.made_at,
            tries=max(notice.tries for notice in notices),
        )

    @property
    def subject(self) -> str:
        """What the reader sees first."""
        if len(self.items) == 1:
            return one_line(self.items[0].title)
        return f"{len(self.items)} things happened on LendED"


def written(letter: Letter, settings: Settings) -> EmailMessage:
    """Write a letter as a mail.

    Everything that reaches a header is one line without control characters, so that nothing a
    person typed can begin another header.

    Raises
    ------
    ValueError
        When the address is none that a mail can be sent to.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = _address(*parseaddr(settings.mail_from))
    message["To"] = _address(letter.name, letter.email)
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.mark}@{urlsplit(settings.base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    template = TEMPLATES.get_template("mail/letter.txt")
    text = template.render(letter=letter, base_url=settings.base_url)
    message.set_content(text, cte="7bit" if text.isascii() else None)
    return message


def _address(name: str, email: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=email)
