"""Many teachers of many schools, who ask a running server at its pages or by programs."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Scope
from lended.accounts import rules
from lended.accounts.models import Membership, Organisation, Person, Token
from tests.conftest import SECRET
from tests.lended.operations.running import Running
from tests.makers import HASH, Makers

FORGERY_MARK = "what only the session and its forms know"
GONE = (OSError, HTTPException)
"""What a client sees of a server that is killed while it answers."""


def _signer() -> URLSafeTimedSerializer:
    """Return what signs sessions as the server does."""
    app = Flask(__name__)
    app.secret_key = SECRET
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return signer


SIGNER = _signer()
"""Made once: building routes parses code, which Python 3.11 cannot do in many threads at once."""


@dataclass
class Member:
    """A teacher who also leads a school, with a session and with a program."""

    person: Person
    school: Organisation
    token: str
    draft: int = 0
    answers: list[int] = field(default_factory=list)

    def by_page(self, server: Running, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        """Send a form as a browser does; return the status and the page."""
        headers = {
            "Cookie": f"lended={self._session()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._sent(server, path, headers, urlencode(fields | {"csrf_token": _form_token()}))

    def by_program(
        self, server: Running, path: str, body: dict[str, Any], key: str
    ) -> tuple[int, str]:
        """Change something under a key; return the status and the answer."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        return self._sent(server, f"/api/v1{path}", headers, json.dumps(body))

    def _sent(
        self, server: Running, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, str]:
        response, content = server.ask("POST", path, headers, body)
        return response.status, content.decode()

    def _session(self) -> str:
        known = {
            "_user_id": f"{self.person.id}:{self.person.session_version}",
            "_fresh": True,
            "organisation_id": self.school.id,
            "csrf_token": FORGERY_MARK,
        }
        return str(SIGNER.dumps(known))


def _form_token() -> str:
    return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(FORGERY_MARK))


def gather(make: Makers, many: int) -> list[Member]:
    """Make so many members, each of a school of its own, in one transaction."""
    now = clock.now()
    with Session(make.engine, expire_on_commit=False) as session:
        session.connection(execution_options={"lended_writes": True})
        members = [
            Member(
                Person(
                    email=f"crowd{number}@school.example",
                    name=f"Teacher {number}",
                    password_hash=HASH,
                    session_version=1,
                    created_at=now,
                ),
                Organisation(kind="school", name=f"School of the crowd {number}", created_at=now),
                rules.fresh_program_token(),
            )
            for number in range(many)
        ]
        session.add_all([each.person for each in members] + [each.school for each in members])
        session.flush()
        for each in members:
            session.add_all(_rights(each))
        session.commit()
    return members


def _rights(member: Member) -> list[Membership | Token]:
    now, ids = clock.now(), {"person_id": member.person.id, "organisation_id": member.school.id}
    token = Token(
        **ids,
        name="A program",
        scopes=tuple(str(scope) for scope in Scope),
        token_digest=rules.digest(member.token),
        ending=member.token[-4:],
        made_at=now,
        last_used_on=clock.today(),
    )
    roles = [Membership(**ids, role=role, created_at=now) for role in ("teacher", "school_lead")]
    return [*roles, token]


def fresh_key() -> str:
    """Return a key that was never used."""
    return secrets.token_hex(8)
