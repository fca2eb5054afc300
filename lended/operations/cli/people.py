"""``user``: accounts, from the command line."""

from __future__ import annotations

import secrets

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from lended.access import OrganisationKind, Role
from lended.accounts import passwords, queries
from lended.accounts import service as accounts
from lended.accounts.models import Organisation
from lended.accounts.rules import normal_email
from lended.errors import NotFound
from lended.web.database import transaction
from lended.work import Work

PLATFORM_NAME = "LendED"


@click.group()
def user() -> None:
    """Make an account for somebody, or end one."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--organisation", help="Its exact name; not needed for staff.")
@with_appcontext
def create(email: str, name: str, role: str, organisation: str | None) -> None:
    """Make an account and mail its owner a link to choose a password.

    The first member of staff makes the platform, so this is how a new installation begins.
    """
    password_hash = passwords.hashed(secrets.token_urlsafe(32))
    with transaction() as work:
        place_id = _place(work, role, organisation)
        person = accounts.create_person(work, email=email, name=name, password_hash=password_hash)
        accounts.give_role(work, person.id, place_id, role)
        accounts.send_way_in(work, person.email, "reset")
    click.echo(f"{person.email} has an account. A link to choose a password is on its way.")


@user.command()
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """End an account: its sessions now, and signing in from now on."""
    with transaction() as work:
        person = queries.person_by_email(work.session, normal_email(email))
        if person is None:
            raise click.ClickException(f"Nobody has an account with {email}.")
        accounts.disable_person(work, person.id)
    click.echo(f"{email} can no longer sign in.")


def _place(work: Work, role: str, name: str | None) -> int:
    """Return the organisation somebody is to act for."""
    if role == Role.STAFF:
        return _platform(work)
    if not name:
        raise click.UsageError("Name the organisation with --organisation.")
    found = work.session.scalars(select(Organisation.id).where(Organisation.name == name)).all()
    if not found:
        raise NotFound(f"No organisation on LendED is called {name}.")
    if len(found) > 1:
        raise click.ClickException(f"{len(found)} organisations are called {name}.")
    return found[0]


def _platform(work: Work) -> int:
    kept = work.session.scalar(
        select(Organisation.id)
        .where(Organisation.kind == OrganisationKind.PLATFORM)
        .order_by(Organisation.id)
    )
    if kept is not None:
        return kept
    return accounts.open_organisation(work, OrganisationKind.PLATFORM, PLATFORM_NAME).id
