"""Bringing a database up to the version this LendED needs, and back."""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade


def upgrade_database(app: Flask, revision: str = "head") -> None:
    """Run the migrations that are missing; safe to repeat."""
    with app.app_context():
        upgrade(revision=revision)


def downgrade_database(app: Flask, revision: str = "-1") -> None:
    """Undo migrations, by default the last."""
    with app.app_context():
        downgrade(revision=revision)
