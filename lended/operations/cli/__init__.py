"""Commands for whoever runs LendED."""

from lended.operations.cli.backups import backup, restore
from lended.operations.cli.checking import check
from lended.operations.cli.database import downgrade, upgrade
from lended.operations.cli.serving import clock, serve

COMMANDS = (serve, clock, upgrade, downgrade, backup, restore, check)

__all__ = ["COMMANDS"]
