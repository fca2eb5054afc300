"""An installation on the second engine: settings, suggestions and the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from config import SettingsError, read_settings
from lended import create_app
from lended.catalogue.kept import Kept
from lended.catalogue.rules import Filters
from lended.catalogue.service.revisions import raise_revision
from lended.catalogue.shelf import read_shelf
from lended.needs.index import Index, Renewal, SharedRenewal, Suggestions, learn_shared
from lended.operations.database import differences
from lended.work import open_work
from tests.conftest import SECRET, settings_for
from tests.lended.needs.postgresql.shared import Shared
from tests.makers import Makers

NEED = "My class is lost with fractions and singing"
LISTED: dict[str, dict[str, Any]] = {
    "tiles": {"name": "Fraction Tiles", "stages": ("ks2",)},
    "screen": {
        "name": "Fractions on Screen",
        "stages": ("ks3",),
        "product_type": "practice_adaptive",
    },
    "choir": {
        "name": "Choir Box",
        "summary": "Singing together.",
        "description": "Songs and backing tracks for a school choir.",
        "subjects": ("music",),
        "needs": ("breadth_and_depth",),
    },
}


@pytest.fixture
def stocked(shared: Shared) -> Makers:
    """Return the makers of a database with three products."""
    make = Makers(shared.engine)
    supplier = make.supplier()
    for slug, fields in LISTED.items():
        make.product(supplier, slug=slug, **fields)
    make.product(supplier, name="Fractions not yet public", state="submitted")
    return make


@pytest.fixture
def sharing(postgresql_url: str, stocked: Makers, tmp_path: Path) -> Iterator[Flask]:
    """Return an application on the second engine."""
    app = create_app(settings_for(postgresql_url, tmp_path, match_engine="postgres"))
    yield app
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()


def shared_index(engine: Engine) -> Index:
    """Return what the second engine makes of what is published now."""
    return Kept(engine, SharedRenewal(engine, Kept(engine, read_shelf))).value()


def own_index(engine: Engine) -> Index:
    """Return what the first engine makes of it."""
    return Kept(engine, Renewal(engine, Kept(engine, read_shelf), None)).value()


def told(answer: Suggestions) -> list[tuple[int, float, list[tuple[str, float]]]]:
    """Return what was found and why."""
    return [
        (
            each.product_id,
            round(each.score, 4),
            sorted((reason.words, round(reason.share, 4)) for reason in each.because),
        )
        for each in answer.found or answer.nearest
    ]


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(stage=("ks2",)), Filters(type=("practice_adaptive",), stage=("ks1",))],
)
def test_both_engines_suggest_the_same(stocked: Makers, filters: Filters) -> None:
    shared, own = shared_index(stocked.engine), own_index(stocked.engine)
    for need in (NEED, "fractions", "choirs sing", "asdf", "snacks for a club"):
        ours = shared.suggest(need, filters, codes=("breadth_and_depth",))
        theirs = own.suggest(need, filters, codes=("breadth_and_depth",))
        assert told(ours) == told(theirs)
        assert (ours.fitting, ours.unnarrowed) == (theirs.fitting, theirs.unnarrowed)
        assert ours.counts == theirs.counts
        assert shared.is_unmet(need) == own.is_unmet(need)
    aside = shared.ids_of(["tiles"])
    assert told(shared.suggest(NEED, filters, aside=aside)) == told(
        own.suggest(NEED, filters, aside=aside)
    )


def test_a_page_is_answered_and_a_new_product_shows(sharing: Flask, stocked: Makers) -> None:
    client = sharing.test_client()
    assert "Choir Box" in client.get("/find", query_string={"need": NEED}).text
    assert "Trumpets" not in client.get("/find", query_string={"need": "trumpet"}).text
    stocked.product(stocked.supplier(), name="Trumpets for All", slug="trumpets")
    with open_work(stocked.engine) as work:
        raise_revision(work)
    assert "Trumpets for All" in client.get("/find", query_string={"need": "trumpet"}).text


def test_words_that_are_there_are_not_read_again(stocked: Makers) -> None:
    read: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "products.description" in statement:
            read.append(statement)

    event.listen(stocked.engine, "before_cursor_execute", look)
    shared_index(stocked.engine)
    assert len(read) == 1
    shared_index(stocked.engine)
    assert len(read) == 1


def test_the_shape_of_the_database_does_not_differ(stocked: Makers) -> None:
    learn_shared(stocked.engine)
    with stocked.engine.connect() as connection:
        assert differences(connection) == []


def test_the_command_learns_anew(sharing: Flask) -> None:
    result = sharing.test_cli_runner().invoke(args=["match-index"])
    assert result.exit_code == 0
    assert "Products in the index: 3" in result.output


def test_the_command_refuses_where_nothing_is_shared(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["match-index"])
    assert result.exit_code == 1
    assert "LENDED_MATCH_ENGINE=postgres" in result.output


@pytest.mark.parametrize(
    ("engine", "url", "words"),
    [
        ("postgres", "", "LENDED_DATABASE_URL"),
        ("postgres", "sqlite:////tmp/x.db", "LENDED_DATABASE_URL"),
        ("elastic", "postgresql://here/lended", "memory or postgres"),
    ],
)
def test_an_engine_that_cannot_be_is_refused(engine: str, url: str, words: str) -> None:
    environ = {
        "LENDED_SECRET_KEY": SECRET,
        "LENDED_MATCH_ENGINE": engine,
        "LENDED_DATABASE_URL": url,
    }
    with pytest.raises(SettingsError, match=words):
        read_settings(environ)


def test_the_first_engine_is_the_default() -> None:
    assert read_settings({"LENDED_SECRET_KEY": SECRET}).match_engine == "memory"
    chosen = {
        "LENDED_SECRET_KEY": SECRET,
        "LENDED_MATCH_ENGINE": "postgres",
        "LENDED_DATABASE_URL": "postgresql://here/lended",
    }
    assert read_settings(chosen).match_engine == "postgres"
