"""How well a colour stands out from another, as WCAG 2.2 counts it."""

from __future__ import annotations

import re

from annotator.domain.errors import Refused

LEAST = 3.0
"""What lines and signs need beside their background."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``, from 1 to 21; raise Refused if one is none."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour as we write it."""
    return _HEX.fullmatch(text) is not None


def _luminance(colour: str) -> float:
    if not is_colour(colour):
        raise Refused(f"“{colour}” is no colour: write it as #0072b2.")
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
