"""Tables read well on a terminal and in Markdown."""

from __future__ import annotations

from lended.operations.benchmarks.matching.tables import Table

TABLE = Table("Lengths", ("", "metres"), (("a long name", "1.0"), ("b", "10.0")), ("By tape.",))


def test_on_a_terminal_figures_stand_under_one_another() -> None:
    assert TABLE.plain().splitlines() == [
        "Lengths",
        "───────",
        "             metres",
        "a long name     1.0",
        "b              10.0",
        "By tape.",
    ]


def test_in_markdown_it_is_a_table() -> None:
    assert TABLE.markdown().splitlines() == [
        "**Lengths**",
        "",
        "|  | metres |",
        "| --- | ---: |",
        "| a long name | 1.0 |",
        "| b | 10.0 |",
        "",
        "By tape.",
    ]
