"""What one writes first: scikit-learn's TF-IDF vectors and the cosine between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from lended.operations.benchmarks.matching.peers import full_text
from lended.operations.benchmarks.matching.peers.places import best_places
from matching import Document


class TfidfPeer:
    """``TfidfVectorizer`` as it comes, and cosine."""

    def fit(self, documents: Sequence[Document]) -> None:
        """Learn documents, forgetting any before."""
        self._vectorizer = TfidfVectorizer()
        self._vectors = self._vectorizer.fit_transform(map(full_text, documents))

    def rank(self, queries: Sequence[str], limit: int) -> Iterator[list[int]]:
        """Give for each query the places of documents that share a word with it, best first."""
        for scores in cosine_similarity(self._vectorizer.transform(queries), self._vectors):
            yield best_places(scores, limit)
