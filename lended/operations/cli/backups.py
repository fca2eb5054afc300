"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from config import Settings
from lended.operations import backups
from lended.web.database import db

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write everything LendED knows into FILE while it goes on working.

    The file holds personal data and password hashes: keep it as safe as the database itself.
    """
    with tqdm(desc="Writing", unit=" rows") as bar:
        manifest = backups.write_backup(db.engine, file, bar.update, _uploads())
    click.echo(f"{file} holds {_in_words(manifest)}.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def restore(file: Path, *, yes: bool) -> None:
    """Put what FILE holds in the place of everything there is.

    A damaged, foreign or newer file is refused, and then nothing is changed.
    """
    manifest = backups.verify(file)
    click.echo(f"{file} is whole: {_in_words(manifest)}.")
    if not yes:
        click.confirm("Everything there is now will be replaced. Go on?", abort=True)
    with tqdm(desc="Restoring", unit=" rows", total=manifest.rows) as bar:
        backups.restore(db.engine, file, bar.update, _uploads())
    click.echo("Everything is restored.")


def _uploads() -> Path:
    settings: Settings = current_app.extensions["lended.settings"]
    return settings.upload_folder


def _in_words(manifest: backups.Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {manifest.tables} tables, {len(manifest.pictures)} pictures, "
        f"written by LendED {manifest.lended} at {manifest.created_at:%Y-%m-%d %H:%M} UTC"
    )
