"""The encoder gives what its makers' own code gives, in NumPy, from the package's weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.meaning import minilm
from matching.meaning.minilm import MiniLM, ModelMissing, load_encoder

SENTENCES = (
    "My class forgets what was taught last week.",
    "Short quizzes that bring back what was learnt before.",
    "A choir book for singing together.",
)


def test_sentences_that_mean_alike_lie_close() -> None:
    forgetting, quizzes, choir = load_encoder().encode(SENTENCES)
    assert forgetting @ quizzes > 2 * abs(forgetting @ choir)


def test_vectors_are_of_unit_length_and_do_not_depend_on_their_company() -> None:
    encoder = load_encoder()
    together = encoder.encode([*SENTENCES, "", "word " * 400])
    assert together.shape == (5, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, sentence in enumerate(SENTENCES):
        assert np.allclose(encoder.encode([sentence])[0], together[row], atol=1e-5)


def test_what_lies_beyond_the_last_piece_read_does_not_count() -> None:
    short, long = load_encoder().encode(["word " * 254, "word " * 254 + "piano " * 50])
    assert np.allclose(short, long, atol=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert load_encoder().encode([]).shape == (0, 384)


def test_without_its_package_it_says_which_extra_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "PACKAGE", "a_package_that_nobody_has")
    with pytest.raises(ModelMissing, match="extra called semantic"):
        load_encoder.__wrapped__()


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, (3).to_bytes(8, "little") + b"{]}"])
def test_damaged_weights_are_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\n", encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelMissing, match="cannot be read"):
        MiniLM(tmp_path)


def test_tensors_of_other_types_are_passed_over(tmp_path: Path) -> None:
    head = {
        "__metadata__": {"format": "pt"},
        "numbers": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
        "weight": {"dtype": "F32", "shape": [1, 2], "data_offsets": [8, 16]},
    }
    packed = json.dumps(head).encode()
    body = bytes(8) + np.array([1.5, -2], dtype="<f4").tobytes()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(packed).to_bytes(8, "little") + packed + body)
    tensors = minilm._open_tensors(path)
    assert list(tensors) == ["weight"]
    assert tensors["weight"].tolist() == [[1.5, -2]]
