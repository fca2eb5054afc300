"""What a feature gives the application; each builds its own in ``wiring.py``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import click
from flask import Blueprint, Flask

from config import Settings
from lended.web import database
from lended.work import Listener


@dataclass(frozen=True, slots=True)
class Feature:
    """A room of the house and its doors.

    Parameters
    ----------
    prepare
        Called once with the application and the settings, for what does not fit the other fields.
    globals
        Names every template can use.
    """

    name: str
    blueprints: Sequence[Blueprint] = ()
    listeners: dict[type, list[Listener]] = field(default_factory=dict)
    commands: Sequence[click.Command] = ()
    globals: dict[str, Any] = field(default_factory=dict)
    prepare: Callable[[Flask, Settings], None] | None = None

    def join(self, app: Flask, settings: Settings) -> None:
        """Add the feature to the application."""
        for blueprint in self.blueprints:
            app.register_blueprint(blueprint)
        for command in self.commands:
            app.cli.add_command(command)
        database.listen(app, self.listeners)
        app.jinja_env.globals.update(self.globals)
        if self.prepare:
            self.prepare(app, settings)
