"""The table is learnt from what an encoder says of texts; here from one that is made up."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.meaning import building, fitting
from matching.meaning.building import encode, main, write
from matching.meaning.minilm import DIMENSIONS
from matching.meaning.table import FOLDER, lines, open_table

VOCABULARY = lines(FOLDER, "pieces")
MUSIC = "choir song piano tune melody singing chorus drum".split()
MATHS = "fraction number sum decimal algebra equation ratio graph".split()


class MadeUp:
    """Says that texts are alike when their pieces belong to one subject."""

    vocabulary = VOCABULARY

    def __init__(self) -> None:
        chance = np.random.default_rng(5)
        self._pieces = chance.normal(size=(len(VOCABULARY), DIMENSIONS)).astype(np.float32)
        for words in (MUSIC, MATHS):
            subject = chance.normal(size=DIMENSIONS) * 2
            for word in words:
                self._pieces[VOCABULARY.index(word)] += subject

    def encode_pieces(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        sums = np.array([self._pieces[list(text)].sum(axis=0) for text in texts])
        unit: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def texts() -> list[str]:
    chance = np.random.default_rng(3)
    return [" ".join(chance.choice((MUSIC, MATHS)[number % 2], size=4)) for number in range(300)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "table"
    write(encode(texts(), MadeUp()), folder)
    return folder


def test_the_table_says_nearly_what_the_encoder_says(built: Path) -> None:
    table, encoder = open_table(built), MadeUp()
    asked = texts()[:20]
    by_table = table.encode(asked)
    by_model = table.project(encoder.encode_pieces([table.pieces.numbers(text) for text in asked]))
    assert (by_table * by_model).sum(axis=1).min() > 0.9


def test_building_again_gives_the_same_table(built: Path) -> None:
    encoded = encode(texts(), MadeUp())
    before = open_table(built)
    again = fitting.fit(
        encoded.cut, encoded.vectors.astype(np.float64), encoded.alone.astype(np.float64)
    )
    assert np.array_equal(again.steps, before.steps)
    assert np.array_equal(again.scale, before.scale)
    assert np.array_equal(again.axes, before.axes)


def test_axes_are_at_right_angles_and_their_direction_is_settled() -> None:
    vectors = np.random.default_rng(1).normal(size=(500, DIMENSIONS))
    axes = fitting.principal_axes(vectors)
    assert axes.T @ axes == pytest.approx(np.eye(axes.shape[1]), abs=1e-9)
    assert np.array_equal(axes, fitting.principal_axes(-vectors))
    assert (np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0) > 0).all()


def test_the_command_reads_texts_and_writes_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[int, Path]] = []
    monkeypatch.setattr(building, "load_encoder", MadeUp)
    monkeypatch.setattr(
        building, "write", lambda encoded, out: written.append((len(encoded.texts), out))
    )
    (tmp_path / "texts.json").write_text('["choir song", "sum ratio"]')
    main(["--texts", str(tmp_path / "texts.json"), "--out", str(tmp_path / "out")])
    assert written == [(2, tmp_path / "out")]


@pytest.mark.parametrize(
    ("texts", "said"), [("none.json", "No such file"), ("empty.json", "There is no prose")]
)
def test_what_is_wrong_with_the_texts_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: str, said: str
) -> None:
    (tmp_path / "empty.json").write_text("[]")
    with pytest.raises(SystemExit):
        main(["--texts", str(tmp_path / texts), "--out", str(tmp_path / "out")])
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
