"""Public collections of documents and queries, with judgements of what answers what."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lended.errors import Invalid
from matching import Document


@dataclass(frozen=True, slots=True)
class Corpus:
    """A judged collection.

    Parameters
    ----------
    documents
        In the collection's order, by which ties are broken.
    queries
        The texts of judged queries by their ids.
    grades
        For each query the documents judged for it, by key: 0 is not relevant, more is better.
    """

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


def read_corpora(folder: Path) -> list[Corpus]:
    """Read every collection in a folder, sorted by name.

    Parameters
    ----------
    folder
        Holds a folder for each collection with ``docs.jsonl`` (id, title, text),
        ``queries.jsonl`` (id, text) and ``qrels.tsv`` (query, document, grade).

    Raises
    ------
    Invalid
        When the folder is not there, or holds no collection.
    """
    if not folder.is_dir():
        raise Invalid(f"There are no judged collections to measure by: {folder} is not there.")
    found = [read_corpus(path.parent) for path in sorted(folder.glob("*/qrels.tsv"))]
    if not found:
        raise Invalid(f"No folder in {folder} holds a qrels.tsv, and so no judged collection.")
    return found


def read_corpus(folder: Path) -> Corpus:
    """Read one collection; queries that nobody judged are left out.

    Raises
    ------
    OSError
        When a file of it is missing.
    """
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        grades: dict[str, dict[str, int]] = {}
        for query, document, grade in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            grades.setdefault(query, {})[document] = int(grade)
    documents = tuple(
        Document(row["id"], row.get("title", ""), row.get("text", ""))
        for row in _rows(folder / "docs.jsonl")
    )
    queries = {
        row["id"]: row["text"] for row in _rows(folder / "queries.jsonl") if row["id"] in grades
    }
    judged = {query: grades[query] for query in queries}
    return Corpus(folder.name, documents, queries, judged)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
