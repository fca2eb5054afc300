"""Links that need no sign-in: signed, so that nobody can make one up, and good for one thing only.

What is signed says who it is for and what for; nothing that is signed for one thing opens another.
They end when the installation's secret is changed.

References
----------
RFC 2104 (HMAC), as `itsdangerous` uses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from lended.notices.rules.topics import CHOICES, Topic

MAIL, CALENDAR = "lended.stop-mail", "lended.calendar"
LONGEST = 400
"""Characters of what can have been signed by us."""


def mail_token(secret: str, person_id: int, topics: Iterable[Topic]) -> str:
    """Return what lets its holder stop a person's mail about some topics, and nothing else."""
    return _signer(secret, MAIL).dumps([person_id, *sorted(topics)])


def mail_of(secret: str, token: str) -> tuple[int, tuple[Topic, ...]] | None:
    """Return whose mail about which topics a token stops; None when we never signed it."""
    signed = _read(secret, MAIL, token)
    if not isinstance(signed, list) or len(signed) < 2:
        return None
    person_id, *names = signed
    return person_id, tuple(Topic(name) for name in names if name in CHOICES)


def calendar_token(secret: str, mark: str) -> str:
    """Return what opens the calendar that has a mark."""
    return _signer(secret, CALENDAR).dumps(mark)


def calendar_of(secret: str, token: str) -> str | None:
    """Return the mark of the calendar a token opens; None when we never signed it."""
    signed = _read(secret, CALENDAR, token)
    return signed if isinstance(signed, str) else None


def _signer(secret: str, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt, signer_kwargs={"digest_method": hashlib.sha256})


def _read(secret: str, salt: str, token: str) -> Any:
    if len(token) > LONGEST:
        return None
    try:
        return _signer(secret, salt).loads(token)
    except BadData:
        return None
