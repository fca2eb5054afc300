"""Prose is gathered from files, and nothing that is not ours to learn from."""

from pathlib import Path

import pytest

from matching.meaning.texts import gather


def test_prose_is_gathered_with_its_sentences_sorted_and_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.json").write_text(
        '{"a": ["Pupils forget. They learnt it last week!", {"b": "Fractions"}], "c": [7, null]}'
    )
    (tmp_path / "two.csv").write_text("words\nFractions\n", encoding="utf-8")
    assert gather([tmp_path]) == [
        "Fractions",
        "Pupils forget.",
        "Pupils forget. They learnt it last week!",
        "They learnt it last week!",
    ]


def test_codes_addresses_and_scraps_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(
        '["need_code", "OAK0021", "see https://x.example", "x.example", "KS2", "", "ab"]'
    )
    assert gather([path]) == []


def test_rows_that_ask_to_share_alike_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "name,licence\nOurs to use,CC0 1.0\nTheirs to share,CC BY-SA 4.0 (theirs)\n"
        'Somebody\'s package,"free (Debian package metadata)"\n',
        encoding="utf-8",
    )
    assert "Ours to use" in gather([path])
    assert not {"Theirs to share", "Somebody's package"} & set(gather([path]))


@pytest.mark.parametrize("name", ["missing.csv", "missing.json"])
def test_a_missing_file_is_not_passed_over(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        gather([tmp_path / name])
