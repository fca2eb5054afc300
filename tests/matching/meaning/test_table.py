"""The table says nearly what MiniLM says, without it, and its absence is said once."""

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from matching.meaning.minilm import load_encoder
from matching.meaning.table import DIMENSIONS, FOLDER, Table, load_table, open_table

PAIRS = (
    ("They forget everything by Monday", "Quizzes that bring back what was learnt"),
    ("Marking eats my weekend", "Feedback on essays in half the time"),
    ("He cannot sit still and shouts out", "Calm routines for challenging behaviour"),
    ("New arrivals who speak no English", "First words for learners of a second language"),
    ("Mixing up numerator and denominator", "Fractions with tiles and bar models"),
    ("Nobody joins in at choir", "Songs to sing together with backing tracks"),
)


@pytest.fixture
def table() -> Table:
    table = load_table()
    assert table is not None
    return table


def test_rows_are_of_unit_length_or_nothing(table: Table) -> None:
    rows = table.encode(["fractions", "", "My class is lost with fractions.", "\u200b"])
    assert rows.shape == (4, DIMENSIONS)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1, 0], abs=1e-6)
    assert table.encode([]).shape == (0, DIMENSIONS)


def test_a_text_is_encoded_alike_in_any_company(table: Table) -> None:
    together = table.encode(["fractions", "choir", "fractions"])
    assert np.array_equal(together[0], together[2])
    assert np.array_equal(together[1], table.encode(["choir"])[0])


def test_table_and_model_agree_on_which_product_a_need_is_about(table: Table) -> None:
    needs, products = ([pair[side] for pair in PAIRS] for side in (0, 1))
    encoder = load_encoder()
    modelled = table.project(encoder.encode(products))
    for said in (table.encode(needs), table.project(encoder.encode(needs))):
        cosines = said @ modelled.T
        assert (cosines.argmax(axis=1) == range(len(PAIRS))).mean() >= 5 / 6


def test_they_agree_roughly_on_every_pair(table: Table) -> None:
    texts = [text for pair in PAIRS for text in pair]
    tabled, modelled = table.encode(texts), table.project(load_encoder().encode(texts))
    above = np.triu_indices(len(texts), 1)
    agreement = np.corrcoef((tabled @ tabled.T)[above], (modelled @ modelled.T)[above])[0, 1]
    assert agreement > 0.5


def test_the_table_is_small_and_names_itself_by_its_digest(table: Table) -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12_000_000
    about = json.loads((FOLDER / "about.json").read_text(encoding="utf-8"))
    assert about["digest"].startswith(table.name.removeprefix("table "))


def test_its_absence_is_logged_and_nothing_breaks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert load_table(tmp_path / "nowhere") is None
        assert load_table(tmp_path / "nowhere") is None
    assert len(caplog.records) == 1
    assert "Meanings are not compared" in caplog.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("about.json", b"{"),
        ("about.json", b'{"version": 0}'),
        ("steps.npy", b""),
        ("axes.npy", b"x"),
    ],
)
def test_a_damaged_table_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "table"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_bytes(content)
    with pytest.raises((OSError, ValueError, KeyError)):
        open_table(folder)
    assert load_table(folder) is None
