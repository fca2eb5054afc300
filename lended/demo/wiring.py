"""How the demo joins the application: its command always, its pages only where it is a demo."""

from __future__ import annotations

from flask import Flask

from config import Settings
from lended.demo.cli import demo
from lended.demo.views import guides, pages
from lended.web.feature import Feature


def prepare(app: Flask, settings: Settings) -> None:
    """Open the door of one click, in the demo and nowhere else."""
    if settings.demo:
        app.register_blueprint(pages)
        app.jinja_env.globals.update(demo_guides=guides)


FEATURE: Feature = Feature(name="demo", commands=[demo], prepare=prepare)
