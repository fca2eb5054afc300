"""``upgrade`` and ``downgrade``: the database's shape."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from lended.operations.database import downgrade_database, upgrade_database


@click.command()
@click.option("--to", "revision", default="head", help="A revision; by default the newest.")
@with_appcontext
def upgrade(revision: str) -> None:
    """Bring the database up to the shape this LendED needs; safe to repeat."""
    upgrade_database(current_app, revision)
    click.echo("The database is up to date.")


@click.command()
@click.option("--to", "revision", default="-1", help="A revision; by default one step back.")
@click.confirmation_option(prompt="Going back may drop tables and what is in them. Go on?")
@with_appcontext
def downgrade(revision: str) -> None:
    """Take the database back to an earlier shape."""
    downgrade_database(current_app, revision)
    click.echo("The database went back.")
