"""The filled demo as a file, copied for whoever breaks into it, with a few things it lacks."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from lended import clock, create_app
from lended.access import Scope
from lended.accounts.models import Invitation, JoinRequest, MailedLink, Organisation, Token
from lended.accounts.rules import digest
from lended.demo import content, filling
from lended.loans.models import Binding, DeletionDuty, IncidentPhoto, Loan, LoanLine
from lended.loans.rules.calendar import Closure, WorkingDays
from lended.loans.rules.openings import write_working_days
from lended.needs.models import PutAside
from lended.notices.models import CalendarFeed
from lended.operations.database import upgrade_database
from lended.web import pictures
from lended.web.limits import limiter
from tests.conftest import settings_for
from tests.makers import Makers

PASSWORD = content.PASSWORD
INVITED, INVITED_NEW = "invited-token", "invited-new-token"
RESET, REGISTER = "reset-token", "register-token"
FEED = "mark-of-a-calendar"
NEWCOMER, INVITEE = "newcomer@nowhere.example", "invitee@nowhere.example"
MILLFOLD, LEADERLESS = "Millfold Primary School", "Leaderless Lane Primary"
ELSEWHERE = "Candlewick High School"
PHOTO = f"{'0' * 64}.jpg"
FRESH_EACH_TIME = re.compile(r'name="(csrf_token|once)" value="[^"]*"')


def build(folder: Path) -> Path:
    """Fill a demo in a folder and return its database; takes some seconds."""
    path = folder / "filled.db"
    app = create_app(settings_for(f"sqlite:///{path}", folder, demo=True))
    upgrade_database(app)
    filling.fill(app)
    with app.app_context():
        engine = app.extensions["migrate"].db.engine
        _complete(engine)
        engine.dispose()
    return path


def _complete(engine: Engine) -> None:
    """Add what the demo lacks: open invitations, people who ask, a kit to be sent, a closed day."""
    make = Makers(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, id FROM organisations").all()
    places = {str(name): int(number) for name, number in rows}
    newcomer = make.person(email=NEWCOMER, name="Nuala Newcomer")
    make.person(email=INVITEE, name="Ivor Invitee")
    leaderless = make.organisation(name=LEADERLESS)
    make.school(leaderless)
    later = clock.now() + timedelta(days=9)
    lasting: dict[str, Any] = {"created_at": clock.now(), "expires_at": later}
    for token, email in ((INVITED, INVITEE), (INVITED_NEW, "new@nowhere.example")):
        kept_for = {"email": email, "role": "teacher", "token_digest": digest(token)}
        make.save(Invitation(organisation_id=places[MILLFOLD], **kept_for, **lasting))
    make.save(MailedLink(email=NEWCOMER, person_id=newcomer.id, token_digest=digest(RESET),
                         **lasting))  # fmt: skip
    make.save(MailedLink(email="quite.new@nowhere.example", token_digest=digest(REGISTER),
                         **lasting))  # fmt: skip
    for place in (places[MILLFOLD], leaderless.id):
        make.save(JoinRequest(person_id=newcomer.id, organisation_id=place, role="teacher",
                              words="I begin in Year 4.", asked_at=clock.now()))  # fmt: skip
    _show_what_is_amiss(engine, make)
    _let_programs_act(engine, make)
    _take_a_seat(engine)
    _withdraw_a_code(engine)
    _lose_what_held_data(engine, make, places[ELSEWHERE])
    make.save(PutAside(need_id=1, product_id=1, reason="already_tried", at=clock.now()))
    with engine.begin() as connection:
        amira = connection.exec_driver_sql(
            "SELECT id FROM people WHERE email = 'amira.hussain@millfold.example'"
        ).scalar_one()
    make.save(CalendarFeed(person_id=amira, mark=FEED, made_at=clock.now()))
    _close_a_day(engine)
    with engine.begin() as connection:
        for table, key in (("loans", "id"), ("loan_lines", "loan_id")):
            connection.exec_driver_sql(
                f"UPDATE {table} SET state = 'preparing' WHERE {key} = "
                "(SELECT max(id) FROM loans WHERE state = 'requested')"
            )


def _close_a_day(engine: Engine) -> None:
    shut = clock.today() - timedelta(days=60)
    closed = WorkingDays(closures=(Closure(shut, shut),))
    with engine.begin() as connection:
        connection.execute(
            update(Organisation)
            .where(Organisation.name.in_((MILLFOLD, "Larkrise Learning")))
            .values(working_days=write_working_days(closed))
        )


def _show_what_is_amiss(engine: Engine, make: Makers) -> None:
    """Add a picture of what is to be settled."""
    with engine.connect() as connection:
        opened = connection.exec_driver_sql(
            "SELECT id, opened_by_id FROM incidents WHERE kind = 'missing'"
        ).all()
    incident_id, person_id = min(tuple(row) for row in opened if row)
    make.save(IncidentPhoto(incident_id=incident_id, person_id=person_id, at=clock.now(),
                            name=PHOTO))  # fmt: skip


def _take_a_seat(engine: Engine) -> None:
    """Let the teacher of the loan with codes have taken its first seat just now."""
    with engine.begin() as connection:
        seat, teacher = connection.exec_driver_sql(
            "SELECT b.id, l.teacher_id FROM bindings b JOIN loan_lines n ON n.id = b.line_id "
            "JOIN loans l ON l.id = n.loan_id WHERE l.state = 'issued' AND b.code_id IS NOT NULL "
            "ORDER BY b.id LIMIT 1"
        ).one()
        taken = {"shown_at": clock.now(), "shown_to_id": teacher}
        connection.execute(update(Binding).where(Binding.id == seat).values(**taken))


def _withdraw_a_code(engine: Engine) -> None:
    """Withdraw a code of the seats that have the first one."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE activation_codes SET state = 'withdrawn' WHERE id = "
            "(SELECT max(id) FROM activation_codes WHERE state = 'free' AND pool_id = "
            "(SELECT pool_id FROM activation_codes ORDER BY id LIMIT 1))"
        )


