"""What all documents of an index mean, and by which encoder that was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.documents import Document
from matching.meaning.encoders import Encoder
from matching.meaning.vectors import Vectors

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Meanings:
    """The vectors of an index's documents.

    Parameters
    ----------
    made_by
        The name of the encoder.
    base, recent
        The vectors of the fitted documents and of those added since, in the order of their keys.
    """

    made_by: str
    base: Vectors
    recent: Vectors

    @classmethod
    def of(cls, documents: Sequence[Document], encoder: Encoder) -> Self:
        """Encode fitted documents, sorted by key."""
        return cls(encoder.name, _encoded(documents, encoder), _encoded((), encoder))

    def added(
        self, before: Sequence[Document], after: Sequence[Document], encoder: Encoder
    ) -> Self:
        """Give the meanings when more documents have been added since.

        Parameters
        ----------
        before, after
            Those added earlier, and those with the new ones among them, both sorted by key.
        """
        earlier = {document.key for document in before}
        arriving = [document for document in after if document.key not in earlier]
        both = replace(self, recent=self.recent + _encoded(arriving, encoder))
        return both.keeping([*before, *arriving], after)

    def keeping(self, before: Sequence[Document], after: Sequence[Document]) -> Self:
        """Give the meanings when only some of the recent documents stay, in this order."""
        places = {document.key: place for place, document in enumerate(before)}
        staying = [places[document.key] for document in after]
        return replace(self, recent=self.recent.take(staying))

    def cosines(self, need: Floats) -> Floats:
        """Give the cosine of every row of the index to a need's vector, shape (rows,)."""
        return np.concatenate([self.base.cosines(need), self.recent.cosines(need)])


def _encoded(documents: Sequence[Document], encoder: Encoder) -> Vectors:
    texts = [f"{document.title}. {document.text}" for document in documents]
    return Vectors.of(encoder.encode(texts))
