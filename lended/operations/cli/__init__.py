"""Commands for whoever runs LendED."""

import click

from lended.operations.cli.backups import backup, restore
from lended.operations.cli.benchmarks import bench
from lended.operations.cli.checking import check
from lended.operations.cli.database import downgrade, upgrade
from lended.operations.cli.drawing import draw_lending
from lended.operations.cli.people import user
from lended.operations.cli.serving import clock, serve

COMMANDS: tuple[click.Command, ...] = (
    serve,
    clock,
    upgrade,
    downgrade,
    backup,
    restore,
    check,
    bench,
    draw_lending,
    user,
)

__all__ = ["COMMANDS"]
