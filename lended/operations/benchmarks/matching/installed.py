"""What can be measured here: what is not installed is named, and left out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

Place = tuple[str, str, dict[str, Any]]
"""A module, something in it to call, and what to call it with."""


def make(place: Place) -> Any:
    """Make one thing, importing nothing but what it needs.

    Raises
    ------
    ModuleNotFoundError
        When something it needs is not installed.
    """
    module, kind, arguments = place
    return getattr(import_module(module), kind)(**arguments)


def find_installed(places: Mapping[str, Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Try to make each thing here.

    Returns
    -------
    The names of those that can be made, and a sentence about each of the others.
    """
    found, missing = [], []
    for name, place in places.items():
        try:
            make(place)
            found.append(name)
        except ModuleNotFoundError as error:
            missing.append(f"{name} is missing: {error.name} is not installed.")
    return tuple(found), tuple(missing)
