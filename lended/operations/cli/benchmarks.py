"""``bench``: what pages and lending cost, and how good and fast matching is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from config import ROOT
from lended.errors import Invalid
from lended.operations.benchmarks.matching.tables import Table
from lended.operations.benchmarks.pages import Figures, measure_pages

FEWEST = 100
HEAD = (
    f"{'page':<9}{'products':>9}{'CPU ms':>9}{'× floor':>9}"
    f"{'1: median':>11}{'p95':>8}{'16: median':>12}{'p95':>8}{'queries':>9}{'KB':>7}"
)


class Sizes(click.ParamType[tuple[int, ...]]):
    """Numbers of documents, with commas between them."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Read the numbers, or say what is wrong with them."""
        try:
            sizes = tuple(map(int, value.split(",")))
        except ValueError:
            self.fail(f"{value!r} is not a list of numbers such as 1000,10000.", param, ctx)
        if min(sizes) < FEWEST:
            self.fail(f"There must be at least {FEWEST} documents.", param, ctx)
        return sizes


@click.group()
def bench() -> None:
    """Measure how fast LendED is here; nothing of this installation is touched."""


@bench.command()
@click.option(
    "--products",
    "sizes",
    type=click.IntRange(150),
    multiple=True,
    default=(150, 20_000),
    show_default=True,
    help="How many products there are; may be given several times.",
)
@click.option(
    "--requests", default=160, show_default=True, help="How often each page is asked for."
)
def pages(sizes: tuple[int, ...], requests: int) -> None:
    """Ask for every kind of page, by 1 client and by 16, beside a floor.

    The floor is the same server reading twenty products in one statement and drawing them as plain
    cards. No need is asked for twice. CPU is the server's own processor
    time for one page; median and p95 are milliseconds until the last byte; KB is what a page, its
    styles, script and fonts weigh on the wire.
    """
    click.echo(HEAD)
    for size in sizes:
        floor = 0.0
        for figures in measure_pages(size, requests):
            floor = floor or figures.alone.cpu
            click.echo(_line(figures, floor))


@bench.command()
@click.option(
    "--engine",
    "engines",
    type=click.Choice(("sqlite", "postgresql")),
    multiple=True,
    default=("sqlite", "postgresql"),
    show_default=True,
    help="On which database; may be given twice.",
)
@click.option(
    "--loans",
    type=click.IntRange(FEWEST),
    default=100_000,
    show_default=True,
    help="How many open loans there are.",
)
@click.option(
    "--requests",
    type=click.IntRange(32),
    default=160,
    show_default=True,
    help="How many requests are made in each way.",
)
@click.option("--markdown", is_flag=True, help="Show the tables as Markdown.")
def lending(*, engines: tuple[str, ...], loans: int, requests: int, markdown: bool) -> None:
    """Measure requests by 1, 8 and 32 clients, availability, a night of the clock, and desks.

    The floor of a request is the same rows behind the same guard, written by hand with the
    driver and nothing else. Median and p95 are milliseconds until the answer.
    """
    measuring = _measuring("lending")
    for engine in engines:
        with tqdm(desc=f"Storing for {engine}", unit=" loans", total=loans) as bar:
            try:
                for table in measuring.measure_lending(engine, loans, requests, bar.update):
                    bar.clear()
                    click.echo(table.markdown() if markdown else table.plain())
            except ModuleNotFoundError as error:
                raise _not_installed(error) from error


@bench.command()
@click.option("--quality", is_flag=True, help="How well judged queries are answered.")
@click.option("--needs", is_flag=True, help="How well the demo answers needs of teachers.")
@click.option("--speed", is_flag=True, help="How fast it is, and what memory it takes.")
@click.option(
    "--sizes",
    type=Sizes(),
    default="1000,10000,100000,1000000",
    show_default=True,
    help="How many documents are made up to measure speed.",
)
@click.option(
    "--collections",
    "folder",
    type=click.Path(path_type=Path),
    default=ROOT.parent / "shared" / "data" / "ir",
    help="Where the judged collections are; beside the project as it comes.",
)
@click.option("--markdown", is_flag=True, help="Show the tables as Markdown.")
def matching(
    *, quality: bool, needs: bool, speed: bool, sizes: tuple[int, ...], folder: Path, markdown: bool
) -> None:
    """Measure how good and how fast matching is, beside what anyone would use instead.

    All of it is measured when no part is named. Peers that are not installed are named.
    """
    parts: dict[str, Callable[[], Iterator[Table]]] = {
        "quality": lambda: _measuring("matching.quality").measure_quality(folder),
        "needs": lambda: _measuring("matching.needs").measure_needs(
            _measuring("judged").judged_needs()
        ),
        "speed": lambda: _measuring("matching.speed").measure_speed(sizes),
    }
    named = {"quality": quality, "needs": needs, "speed": speed}
    for part in [part for part in named if named[part]] or named:
        try:
            for table in parts[part]():
                click.echo(table.markdown() if markdown else table.plain())
        except Invalid as refusal:
            if named[part]:
                raise
            click.echo(f"{refusal} The rest is measured.\n", err=True)


def _measuring(part: str) -> Any:
    """Import what measures a part: it needs tools that LendED itself does without."""
    try:
        return import_module(f"lended.operations.benchmarks.{part}")
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error


def _not_installed(error: ModuleNotFoundError) -> click.ClickException:
    return click.ClickException(
        f"{error.name} is not installed; it comes with the tools for tests."
    )


def _line(figures: Figures, floor: float) -> str:
    alone, crowded = figures.alone, figures.crowded
    return (
        f"{figures.page:<9}{figures.products:>9,}{alone.cpu:>9.1f}{alone.cpu / floor:>9.1f}"
        f"{alone.median:>11.1f}{alone.p95:>8.1f}{crowded.median:>12.1f}{crowded.p95:>8.1f}"
        f"{alone.statements:>9.1f}{figures.weight / 1000:>7.1f}"
    )
