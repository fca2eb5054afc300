"""What happens to a form that is sent twice: its sender is led to where the first one ended."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from flask import Flask, Response, flash, g, redirect, request
from sqlalchemy import bindparam, delete, select, update
from werkzeug.wrappers import Response as AnyResponse

from lended.errors import Conflict, NotAllowed, NotFound, Refusal
from lended.web import once
from lended.web.database import db
from lended.web.error_pages import error_page
from lended.web.models import Submission
from lended.web.once import AlreadySent
from lended.work import open_work

PATIENCE_SECONDS = 2.0
KEPT = timedelta(days=2)

USED = select(Submission.token).where(Submission.token == bindparam("this_token"))
LED_TO = update(Submission).where(Submission.token == bindparam("this_token"))


def wire(app: Flask) -> None:
    """Remember where each form led, and lead repetitions there."""
    app.after_request(_remember_location)
    app.register_error_handler(AlreadySent, _lead_to_the_first)
    for refusal in (Conflict, NotAllowed, NotFound):
        app.register_error_handler(refusal, _refused_unless_sent_before)


def forget_old(now: datetime) -> int:
    """Forget tokens nobody will send again, and return how many."""
    with open_work(db.engine) as work:
        old = delete(Submission).where(Submission.created_at < now - KEPT)
        return len(work.session.scalars(old.returning(Submission.token)).all())


def _remember_location(response: Response) -> Response:
    token = g.pop("used_token", "")
    if token and response.location:
        with open_work(db.engine) as work:
            work.run(LED_TO, {"this_token": token, "location": response.location[:2000]})
    return response


def _lead_to_the_first(error: AlreadySent) -> AnyResponse:
    patient_until = time.monotonic() + PATIENCE_SECONDS
    query = select(Submission.location).where(Submission.token == error.token)
    while time.monotonic() < patient_until:
        with db.engine.connect() as connection:
            location = connection.scalar(query)
        if location:
            return redirect(location, code=303)
        time.sleep(0.02)
    flash("You had already sent this form. It was counted once.", "notice")
    return redirect("/", code=303)


def _refused_unless_sent_before(error: Refusal) -> AnyResponse:
    """Lead to where the first one ended what is refused only because that one was granted."""
    token = request.form.get(once.FIELD, "") if request.method == "POST" else ""
    if once.may_be_token(token) and _is_used(token):
        return _lead_to_the_first(AlreadySent(token))
    return error_page(error.status, error.words)


def _is_used(token: str) -> bool:
    with db.engine.connect() as connection:
        return connection.scalar(USED, {"this_token": token}) is not None
