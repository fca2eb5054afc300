"""Every pair of colours that meets on a page can be told apart, in both schemes.

References
----------
WCAG 2.2, relative luminance and contrast ratio; success criteria 1.4.6 (7:1 for text) and 1.4.11
(3:1 for edges of controls and for drawings).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "lended" / "static" / "css" / "tokens.css"
AAA_TEXT = 7.0
AA_DRAWING = 3.0

SURFACES = ("paper", "card")
WASHES = ("marker-wash", "words")
TEXTS = ("ink", "ink-soft", "link", "problem")
TEXT_PAIRS = (
    *((text, surface) for text in (*TEXTS, "stamp", "good") for surface in SURFACES),
    *((text, wash) for text in TEXTS for wash in WASHES),
    ("on-cloth", "cloth"),
    ("on-cloth-soft", "cloth"),
    ("on-marker", "marker"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
)
DRAWING_PAIRS = (
    *((edge, surface) for edge in ("control-edge", "focus") for surface in SURFACES),
    ("control-edge", "words"),
    ("marker", "cloth"),
    ("focus", "focus-halo"),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour written as ``#rrggbb``."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of both schemes; dark changes what it names and keeps the rest."""
    light_text, dark_text = TOKENS.read_text(encoding="utf-8").split(
        "@media screen and (prefers-color-scheme: dark)"
    )
    light = _colours(light_text)
    return {"light": light, "dark": light | _colours(dark_text)}


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), TEXT_PAIRS)
def test_text_can_be_read_by_tired_eyes(scheme: str, text: str, behind: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[behind]) >= AAA_TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "behind"), DRAWING_PAIRS)
def test_edges_and_rings_can_be_seen(scheme: str, edge: str, behind: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[edge], colours[behind]) >= AA_DRAWING


def test_black_on_white_is_as_far_apart_as_colours_go() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_dark_scheme_turns_paper_and_ink_round() -> None:
    light, dark = schemes()["light"], schemes()["dark"]
    assert luminance(light["paper"]) > luminance(light["ink"])
    assert luminance(dark["paper"]) < luminance(dark["ink"])
