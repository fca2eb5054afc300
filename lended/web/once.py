"""One-time tokens: a double click is one change.

Every form that changes things carries a fresh token. The first submission stores it in its own
transaction; ``lended.web.repeats`` leads a repetition to where the first one ended.
"""

from __future__ import annotations

import secrets

from flask import g
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lended import clock
from lended.web.models import Submission

FIELD = "once"
LONGEST = 64


class AlreadySent(Exception):
    """The very same form was sent before."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.token = token


def fresh_token() -> str:
    """Return a token for one form on one page."""
    return secrets.token_urlsafe(18)


def may_be_token(token: str) -> bool:
    """Tell whether a form can have carried this; what is none is not asked for in the database."""
    return 0 < len(token) <= LONGEST and token.isascii() and token.isprintable()


def use_up(session: Session, token: str) -> None:
    """Mark a token as used; nothing happens for a form without one.

    Raises
    ------
    AlreadySent
        When the same form has been sent before.
    """
    if not may_be_token(token):
        return
    session.add(Submission(token=token, created_at=clock.now(), location=""))
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadySent(token) from error
    g.used_token = token
