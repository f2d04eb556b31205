"""How acts are named in the journal, in menus and in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain import labels
from annotator.domain.counts import counted
from annotator.domain.mark import Mark

if TYPE_CHECKING:
    from annotator.services.project import Project

__all__ = [
    "QUOTATION_MARKS", "QUOTE_LENGTH", "counted", "layer_called", "named", "quoted", "suggester_called",
]  # fmt: skip

QUOTE_LENGTH = 40

_WITHOUT_MODEL = {"rules": "the rules", "attributions": "the rules for attributions"}

QUOTATION_MARKS = '“”„‟«»‹›"'


def quoted(text: str, length: int = QUOTE_LENGTH) -> str:
    """Return a text in quotation marks, on one line and cut to a readable length.

    Marks that the text begins or ends with itself are not written twice.
    """
    line = " ".join(text.split())
    inner = line.strip(QUOTATION_MARKS)
    if inner and not any(sign in inner for sign in QUOTATION_MARKS):
        line = inner
    return f"“{line[:length].rstrip()}…”" if len(line) > length else f"“{line}”"


def named(project: Project, mark: Mark) -> str:
    """Return layer and words of a mark: ``actor “Amal Haddad”``."""
    return f"{layer_called(project, mark.layer)} {quoted(mark.text)}"


def layer_called(project: Project, layer: str) -> str:
    """Return what the codebook calls a layer, within a sentence."""
    return labels.layer(project.codebook, layer)


def suggester_called(name: str) -> str:
    """Return what people call a suggester, within a sentence: ``the rules``, ``the model “harbour”``."""
    return _WITHOUT_MODEL.get(name, f"the model “{name}”")
