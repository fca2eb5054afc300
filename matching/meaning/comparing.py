"""Comparing a need with documents in meaning: by what, how much it counts, and what is enough."""

import logging
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.meaning.encoders import Encoder, Encoders, choose
from matching.meaning.meanings import Meanings

Floats = NDArray[np.float32]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class Nearness:
    """How near the rows of an index are to a need in meaning.

    Parameters
    ----------
    added
        What that adds to each row's score, shape (rows,).
    near
        Which rows are a match for their meaning alone.
    """

    added: Floats
    near: NDArray[np.bool_]

    @classmethod
    def of(cls, cosines: Floats, weight: float, floor: float) -> "Nearness":
        """Weigh cosines; what points the other way takes nothing off a score."""
        added = np.maximum(cosines, 0) * np.float32(weight)
        return cls(added, (cosines >= np.float32(floor)) & (added > 0))


@dataclass(frozen=True, slots=True)
class Comparing:
    """How meanings are to be compared; the parameters are those of `matching.Matcher`."""

    semantic: str
    weight: float | None
    floor: float | None

    @property
    def document_encoder(self) -> Encoder | None:
        """The encoder of documents; None when meanings are not compared."""
        encoders = choose(self.semantic)
        return encoders.documents if encoders else None

    def familiar(self, meanings: Meanings | None) -> Meanings | None:
        """Give meanings back when today's encoder made them; else None, and a line in the log."""
        encoder = self.document_encoder
        if meanings is None or encoder is None or meanings.made_by == encoder.name:
            return meanings if encoder else None
        _LOG.warning(
            "Meanings are not compared until documents are learnt anew: theirs were made by %s, "
            "and here is %s.",
            meanings.made_by,
            encoder.name,
        )
        return None

    def in_use(self, meanings: Meanings | None) -> str:
        """Say by what meanings are in fact compared, in the words of ``semantic``."""
        encoders = self._encoders(meanings)
        return encoders.semantic if encoders else "off"

    def nearness(self, need: str, meanings: Meanings | None) -> Nearness | None:
        """Tell how near documents are to a need; None when nothing is compared, or nothing said."""
        encoders = self._encoders(meanings)
        if encoders is None or meanings is None or not need.strip():
            return None
        cosines = meanings.cosines(encoders.needs.encode([need])[0])
        weight = encoders.weight if self.weight is None else self.weight
        floor = encoders.floor if self.floor is None else self.floor
        return Nearness.of(cosines, weight, floor)

    def _encoders(self, meanings: Meanings | None) -> Encoders | None:
        return choose(self.semantic) if meanings is not None else None
