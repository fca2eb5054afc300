"""What was learnt is saved whole or not at all, and nothing in its folder can do harm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lended.needs.index import learning, saving
from lended.needs.index.saving import alone, open_saved, present_name, save
from matching import Matcher
from tests.house.source import ROOT
from tests.lended.needs.index.learnt import found, learnt_of

OLD = ("Wooden fractions for tables.", "Songs for a choir.")
NEW = ("Songs for a choir.", "Wooden fractions for tables.", "A kite.")
CRASHES = """
import os, signal, sys
from pathlib import Path
from lended.needs.index.saving import alone, open_saved, save
from tests.lended.needs.index.learnt import found, learnt_of
from tests.lended.needs.index.test_saving import NEW, OLD

folder = Path(sys.argv[1])
old, new = learnt_of(*OLD), learnt_of(*NEW)
real = {name: getattr(os, name) for name in ("fsync", "replace")}

def crash_at(step):
    left = [step]
    def counted(name):
        def act(*arguments):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            return real[name](*arguments)
        return act
    for name in real:
        setattr(os, name, counted(name))

step, killed = 0, True
while killed:
    step += 1
    with alone(folder, wait=False) as free:
        assert free, "the lock outlived its owner"
        save(folder, old)
    child = os.fork()
    if not child:
        crash_at(step)
        with alone(folder, wait=False):
            save(folder, new)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    opened = open_saved(folder)
    assert opened is not None, step
    assert found(opened) in (["p0"], ["p1"]), step
    if killed:
        print("killed", found(opened)[0], flush=True)
    else:
        assert found(opened) == ["p1"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder in which something is saved."""
    folder = tmp_path / "index"
    with alone(folder, wait=True):
        save(folder, learnt_of(*OLD))
    return folder


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of warnings as they come."""
    lines: list[str] = []
    monkeypatch.setattr(
        saving.log, "warning", lambda event, **_more: lines.append(event), raising=False
    )
    return lines


def test_what_is_opened_is_what_was_saved(folder: Path) -> None:
    opened = open_saved(folder)
    assert opened is not None
    assert (found(opened), opened.versions) == (["p0"], {"p0": "2026", "p1": "2026"})
    assert opened.name == present_name(folder)


def test_nothing_saved_is_nothing_opened_and_no_complaint(tmp_path: Path, lines: list[str]) -> None:
    assert open_saved(tmp_path / "index") is None
    assert lines == []


def test_a_new_saving_takes_the_place_of_the_old_under_whoever_still_reads_it(
    folder: Path,
) -> None:
    reading = open_saved(folder)
    assert reading is not None
    with alone(folder, wait=True):
        save(folder, learnt_of(*NEW))
    assert [path.name for path in folder.glob(f"{saving.PREFIX}*")] == [present_name(folder)]
    assert found(reading) == ["p0"]
    opened = open_saved(folder)
    assert opened is not None
    assert found(opened) == ["p1"]


def test_killed_at_any_step_of_saving_the_old_one_is_whole_and_the_next_start_works(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, str(tmp_path / "index")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("killed p0") > 10
    assert len(list((tmp_path / "index").glob(f"{saving.PREFIX}*"))) == 1


def one_file(folder: Path, name: str) -> Path:
    return next(path for path in folder.rglob(name) if path.is_file())


def turn_a_byte(folder: Path) -> None:
    path = max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size)
    path.write_bytes(path.read_bytes()[:-1] + b"\xfe")


def empty_a_file(folder: Path) -> None:
    one_file(folder, "term_rows.npy").write_bytes(b"")


def lose_a_file(folder: Path) -> None:
    one_file(folder, "alive.npy").unlink()


def cut_the_words_about_it(folder: Path) -> None:
    path = one_file(folder / present_name(folder), saving.ABOUT)
    path.write_text(path.read_text()[:20])


def name_what_is_not_there(folder: Path) -> None:
    (folder / saving.PRESENT).write_text(f"{saving.PREFIX}gone")


def be_made_by_another(folder: Path) -> None:
    path = folder / present_name(folder) / saving.ABOUT
    path.write_text(path.read_text().replace('"making": "', '"making": "0'))


def know_other_products(folder: Path) -> None:
    path = folder / present_name(folder) / saving.ABOUT
    path.write_text(path.read_text().replace('"p0"', '"q0"'))


def say_a_list(folder: Path) -> None:
    (folder / present_name(folder) / saving.ABOUT).write_text("[1, 2]")


@pytest.mark.parametrize(
    "damage",
    [
        turn_a_byte,
        empty_a_file,
        lose_a_file,
        cut_the_words_about_it,
        name_what_is_not_there,
        be_made_by_another,
        know_other_products,
        say_a_list,
    ],
)
def test_what_is_damaged_or_foreign_is_not_used_and_is_one_line_in_the_log(
    folder: Path, damage: Callable[[Path], None], lines: list[str]
) -> None:
    damage(folder)
    assert open_saved(folder) is None
    assert lines == ["saved_index_not_used"]
    with alone(folder, wait=True):
        save(folder, learnt_of(*NEW))
    opened = open_saved(folder)
    assert opened is not None
    assert found(opened) == ["p1"]
    assert lines == ["saved_index_not_used"]


@pytest.mark.parametrize("words", ["../../etc", "/etc", "something else", "learnt-a/../..", "\xff"])
def test_a_name_that_leads_elsewhere_is_no_name(folder: Path, words: str) -> None:
    (folder / saving.PRESENT).write_bytes(words.encode("latin-1"))
    assert present_name(folder) == ""
    assert open_saved(folder) is None


def test_what_cannot_be_saved_goes_on_in_memory_and_leaves_the_old_one(
    folder: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with alone(folder, wait=True):
        kept = save(folder, learnt_of(*NEW))
    assert (found(kept), kept.name) == (["p1"], "")
    assert lines == ["index_not_saved"]
    opened = open_saved(folder)
    assert opened is not None
    assert found(opened) == ["p0"]
    assert len(list(folder.glob(f"{saving.PREFIX}*"))) == 1


def test_only_one_holds_the_lock(folder: Path) -> None:
    with alone(folder, wait=True) as first:
        assert first
        with alone(folder, wait=False) as second:
            assert not second
    with alone(folder, wait=False) as later:
        assert later


def test_what_was_saved_to_compare_in_meaning_in_another_way_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alone(tmp_path, wait=True):
        save(tmp_path, learnt_of(*OLD, semantic="table"))
    assert open_saved(tmp_path) is None
    opened = open_saved(tmp_path, "table")
    assert opened is not None
    assert opened.matcher.meaning_ == "table"
    monkeypatch.setattr(Matcher, "document_encoder", "a newer table")
    learning.making.cache_clear()
    assert open_saved(tmp_path, "table") is None
    learning.making.cache_clear()
