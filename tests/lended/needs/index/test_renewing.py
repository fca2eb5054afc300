"""The index follows the catalogue: a few changes at once, many aside, on both engines."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.catalogue.rules import Filters
from lended.needs.index import learning, renewing
from lended.needs.index.saving import PREFIX, alone, present_name
from tests.conftest import Transaction
from tests.lended.needs.index.process import MANY, PATIENCE, Process, change


def test_a_second_process_opens_what_the_first_has_learnt(
    process: Process, engine: Engine, folder: Path, fits: list[str]
) -> None:
    second = Process(engine, folder)
    assert second.finds("fractions") == process.finds("fractions")
    assert len(second.finds("fractions")) == MANY // 2
    assert fits == []


def test_a_change_reaches_every_process_without_a_fit(
    process: Process, transaction: Transaction, engine: Engine, folder: Path, fits: list[str]
) -> None:
    second = Process(engine, folder)
    second.index()
    change(transaction, 4, description="An astrolabe.")
    change(transaction, 5, state="withdrawn")
    for each in (process, second):
        each.watch.look()
        assert each.finds("an astrolabe") == {"shelved-4"}
        assert "shelved-5" not in each.finds("fractions")
        assert "shelved-4" not in each.finds("songs for a choir")
    change(transaction, 5, state="published")
    second.watch.look()
    assert "shelved-5" in second.finds("fractions")
    assert fits == []


def test_a_start_after_a_few_changes_opens_what_was_saved_and_catches_up(
    process: Process, transaction: Transaction, engine: Engine, folder: Path, fits: list[str]
) -> None:
    change(transaction, 4, description="An astrolabe.")
    assert Process(engine, folder).finds("an astrolabe") == {"shelved-4"}
    assert fits == []


def test_a_start_after_very_many_changes_waits_until_all_of_them_are_learnt(
    process: Process,
    transaction: Transaction,
    engine: Engine,
    folder: Path,
    fits: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renewing, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(learning, "MOST_AT_ONCE", 3)
    change(transaction, *range(10), description="An astrolabe.")
    assert len(Process(engine, folder).finds("an astrolabe")) == 10
    assert fits == ["MainThread"]
    process.watch.look()
    assert len(process.finds("an astrolabe")) == 10
    assert fits == ["MainThread"]


def test_whatever_is_asked_meanwhile_index_and_shelf_belong_together(
    process: Process, transaction: Transaction
) -> None:
    before = process.index()
    change(transaction, *range(30), state="withdrawn")
    process.watch.look()
    after = process.index()
    assert before.suggest("fractions", Filters()).fitting == MANY // 2
    assert after.suggest("fractions", Filters()).fitting == MANY // 2 - 15
    assert after.revision == before.revision + 1


def test_many_changes_are_learnt_aside_by_one_and_opened_by_the_other(
    process: Process, transaction: Transaction, engine: Engine, folder: Path, fits: list[str]
) -> None:
    second, before = Process(engine, folder), present_name(folder)
    second.index()
    change(transaction, *range(10), description="An astrolabe.")
    process.settle()
    second.settle()
    assert fits == ["learning"]
    assert present_name(folder) != before
    assert len(list(folder.glob(f"{PREFIX}*"))) == 1
    for each in (process, second):
        assert each.renewal._learnt is not None
        assert (each.renewal._learnt.late, each.renewal._learnt.name) == (
            frozenset(),
            present_name(folder),
        )
        assert len(each.finds("an astrolabe")) == 10
    unchanged = process.index()
    process.settle()
    assert process.index() is unchanged


def test_nobody_waits_for_a_fit_and_changes_go_on_showing_meanwhile(
    process: Process, transaction: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = learning.learn

    def slowly(session: Session, semantic: str) -> Any:
        go_on.wait(PATIENCE)
        return real(session, semantic)

    monkeypatch.setattr(renewing, "learn", slowly)
    change(transaction, *range(10), description="An astrolabe.")
    process.watch.look()
    assert process.renewal._aside is not None
    change(transaction, 20, description="A sextant.")
    process.watch.look()
    assert process.finds("a sextant") == {"shelved-20"}
    assert len(process.finds("an astrolabe")) == 10
    go_on.set()
    process.settle()
    assert process.finds("a sextant") == {"shelved-20"}


def test_of_very_many_changes_the_newest_show_first(
    process: Process, transaction: Transaction, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(learning, "MOST_AT_ONCE", 3)
    with alone(folder, wait=True):  # as if another process were learning
        change(transaction, *range(10), description="An astrolabe.")
        change(transaction, *range(20, 23), description="An astrolabe.")
        process.settle()
        assert process.finds("an astrolabe") == {"shelved-20", "shelved-21", "shelved-22"}
    process.settle()
    assert len(process.finds("an astrolabe")) == 13


def test_a_fit_aside_that_fails_rests_and_the_old_index_goes_on(
    process: Process, transaction: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def fail(_session: Session, _semantic: str) -> Any:
        tried.append("fit")
        raise ZeroDivisionError

    monkeypatch.setattr(renewing, "learn", fail)
    change(transaction, *range(10), description="An astrolabe.")
    process.settle()
    process.settle()
    assert tried == ["fit"]
    assert len(process.finds("an astrolabe")) == 10


def test_a_folder_that_cannot_be_used_costs_the_sharing_only(
    stocked: None, transaction: Transaction, engine: Engine, folder: Path
) -> None:
    folder.write_text("not a folder")
    process = Process(engine, folder)
    assert len(process.finds("fractions")) == MANY // 2
    change(transaction, 4, description="An astrolabe.")
    process.settle()
    assert process.finds("an astrolabe") == {"shelved-4"}


def test_a_damaged_saving_is_learnt_anew_at_the_next_start(
    process: Process, engine: Engine, folder: Path, fits: list[str]
) -> None:
    for path in folder.rglob("*.npy"):
        path.write_bytes(b"")
    assert len(Process(engine, folder).finds("fractions")) == MANY // 2
    assert len(Process(engine, folder).finds("fractions")) == MANY // 2
    assert fits == ["MainThread"]
