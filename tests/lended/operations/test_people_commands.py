"""Accounts from the command line: how a new installation begins."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.accounts.models import Membership, Organisation, Person
from lended.notices.models import Notice
from tests.makers import Makers

STAFF = ("user", "create", "jean@lended.example", "--name", "Jean", "--role", "staff")


def run(app: Flask, *words: str) -> tuple[int, str]:
    """Run a command and return its exit code and what it said."""
    result = app.test_cli_runner().invoke(args=list(words))
    return result.exit_code, result.output


def test_the_first_member_of_staff_makes_the_platform_and_gets_a_link(
    app: Flask, made: Makers
) -> None:
    assert run(app, *STAFF)[0] == 0
    with Session(made.engine) as session:
        person = session.scalars(select(Person)).one()
        platform = session.scalars(select(Organisation)).one()
        membership = session.scalars(select(Membership)).one()
        letter = session.scalars(select(Notice).where(Notice.email == person.email)).one()
    assert (platform.kind, membership.role) == ("platform", "staff")
    assert "/reset/" in letter.link


def test_somebody_joins_an_organisation_that_is_there(app: Flask, made: Makers) -> None:
    made.organisation("school", "Millfold Primary")
    words = ["user", "create", "a@b.example", "--name", "A", "--role", "teacher"]
    code, said = run(app, *words, "--organisation", "Millfold Primary")
    assert code == 0, said
    assert run(app, *words)[0] != 0
    assert run(app, *words, "--organisation", "Nowhere")[0] != 0


def test_a_second_account_for_one_address_is_refused(app: Flask) -> None:
    assert run(app, *STAFF)[0] == 0
    assert run(app, *STAFF)[0] != 0


def test_an_account_is_ended(app: Flask, made: Makers) -> None:
    person = made.person(made.organisation(), "teacher")
    assert run(app, "user", "disable", person.email)[0] == 0
    with Session(made.engine) as session:
        assert session.get_one(Person, person.id).disabled_at is not None
    code, said = run(app, "user", "disable", "nobody@school.example")
    assert code != 0
    assert "Nobody has an account" in said
