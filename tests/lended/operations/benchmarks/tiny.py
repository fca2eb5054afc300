"""A collection of three documents and two queries, one line of which can be judged by eye."""

from __future__ import annotations

import json
from pathlib import Path

DOCUMENTS = (
    {
        "id": "bars",
        "title": "Fraction Bars",
        "text": "Misconceptions about fractions made visible.",
    },
    {"id": "choir", "title": "Choir Box", "text": "Singing together in the hall."},
    {"id": "marks", "title": "Quick Marks", "text": "Marking written work in half the time."},
)
QUERIES = (
    {"id": "q1", "text": "misconceptions about fractions"},
    {"id": "q2", "text": "singing together"},
    {"id": "q3", "text": "nobody judged this one"},
)
GRADES = "q1\tbars\t2\nq1\tmarks\t0\nq2\tchoir\t1\n"


def write_corpus(folder: Path) -> Path:
    """Write the collection into a folder of its own, and return that."""
    folder.mkdir(parents=True)
    for name, rows in (("docs", DOCUMENTS), ("queries", QUERIES)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels.tsv").write_text(GRADES, encoding="utf-8")
    return folder
