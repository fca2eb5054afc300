"""Keys against repetition: a request sent again under its key is the same change, answered alike.

A key is kept with a digest of the request and the answer to it, in the transaction of the change:
both are there or neither. Two equal requests at the same moment wait for each other, because the
key is unique; the second then gets the answer of the first. A refused request keeps nothing, so the
same key may be tried again.

References
----------
IETF draft: The Idempotency-Key HTTP Header Field.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, current_app, request
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Invalid
from lended.web import bearer
from lended.web.database import db, reader, transaction
from lended.web.models import KeptAnswer
from lended.web.programs.answers import answered
from lended.work import Work, open_work

HEADER = "Idempotency-Key"
REPEATED = "Idempotency-Replayed"
LONGEST = 255
KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST}}}")
KEPT = timedelta(days=7)
NO_KEY = f"A key is 1 to {LONGEST} plain letters, digits and signs, without spaces."
USED = "This key was used for another request. Take a new key for each change."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a change is answered with; ``location`` is where what was made is found."""

    body: object
    status: int = 200
    location: str = ""


class Repeated(Exception):
    """A request under this key was answered before."""


def once(change: Callable[[Work], Answer]) -> Response:
    """Make a change and answer it; or repeat the earlier answer to the same request.

    Parameters
    ----------
    change
        Makes the change in the transaction it is given, and says what to answer.

    Raises
    ------
    Invalid
        When the key is none, or was used for another request.
    """
    key = _key()
    try:
        with transaction() as work:
            if key:
                _claim(work.session, key)
            answer = change(work)
            response = answered(answer.body, answer.status, answer.location)
            if key:
                _keep(work.session, key, response)
    except Repeated:
        return _repeat(key)
    return response


def forget_old(now: datetime) -> int:
    """Forget answers nobody will ask for again, and return how many."""
    with open_work(db.engine) as work:
        old = delete(KeptAnswer).where(KeptAnswer.made_at < now - KEPT)
        return len(work.session.scalars(old.returning(KeptAnswer.key_digest)).all())


def _key() -> str:
    """Return what a key is kept as: a digest of it and of whose it is; empty for no key."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        raise Invalid(NO_KEY, {HEADER: NO_KEY})
    return _digest(str(bearer.demand_program().token_id), key)


def _claim(session: Session, key: str) -> None:
    row = KeptAnswer(key_digest=key, request_digest=_request_digest(), made_at=clock.now())
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise Repeated from error


def _keep(session: Session, key: str, response: Response) -> None:
    answer = {
        "status": response.status_code,
        "body": response.get_data(as_text=True),
        "location": response.headers.get("Location", ""),
    }
    session.execute(update(KeptAnswer).where(KeptAnswer.key_digest == key).values(**answer))


def _repeat(key: str) -> Response:
    kept = reader().get(KeptAnswer, key)
    if kept is None or kept.request_digest != _request_digest():
        raise Invalid(USED, {HEADER: USED})
    response = current_app.response_class(kept.body, kept.status, mimetype="application/json")
    response.headers[REPEATED] = "true"
    if kept.location:
        response.headers["Location"] = kept.location
    return response


def _request_digest() -> str:
    return _digest(request.method, request.full_path, request.get_data(as_text=False).hex())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
