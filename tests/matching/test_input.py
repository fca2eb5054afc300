"""Whatever is typed or listed, there is an answer or a clear refusal."""

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Code, CodeProposer, Document, Matcher, read_stages
from tests.matching.shelf import CODES, SHELF

MATCHER = Matcher().fit(SHELF)
PROPOSER = CodeProposer().fit(CODES)
WRONG: Any = 3
HANGS = 20.0
"""Seconds of the processor: what reads a bomb of a text letter by letter takes hours."""


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_answered(need: str) -> None:
    MATCHER.rank(need)
    MATCHER.nearest(need)
    PROPOSER.propose(need)
    read_stages(need)


@given(st.lists(st.tuples(st.text(st.characters()), st.text(st.characters())), max_size=4))
def test_any_text_can_be_listed(rows: list[tuple[str, str]]) -> None:
    documents = [Document(str(place), *row) for place, row in enumerate(rows)]
    matcher = Matcher(floor=0).fit(documents)
    for document in documents:
        matcher.rank(document.title)


@pytest.mark.parametrize(
    "need",
    [
        "\ud800\udfff marking \ud800",
        "\u202emarking\u202c",
        "mar\u200bking",
        "\x00\x01marking\x02",
        "\U0001f4da marking \U0001f62d",
        "\uff4d\uff41\uff52\uff4b\uff49\uff4e\uff47",
        "'; DROP TABLE products; -- marking",
    ],
)
def test_strange_characters_do_not_hide_the_words(need: str) -> None:
    assert MATCHER.rank(need)[0].key == "markwell"


@pytest.mark.parametrize(
    "piece",
    ["a", "a-", "a'", "y1 ", "1,", "1 to ", "ages 5 to ", "\u202e", "e\u0301", "A&B ", "marking ",
     "(a+)+$ ", "\U0001f4da", "\x00", "English as an additional "],
)  # fmt: skip
def test_a_hundred_thousand_characters_do_not_hang_it(piece: str) -> None:
    need = piece * (100_000 // len(piece))
    started = process_time()
    MATCHER.rank(need)
    PROPOSER.propose(need)
    assert process_time() - started < HANGS


def test_more_may_be_asked_for_than_there_is() -> None:
    assert MATCHER.rank("marking", limit=10**15) == MATCHER.rank("marking", limit=len(SHELF))


def test_a_long_need_of_strange_words_does_not_hang_it() -> None:
    need = " ".join(f"st{chr(97 + i % 26)}a{chr(97 + i // 26 % 26)}ngeword" for i in range(5_000))
    started = process_time()
    MATCHER.rank(need)
    assert process_time() - started < HANGS


@pytest.mark.parametrize("need", [None, 3, b"marking", ["marking"]])
def test_a_need_that_is_no_text_is_refused(need: object) -> None:
    with pytest.raises(TypeError, match="A need must be text"):
        MATCHER.rank(need)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="A need must be text"):
        PROPOSER.propose(need)  # type: ignore[arg-type]


REFUSALS: dict[str, tuple[type[Exception], Callable[[], object]]] = {
    "key that is not empty": (ValueError, lambda: Document("", "t")),
    "The key of a document must be text": (TypeError, lambda: Document(WRONG, "t")),
    "The title of a document": (TypeError, lambda: Document("a", WRONG)),
    "The text of a document": (TypeError, lambda: Document("a", "t", WRONG)),
    "The facets of document 'a'": (TypeError, lambda: Document("a", "t", "", WRONG)),
    "'f' of document 'a' must list": (TypeError, lambda: Document("a", "t", "", {"f": "x"})),
    "The code of a code": (TypeError, lambda: Code(WRONG, "l")),
    "phrases of code 'a'": (TypeError, lambda: Code("a", "l", "phrase")),
    "Only documents can be matched": (TypeError, lambda: Matcher().fit([WRONG])),
    "the same key, 'a'": (ValueError, lambda: Matcher().fit([Document("a", "t")] * 2)),
    "Only codes can be proposed": (TypeError, lambda: CodeProposer().fit([WRONG])),
    "'a' comes twice": (ValueError, lambda: CodeProposer().fit([Code("a", "l")] * 2)),
    "limit must not be negative": (ValueError, lambda: MATCHER.rank("x", limit=-1)),
    "must not be negative, but is -2": (ValueError, lambda: PROPOSER.propose("x", limit=-2)),
    "as a collection, not as str": (TypeError, lambda: MATCHER.rank("x", allowed="choir")),
    "as a collection, not as int": (TypeError, lambda: MATCHER.remove(WRONG)),
    "Keys must be texts": (TypeError, lambda: MATCHER.rank("x", allowed=[WRONG])),
    "one entry per key, 8": (ValueError, lambda: MATCHER.rank("x", allowed=np.ones(2, np.bool_))),
    "must hold booleans": (TypeError, lambda: MATCHER.rank("x", allowed=np.ones(8))),
    "for 'choir' is not": (ValueError, lambda: MATCHER.rank("x", prior={"choir": float("nan")})),
    "Unknown nation": (ValueError, lambda: read_stages("x", "france")),
}  # fmt: skip


@pytest.mark.parametrize("says", REFUSALS)
def test_what_makes_no_sense_is_refused_in_words(says: str) -> None:
    error, make = REFUSALS[says]
    with pytest.raises(error, match=says):
        make()
