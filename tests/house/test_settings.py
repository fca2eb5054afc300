"""Settings are read from the environment, and what makes no sense in it is named."""

from __future__ import annotations

import pytest

from config import SEMANTIC, SettingsError, read_settings
from matching.meaning import encoders

SECRET = {"LENDED_SECRET_KEY": "s" * 32}


def test_meaning_is_compared_by_the_table_unless_something_else_is_asked_for() -> None:
    assert encoders.SEMANTIC == SEMANTIC
    assert read_settings(SECRET).semantic == "table"
    assert read_settings({**SECRET, "LENDED_SEMANTIC": " Mixed "}).semantic == "mixed"


def test_another_way_to_compare_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match="off, table, mixed or model, not 'magic'"):
        read_settings({**SECRET, "LENDED_SEMANTIC": "magic"})
