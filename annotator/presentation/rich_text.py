"""Codebook Markdown as rich text that is safe to show."""

from __future__ import annotations

from annotator.domain.codebook import Definition
from annotator.services.rich_text import render

__all__ = ["of_definition", "render"]


def of_definition(definition: Definition) -> str:
    """Return a definition with its examples (✓) and counter-examples (✗)."""
    parts = [render(definition.text)]
    for sign, examples in (("✓", definition.examples), ("✗", definition.counter_examples)):
        parts += [
            f"<p>{sign}&nbsp;&nbsp;{render(example).removeprefix('<p>').removesuffix('</p>')}</p>"
            for example in examples
        ]
    return "".join(parts)
