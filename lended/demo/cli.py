"""``demo``: fill an empty database with the demo."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from lended.demo import filling


@click.command()
@with_appcontext
def demo() -> None:
    """Fill an empty database with invented people, products and loans.

    A database that holds anything is left as it is.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    filling.fill(app)
    click.echo("The demo is filled. Sign in with:")
    for line in filling.account_lines():
        click.echo(f"  {line}")
