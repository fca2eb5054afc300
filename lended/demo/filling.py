"""The demo and the application: whether it is there, filling it, throwing it away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from config import Settings
from lended.access import ROLE_WORDS, Role
from lended.accounts.models import Person
from lended.demo import content, service
from lended.errors import Conflict
from lended.web.database import db, reader, transaction


def is_empty(app: Flask) -> bool:
    """Tell whether nobody has an account yet."""
    with app.app_context():
        return not reader().scalar(select(func.count()).select_from(Person))


def fill(app: Flask) -> None:
    """Fill the demo.

    Raises
    ------
    Conflict
        When there is something in the database already: nothing is mixed with the demo.
    """
    if not is_empty(app):
        raise Conflict("There is something in this database already; the demo needs an empty one.")
    with app.app_context(), transaction() as work:
        service.fill(work)


def forget(settings: Settings) -> None:
    """Throw the demo away: its SQLite database, its mail and what was learnt of its products.

    Raises
    ------
    Conflict
        When the database is not an SQLite file of the demo's own.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Conflict("--fresh throws away SQLite databases only. Empty this one yourself.")
    db.engine.dispose()
    for path in settings.data_folder.glob(f"{url.database.rsplit('/', 1)[-1]}*"):
        path.unlink()
    for folder in (settings.mail_folder, settings.index_folder, settings.upload_folder):
        shutil.rmtree(folder, ignore_errors=True)


def account_lines() -> Iterator[str]:
    """Return a line for each account to sign in with."""
    for person in content.guides():
        role = ROLE_WORDS[Role(person["roles"][0]["role"])]
        yield f"{role}: {person['email']}, password “{content.PASSWORD}”"
