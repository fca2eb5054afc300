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
from lended import calendars
from lended.calendars import Entry
from lended.notices.models import Notice
from lended.notices.rules import CHOICES, Topic, one_line
from lended.notices.rules.signatures import mail_token

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
    topics
        What it is about that its reader may choose not to be mailed about.
    entries
        Dates that go with it as a calendar file.
    mark
        Names the letter for ever: the same each time it is tried.
    tries
        How often it was tried, this time included.
    """

    notice_ids: tuple[int, ...]
    leased_until: datetime
    email: str
    name: str
    person_id: int | None
    topics: tuple[Topic, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    mark: str
    made_at: datetime
    tries: int

    @classmethod
    def of(cls, notices: Sequence[Notice], leased_until: datetime) -> Letter:
        """Return the letter that tells these notices of one reader, which are at least one."""
        first = notices[0]
        return cls(
            notice_ids=tuple(notice.id for notice in notices),
            leased_until=leased_until,
            email=first.email,
            name=first.person.name if first.person else "",
            person_id=first.person_id,
            topics=tuple(sorted({Topic(notice.topic) for notice in notices} & CHOICES.keys())),
            items=tuple(
                Item(notice.title, notice.words, notice.link, notice.action) for notice in notices
            ),
            entries=tuple(Entry.of_stored(notice.entry) for notice in notices if notice.entry),
            mark=first.letter or _mark(notices),
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
    stop_url = _stop_url(letter, settings)
    if stop_url:
        message["List-Unsubscribe"] = f"<{stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    template = TEMPLATES.get_template("mail/letter.txt")
    text = template.render(
        letter=letter,
        base_url=settings.base_url,
        stop_url=stop_url,
        about=[CHOICES[topic].title for topic in letter.topics],
    )
    message.set_content(text, cte="7bit" if text.isascii() else None)
    if letter.entries:
        _attach_dates(message, letter, settings)
    return message


def _stop_url(letter: Letter, settings: Settings) -> str:
    """Return where its reader stops mail like this; empty for what is essential."""
    if letter.person_id is None or not letter.topics:
        return ""
    token = mail_token(settings.secret_key, letter.person_id, letter.topics)
    return f"{settings.base_url}/unsubscribe/{token}"


def _attach_dates(message: EmailMessage, letter: Letter, settings: Settings) -> None:
    message.add_attachment(
        calendars.written(letter.entries, settings.base_url).decode(),
        subtype="calendar",
        filename="dates.ics",
        cte="base64",
        params={"method": "PUBLISH"},
    )


def _mark(notices: Sequence[Notice]) -> str:
    told = "|".join(f"{notice.id}:{notice.key}" for notice in notices)
    return hashlib.sha256(f"{notices[0].email}|{told}".encode()).hexdigest()[:32]


def _address(name: str, email: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=email)
