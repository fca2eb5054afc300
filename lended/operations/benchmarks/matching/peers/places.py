"""From scores to places."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def best_places(scores: npt.NDArray[Any], limit: int) -> list[int]:
    """Give the places of the best scores above nought, best first; ties by place.

    Parameters
    ----------
    scores
        Of every document; shape (documents,).
    """
    order = np.argsort(-scores, kind="stable")[:limit]
    return [int(place) for place in order if scores[place] > 0]
