"""``import-products``: an open list of products into the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from lended.catalogue import service
from lended.catalogue.listings import Listing, read_listings
from lended.catalogue.listings.reading import open_list
from lended.sheets import Refused, Sheet
from lended.web.database import transaction


@click.command("import-products")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--refusals", type=click.Path(path_type=Path), help="A CSV of rows left out.")
@with_appcontext
def import_products(file: Path, refusals: Path | None) -> None:
    """Add the products of an open list, or bring them up to date.

    All of the file is taken or nothing. Running it again changes only what the list has changed.
    """
    sheet = open_list(file)
    with transaction() as work:
        report = service.import_products(work, _watched(sheet))
    click.echo(report.words)
    for refused in report.refused[:5]:
        click.echo(f"Left out: {refused.words}", err=True)
    if refusals:
        report.write_refusals(refusals)


def _watched(sheet: Sheet) -> Iterator[Listing | Refused]:
    """Yield listings and show, on a terminal, how far down the file they are."""
    quiet = not sys.stderr.isatty()
    with tqdm(total=sheet.lines, unit=" lines", desc="Reading", disable=quiet) as bar:
        for row in read_listings(sheet):
            bar.update(row.line - bar.n)
            yield row
