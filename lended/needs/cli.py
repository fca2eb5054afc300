"""``match``: many needs at once, from a sheet to a sheet; ``match-index``: the shared index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from config import Settings
from lended.catalogue.rules import Filters
from lended.needs.index import Index, elsewhere_words, learn_shared
from lended.needs.rules import LONGEST_NEED
from lended.needs.views.answers import with_cards
from lended.sheets import ImportReport, Row, SheetError, read_rows, write_rows
from lended.web.database import db

NEED_COLUMNS = ("need", "text", "misconception")
NAME_COLUMNS = ("need_id", "id")
HEADERS = ("line", "need_id", "need", "rank", "product", "name", "supplier", "score", "because",
           "url")  # fmt: skip
Line = tuple[str | int | float, ...]


@click.command()
@click.option("--needs", type=click.Path(path_type=Path), required=True, help="A CSV of needs.")
@click.option("--column", help="The column that holds the needs; found by its name if not given.")
@click.option("--top", type=click.IntRange(1, 100), default=5, help="Products for each need.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV to write.")
@click.option("--refusals", type=click.Path(path_type=Path), help="A CSV of needs left out.")
@with_appcontext
def match(needs: Path, column: str | None, top: int, out: Path, refusals: Path | None) -> None:
    """Rank products for every need of a sheet, with reasons.

    The result is written beside and put in place at the end, so that an interrupted run leaves
    what was there before. A need that nothing fits has one line without a product.
    """
    report = ImportReport()
    try:
        with current_app.test_request_context():
            count = write_rows(out, HEADERS, _lines(needs, column, top, report))
    except SheetError as error:
        raise click.ClickException(error.words) from error
    click.echo(
        f"{report.read:,} needs read, {len(report.refused):,} refused; "
        f"{count:,} lines written to {out}."
    )
    if refusals:
        report.write_refusals(refusals)


@click.command("match-index")
@with_appcontext
def match_index() -> None:
    """Learn the index in PostgreSQL anew, while everybody goes on searching the one there is."""
    settings: Settings = current_app.extensions["lended.settings"]
    if settings.match_engine != "postgres":
        raise click.ClickException(
            "Each process keeps an index of its own. Set LENDED_MATCH_ENGINE=postgres to share one."
        )
    click.echo(f"Products in the index: {learn_shared(db.engine):,}")


def _lines(path: Path, column: str | None, top: int, report: ImportReport) -> Iterator[Line]:
    index: Index = current_app.extensions["lended.index"].value()
    rows = read_rows(path)
    source = _need_column(rows.headers, column)
    for row in tqdm(rows, unit=" needs", disable=not sys.stderr.isatty()):
        report.read += 1
        need = row.cells[source].strip()
        if not need or len(need) > LONGEST_NEED:
            report.refuse(row.line, "The need is empty or too long.", source)
            continue
        yield from _answers(index, row, need, top)


def _answers(index: Index, row: Row, need: str, top: int) -> Iterator[Line]:
    name = next((row.cells[each] for each in NAME_COLUMNS if row.cells.get(each)), "")
    answer = index.suggest(need, Filters(), limit=top)
    if not answer.found:
        why = elsewhere_words(answer.elsewhere) or "Nothing here fits yet"
        yield (row.line, name, need, 0, "", "", "", 0, why, "")
    settings: Settings = current_app.extensions["lended.settings"]
    for rank, (card, suggestion) in enumerate(with_cards(answer.found), start=1):
        words = "; ".join(f"{r.words} ({r.share:.3f})" for r in suggestion.because)
        yield (row.line, name, need, rank, card.slug, card.name, card.supplier,
               round(suggestion.score, 6), words, settings.base_url + card.url)  # fmt: skip


def _need_column(headers: tuple[str, ...], asked: str | None) -> str:
    wanted = (asked,) if asked else NEED_COLUMNS
    for name in wanted:
        if name in headers:
            return name
    raise SheetError(
        f"The file has no column {' or '.join(wanted)}. Name the one that holds the needs with "
        "--column."
    )
