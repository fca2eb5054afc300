"""A trial's before and after as a picture: two dots and the line that would count as success."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lended.outcomes.rules.claims import Figures, hinted, value_words, withheld

LEAST_DRAWN = 1e-6
"""Below this everything lies at nought, and the scale ends at one."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value and how it is said; without an interval, because single values are not kept."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Points on one scale, and the threshold fixed before the start."""

    title: str
    unit: str
    low: float
    high: float
    points: tuple[Point, ...]
    threshold: float | None
    threshold_words: str


def picture(figures: Figures, title: str, *, outside: bool = False) -> Picture | None:
    """Return the picture of a trial, or None where there are no numbers or they may not be seen."""
    if not figures.measured or (outside and (withheld(figures) or hinted(figures))):
        return None
    assert figures.baseline is not None
    assert figures.result is not None
    values = [figures.baseline, figures.result]
    low, high = _scale([*values, *([] if figures.threshold is None else [figures.threshold])])
    return Picture(
        title=title,
        unit=figures.unit,
        low=low,
        high=high,
        points=tuple(
            Point(label, value, value_words(value, figures))
            for label, value in zip(("Before", "After"), values, strict=True)
        ),
        threshold=figures.threshold,
        threshold_words="Goal" if figures.threshold is None else f"Goal: {figures.threshold:,.10g}",
    )


def _scale(values: list[float]) -> tuple[float, float]:
    """Return round ends that hold every value, and nought, so that no change looks larger."""
    low, high = min(0.0, *values), max(0.0, *values)
    widest = max(abs(low), abs(high))
    if widest < LEAST_DRAWN:
        return (-1 if low < 0 else 0), 1
    step = 10.0 ** math.floor(math.log10(widest)) / 2
    ends = math.floor(low / step) * step, math.ceil(high / step) * step
    return tuple(int(end) if end == int(end) else round(end, 10) for end in ends)  # type: ignore[return-value]
