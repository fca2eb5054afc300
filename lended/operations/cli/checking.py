"""``check``: whether everything is as it must always be."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from lended.operations.checks import CHECKS, find_problems
from lended.web.database import db


@click.command()
@with_appcontext
def check() -> None:
    """Look whether everything is as it must always be; exit with 1 when it is not."""
    findings = find_problems(db.engine)
    for finding in findings:
        click.echo(f"{finding.sentence.removesuffix('.')}: {finding.detail}")
    if findings:
        raise click.ClickException(f"{len(findings)} found by {len(CHECKS)} checks.")
    click.echo(f"All {len(CHECKS)} checks passed.")
