"""A saved index is whole or not there, and opens as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching import Document, IndexDamaged, Matcher
from tests.matching.shelf import SHELF, catalogues, needs


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(catalogues, needs)
def test_what_is_loaded_ranks_as_what_was_saved(
    tmp_path: Path, catalogue: list[Document], need: str
) -> None:
    matcher = Matcher(floor=0.05).fit(catalogue)
    matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path)
    assert loaded.get_params() == matcher.get_params()
    assert loaded.keys_ == matcher.keys_
    assert loaded.rank(need, limit=99) == matcher.rank(need, limit=99)


def test_what_came_and_went_since_fitting_is_saved_too(tmp_path: Path) -> None:
    matcher = Matcher().fit(SHELF).remove(["choir"])
    matcher.add([Document("\ud800", "Choir", "Singing", {"stage": ("ks2",)})])
    matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path)
    assert loaded.rank("singing") == matcher.rank("singing")
    assert loaded.count_facets() == matcher.count_facets()
    assert loaded.remove(["leafy"]).rank("photosynthesis") == ()


def test_columns_are_mapped_into_memory_and_not_read(tmp_path: Path) -> None:
    Matcher().fit(SHELF).save(tmp_path)
    impacts = Matcher.load(tmp_path).index_.base.terms.impacts
    assert isinstance(impacts.base, np.memmap)
    assert not impacts.flags.writeable


def test_saving_again_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    Matcher().fit(SHELF).save(tmp_path)
    opened = Matcher.load(tmp_path)
    Matcher().fit([Document("only", "Phonics")]).save(tmp_path)
    assert Matcher.load(tmp_path).keys_ == ("only",)
    assert len(list(tmp_path.iterdir())) == 2
    assert opened.rank("fractions")[0].key == "bar-models"


def test_a_crash_while_saving_leaves_the_old_index_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Matcher().fit(SHELF).save(tmp_path)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        Matcher().fit([Document("only", "Phonics")]).save(tmp_path)
    assert Matcher.load(tmp_path).keys_ == Matcher().fit(SHELF).keys_
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No index has been saved"):
        Matcher.load(tmp_path / "nowhere")


def _cut(saved: Path) -> None:
    array = saved / "term_rows.npy"
    array.write_bytes(array.read_bytes()[:-3])


def _age(saved: Path) -> None:
    about = saved / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"version": 0}))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut short": _cut,
    "of another version": _age,
    "a part is gone": lambda saved: (saved / "alive.npy").unlink(),
    "no json": lambda saved: (saved / "about.json").write_text("{"),
    "other json": lambda saved: (saved / "about.json").write_text("[]"),
    "a foreign part": lambda saved: np.save(saved / "keys_ends.npy", np.zeros(2, dtype=np.int64)),
    "points elsewhere": lambda saved: (saved.parent / "current").write_text("../elsewhere"),
    "points nowhere": lambda saved: (saved.parent / "current").write_text("index-gone"),
    "binary pointer": lambda saved: (saved.parent / "current").write_bytes(b"\xff"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_named(tmp_path: Path, damage: str) -> None:
    Matcher().fit(SHELF).save(tmp_path)
    DAMAGES[damage](next(tmp_path.glob("index-*")))
    with pytest.raises(IndexDamaged, match=r"^The (index in|folder) "):
        Matcher.load(tmp_path)
