"""The tantivy engine: what Lucene is to Java, for Rust and Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from tantivy import Document as Row
from tantivy import (
    Filter,
    Index,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from lended.operations.benchmarks.matching.peers import full_text
from matching import Document

HEAP_BYTES = 200_000_000


def analyzer() -> TextAnalyzer:
    """Return how texts are read: lower case, no English stop words, stemmed."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for each in (Filter.lowercase(), Filter.stopword("english"), Filter.stemmer("english")):
        builder = builder.filter(each)
    return builder.build()


def schema() -> Schema:
    """Return the fields of an index: the words, and the place of their document."""
    builder = SchemaBuilder()
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="words", index_option="freq")
    builder.add_integer_field("place", fast=True)
    return builder.build()


def build_index(rows: Iterable[tuple[str, str]], folder: Path | None = None) -> Index:
    """Build an index in one thread, so that ties go by place; in memory without a folder.

    Parameters
    ----------
    rows
        Titles and texts.
    """
    index = Index(schema(), path=None if folder is None else str(folder))
    index.register_tokenizer("words", analyzer())
    write(index, enumerate(rows))
    return index


def write(index: Index, rows: Iterable[tuple[int, tuple[str, str]]]) -> None:
    """Add rows, each with its place, to an index, and let what asks it next see them."""
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    for place, (title, text) in rows:
        writer.add_document(Row(title=title, text=text, place=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


class Finder:
    """Asks an index; any of a query's words will do.

    Parameters
    ----------
    title_weight
        What a word of the title is worth; 0 where titles are part of the text.
    """

    def __init__(self, index: Index, title_weight: int = 0) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._analyzer = analyzer()
        self._title_weight = title_weight

    def find(self, query: str, limit: int) -> list[int]:
        """Give the places of documents that hold a word of a query, best first."""
        terms = [term for word in self._analyzer.analyze(query) for term in self._terms(word)]
        wanted = Query.boolean_query([(Occur.Should, term) for term in terms])
        hits = self._searcher.search(wanted, limit, count=False).hits
        places = self._searcher.fast_field_values("place", [address for _, address in hits])
        return cast("list[int]", places)

    def _terms(self, word: str) -> Iterator[Query]:
        yield Query.term_query(self._schema, "text", word, "freq")
        if self._title_weight:
            title = Query.term_query(self._schema, "title", word, "freq")
            yield Query.boost_query(title, self._title_weight)


class TantivyPeer:
    """BM25 as tantivy computes it.

    Parameters
    ----------
    title_weight
        What the score of a title counts beside that of its text; 0 makes one text of both.
    """

    def __init__(self, title_weight: int = 0) -> None:
        self._title_weight = title_weight

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        apart = bool(self._title_weight)
        rows = ((each.title, each.text) if apart else ("", full_text(each)) for each in documents)
        self._finder = Finder(build_index(rows), self._title_weight)

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of documents that hold a word of it, best first."""
        for query in queries:
            yield self._finder.find(query, limit)
