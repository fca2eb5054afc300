"""``import-schools``: the register's files into LendED."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from lended.errors import Refusal
from lended.schools import registers, service
from lended.sheets import ImportReport
from lended.web.database import transaction

REFUSALS_SHOWN = 5
FILE = click.Path(path_type=Path)


@click.command("import-schools")
@click.argument("file", type=FILE)
@click.option("--refusals", type=FILE, help="A CSV to write the rows left out to, with reasons.")
@with_appcontext
def import_schools(file: Path, refusals: Path | None) -> None:
    """Take schools and trusts from a FILE of the register; safe to repeat.

    FILE is the daily file of all establishments, an export of a search, the file of groups, or
    the file of group links, as Get Information About Schools gives them. Names of head teachers
    are never read. All of the file is taken or, when it is cut off or the command is interrupted,
    nothing.
    """
    try:
        report = _import(file)
        if refusals:
            report.write_refusals(refusals)
    except Refusal as refusal:
        raise click.ClickException(refusal.words) from refusal
    _say(report, refusals)
    if report.read and len(report.refused) == report.read:
        raise click.ClickException("Every row was refused, so nothing was changed.")


def _import(file: Path) -> ImportReport:
    register = registers.open_register(file)
    sheet = register.sheet
    click.echo(f"{file.name} lists {register.kind}, in {sheet.encoding}.")
    watch = partial(tqdm, total=sheet.lines, unit=" rows", leave=False, disable=not _is_watched())
    with transaction() as work:
        return service.import_register(work, register, watch)


def _is_watched() -> bool:
    return sys.stderr.isatty()


def _say(report: ImportReport, refusals: Path | None) -> None:
    click.echo(report.words)
    for refused in report.refused[:REFUSALS_SHOWN]:
        click.echo(f"  Refused: {refused.words}")
    more = len(report.refused) - REFUSALS_SHOWN
    if more > 0:
        where = f"in {refusals}" if refusals else "with --refusals FILE"
        click.echo(f"  … and {more:,} more; all of them {where}.")
