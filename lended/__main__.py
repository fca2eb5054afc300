"""The command line: ``python -m lended NAME``, reached as ``python3 manage.py NAME``.

Every feature's commands are here; whatever stops one is told in a single line.
"""

from __future__ import annotations

import sys

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import DBAPIError

from config import SettingsError
from lended import create_app
from lended.errors import Refusal
from lended.work import is_busy

STOPPED_BY_HAND = 130


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    try:
        return _run(arguments)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return STOPPED_BY_HAND
    except (SettingsError, Refusal, OSError) as error:
        return _failed(str(error))
    except DBAPIError as error:
        if not is_busy(error) and not _is_away(error):
            raise
        return _failed(f"The database does not answer: {_first_line(error)}")


def _run(arguments: list[str]) -> int:
    app = create_app()
    app.cli.help = "LendED: try before you buy, led by the need."
    code = app.cli.main(
        arguments,
        prog_name="manage.py",
        standalone_mode=False,
        obj=ScriptInfo(create_app=lambda: app),
    )
    return code if isinstance(code, int) else 0


def _failed(words: str) -> int:
    click.echo(f"Error: {words}", err=True)
    return 1


def _is_away(error: DBAPIError) -> bool:
    words = str(error.orig).casefold()
    return "unable to open" in words or "connect" in words


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
