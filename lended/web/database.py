"""The database inside Flask: one session to read with, one door to write through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import Session

from config import Settings
from lended.db import Base, engine_options, prepare_engine
from lended.web import once
from lended.work import Listener, Work, open_work

db = SQLAlchemy(metadata=Base.metadata)
event.listen(db.session, "before_flush", lambda session, *_rest: _refuse_writes(session))


def wire(app: Flask, settings: Settings) -> None:
    """Bind the database and give the application its list of listeners."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    app.extensions["lended.listeners"] = {}
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def listen(app: Flask, listeners: dict[type, list[Listener]]) -> None:
    """Add a feature's listeners to the application's."""
    known: dict[type, list[Listener]] = app.extensions["lended.listeners"]
    for kind, functions in listeners.items():
        known.setdefault(kind, []).extend(functions)


def reader() -> Session:
    """Return the request's session for reading; writing through it fails."""
    return db.session()


@contextmanager
def transaction(*, keep_token: bool = False) -> Iterator[Work]:
    """Open the one transaction in which a view, a command or the clock changes things.

    In a request whose form carries a one-time token the token is used up in the same transaction:
    the second of two equal submissions is led to where the first one ended.

    Parameters
    ----------
    keep_token
        Whether the form's token stays good, because the form will be sent again on purpose.
    """
    db.session.close()  # what was read stays readable, for the page of a form that is refused
    with open_work(db.engine, current_app.extensions["lended.listeners"]) as work:
        if has_request_context() and request.method == "POST" and not keep_token:
            once.use_up(work.session, request.form.get(once.FIELD, ""))
        yield work


def _refuse_writes(session: Session) -> None:
    if session.new or session.deleted or session.dirty:
        raise RuntimeError("The reader was asked to write; open a transaction().")