def _lose_what_held_data(engine: Engine, make: Makers, not_here: int) -> None:
    """Let a loan that nobody told of be lost, with data to be deleted after it."""
    due_on = clock.today() + timedelta(days=30)
    with engine.begin() as connection:
        lost = connection.exec_driver_sql(
            "SELECT min(l.id) FROM loans l JOIN loan_lines n ON n.loan_id = l.id "
            "JOIN pools p ON p.id = n.pool_id WHERE l.state = 'closed' AND p.kind = 'physical' "
            "AND l.school_id <> ? AND l.id NOT IN (SELECT loan_id FROM incidents) "
            "AND l.id NOT IN (SELECT loan_id FROM outcomes WHERE published_at IS NOT NULL)",
            (not_here,),
        ).scalar_one()
        connection.execute(
            update(Loan).where(Loan.id == lost).values(state="lost", closed_as="", act_by=due_on)
        )
        connection.execute(update(LoanLine).where(LoanLine.loan_id == lost).values(state="lost"))
    make.save(DeletionDuty(loan_id=lost, due_on=due_on))


def _let_programs_act(engine: Engine, make: Makers) -> None:
    """Give everyone a token at each of their places, used today, so that reading writes nothing."""
    here = "SELECT DISTINCT person_id, organisation_id FROM memberships WHERE ended_at IS NULL"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(here).all()
    for person_id, place_id in rows:
        secret = program_token(person_id, place_id)
        make.save(Token(organisation_id=place_id, person_id=person_id, name="A program",
                        scopes=tuple(Scope), token_digest=digest(secret), ending="xxxx",
                        made_at=clock.now(), last_used_on=clock.today()))  # fmt: skip


def program_token(person_id: int, place_id: int) -> str:
    """Return the token of a person at a place."""
    return f"lended_{person_id:06}{place_id:06}".ljust(len("lended_") + 43, "x")


class World:
    """An application on a copy of the filled demo, which can be put back as it was."""

    def __init__(self, filled: Path, folder: Path) -> None:
        self.filled = filled
        self.path = folder / "world.db"
        shutil.copy(filled, self.path)
        self.app: Flask = create_app(settings_for(f"sqlite:///{self.path}", folder, demo=True))
        self.app.config["WTF_CSRF_ENABLED"] = False
        pictures.store(folder / "uploads", PHOTO, b"a picture")
        limiter.enabled = False
        self.watch = sqlite3.connect(self.path)
        self.began_at = self.version()

    def close(self) -> None:
        """Let go of the file and slow people down again."""
        limiter.enabled = True
        self.watch.close()
        with self.app.app_context():
            self.app.extensions["migrate"].db.engine.dispose()

    def version(self) -> int:
        """Return a number that changes whenever anybody else has written anything."""
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """Put everything back as it was, if anything was written."""
        if self.version() == self.began_at:
            return
        with self.app.app_context():
            self.app.extensions["migrate"].db.engine.dispose()
        with sqlite3.connect(self.filled) as filled:
            filled.backup(self.watch)
        filled.close()
        self.began_at = self.version()

    def digests(self) -> dict[str, str]:
        """Return a digest of each table, so that a test can say which one changed."""
        return {
            name: hashlib.sha256(repr(self.rows(f"SELECT * FROM {name} ORDER BY 1")).encode())
            .hexdigest()[:12]
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }  # fmt: skip

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        return self.watch.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        """Ask the database itself for one value; None when there is none."""
        rows = self.rows(query, *values)
        return rows[0][0] if rows else None

    def client(self, person_id: int | None = None, place_id: int | None = None) -> FlaskClient:
        """Return a client of a person who acts for a place; a visitor without one.

        It is signed in, and shows a token of that person and place where tokens count.
        """
        client = self.app.test_client()
        first = "SELECT organisation_id FROM memberships WHERE person_id = ? ORDER BY id"
        at = place_id or self.one(first, person_id)
        if person_id is not None and at is not None:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {program_token(person_id, at)}"
        if person_id is not None:
            number = self.one("SELECT session_version FROM people WHERE id = ?", person_id)
            with client.session_transaction() as cookie:
                cookie["_user_id"] = f"{person_id}:{number}"
                cookie["_fresh"] = True
                if place_id is not None:
                    cookie["organisation_id"] = place_id
        return client


def lasting(page: str) -> str:
    """Return a page without what is fresh each time it is shown."""
    return FRESH_EACH_TIME.sub("", page)
