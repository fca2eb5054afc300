"""Commands for whoever runs LendED."""

from lended.operations.cli.database import downgrade, upgrade

COMMANDS = (upgrade, downgrade)

__all__ = ["COMMANDS"]
