"""What a process keeps of the catalogue is renewed in the background, on both engines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from lended import clock
from lended.catalogue import kept as kept_module
from lended.catalogue import shelf
from lended.catalogue.kept import Kept, Watch
from lended.catalogue.models import Product
from lended.catalogue.service import raise_revision
from lended.catalogue.shelf import Shelf, read_shelf
from tests.conftest import Transaction
from tests.makers import Makers

PATIENCE = 20


def change(transaction: Transaction, slug: str, **fields: Any) -> None:
    """Change a product as services do."""
    with transaction() as work:
        product = work.session.scalars(select(Product).where(Product.slug == slug)).one()
        for name, value in {**fields, "updated_at": clock.now()}.items():
            setattr(product, name, value)
        raise_revision(work)


def stocked(make: Makers, transaction: Transaction) -> None:
    """List three products."""
    supplier = make.supplier()
    for name in ("Abacus", "Beads", "Counters"):
        make.product(supplier, name=name, slug=name.casefold())
    with transaction() as work:
        raise_revision(work)


def read(engine: Engine, before: Shelf | None = None) -> Shelf:
    with Session(engine) as session:
        return read_shelf(session, before)


def test_a_shelf_of_which_nothing_changed_is_the_very_same(
    engine: Engine, make: Makers, transaction: Transaction
) -> None:
    stocked(make, transaction)
    before = read(engine)
    assert read(engine, before) is before


@pytest.mark.parametrize("most", [shelf.MOST_CHANGED, 0])
def test_a_shelf_made_of_the_one_before_is_the_one_read_anew(
    engine: Engine, make: Makers, transaction: Transaction, most: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(shelf, "MOST_CHANGED", most)
    stocked(make, transaction)
    before = read(engine)
    change(transaction, "abacus", state="withdrawn")
    change(transaction, "beads", name="Zither", stages=("ks4",), facts={"price_model": "free"})
    make.product(make.supplier(), name="Bells", slug="bells", stages=("eyfs",))
    after, anew = read(engine, before), read(engine)
    assert after.slugs == anew.slugs == ("bells", "counters", "beads")
    assert after.codes == anew.codes
    assert after.codes["price_model"] == ("free",)
    for group in shelf.GROUPS:
        assert after.columns[group].tolist() == anew.columns[group].tolist(), group
    assert after.letters == anew.letters


def test_only_what_changed_is_read(engine: Engine, make: Makers, transaction: Transaction) -> None:
    stocked(make, transaction)
    before = read(engine)
    change(transaction, "beads", name="Zither")
    asked: list[Any] = []
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    read(engine, before)
    facts = [parameters for statement, parameters in asked if "products.facts" in statement]
    assert len(facts) == 1
    assert before.ids[1] in list(getattr(facts[0], "values", lambda: facts[0])())


def test_whoever_asks_first_waits_and_all_get_the_same(engine: Engine) -> None:
    made: list[object] = []

    def renew(_session: Session, before: object | None) -> object:
        made.append(before)
        return before or object()

    kept = Kept(engine, renew)
    got: list[object] = []
    askers = [threading.Thread(target=lambda: got.append(kept.value())) for _ in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(set(map(id, got))) == 1
    assert made.count(None) == 1


def test_a_value_that_is_there_is_given_while_another_is_made(engine: Engine) -> None:
    slow, begun = threading.Event(), threading.Event()

    def renew(_session: Session, before: int | None) -> int:
        if before is None:
            return 1
        begun.set()
        slow.wait(PATIENCE)
        return before + 1

    kept = Kept(engine, renew)
    assert kept.value() == 1
    renewing = threading.Thread(target=kept.renew)
    renewing.start()
    assert begun.wait(PATIENCE)
    assert kept.value() == 1
    slow.set()
    renewing.join()
    assert kept.value() == 2


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is true, and fail when it never is."""
    pause = threading.Event()
    for _ in range(PATIENCE * 50):
        if true():
            return
        pause.wait(0.02)
    pytest.fail("It never came true.")


def test_a_change_arrives_although_nobody_asks(
    engine: Engine, make: Makers, transaction: Transaction
) -> None:
    stocked(make, transaction)
    shelves = Kept(engine, read_shelf)
    assert shelves.value().slugs[0] == "abacus"
    watch = Watch()
    watch.add(shelves)
    watch.start()
    watch.start()
    change(transaction, "abacus", state="withdrawn")
    wait_for(lambda: shelves.value().slugs[0] == "beads")
    watch.stop()
    assert watch._thread is not None
    assert not watch._thread.is_alive()


def test_a_renewal_that_fails_is_logged_once_and_tried_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(
        kept_module.log, "exception", lambda event, **_more: lines.append(event), raising=False
    )
    failing = True

    def renew(_session: Session, before: int | None) -> int:
        if failing:
            raise ZeroDivisionError
        return (before or 0) + 1

    kept = Kept(engine, renew)
    watch = Watch()
    watch.add(kept)
    watch.look()
    watch.look()
    assert lines == ["catalogue_not_renewed"]
    failing = False
    watch.look()
    assert kept.value() == 1
    failing = True
    watch.look()
    assert kept.value() == 1
    assert lines == ["catalogue_not_renewed"] * 2
