"""``draw-lending``: the page that shows the machine of a loan."""

from __future__ import annotations

import click

from config import ROOT
from lended.operations import drawing


@click.command()
def draw_lending() -> None:
    """Draw the machine of a loan anew in docs/lending.md, from the code's own table."""
    path = ROOT / drawing.PAGE
    before = path.read_text(encoding="utf-8")
    after = drawing.drawn_anew(before)
    path.write_text(after, encoding="utf-8")
    click.echo("Nothing has changed." if after == before else f"{drawing.PAGE} is drawn anew.")
