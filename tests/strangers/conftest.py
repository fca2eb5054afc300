"""A filled demo for each worker, and a world of their own for those who try to break it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strangers.world import World, build


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of a filled demo, built once for each worker."""
    return build(tmp_path_factory.mktemp("filled"))


@pytest.fixture(scope="module")
def shared(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return one world for all tests of a module."""
    world = World(filled, tmp_path_factory.mktemp("world"))
    yield world
    world.close()


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    """Return the module's world as it was at the beginning."""
    shared.restore()
    yield shared
    shared.restore()
