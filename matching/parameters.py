"""Refusing parameters of a matcher that make no sense."""

from collections.abc import Mapping
from typing import Any

from matching.meaning.encoders import SEMANTIC
from matching.stages import NATIONS

_SHARES = ("floor", "length", "filler_weight", "prior_bound", "meaning_floor")
_ABOVE_NOTHING = ("title_weight", "saturation")
_NOT_BELOW_NOTHING = ("title_cover", "meaning_weight")
_ONE_OF = {"nation": tuple(NATIONS), "semantic": SEMANTIC}


def check(parameters: Mapping[str, Any]) -> None:
    """Refuse a parameter out of its range; one that is None is left to whoever uses it.

    Raises
    ------
    ValueError
        When one is.
    """
    for name, value in parameters.items():
        if value is None:
            continue
        if name in _SHARES and not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, not {value!r}.")
        if name in _ABOVE_NOTHING and not value > 0:
            raise ValueError(f"{name} must be above 0, not {value!r}.")
        if name in _NOT_BELOW_NOTHING and not value >= 0:
            raise ValueError(f"{name} must not be below 0, not {value!r}.")
        if name in _ONE_OF and value not in _ONE_OF[name]:
            choices = ", ".join(_ONE_OF[name])
            raise ValueError(f"{name} must be one of {choices}, not {value!r}.")
