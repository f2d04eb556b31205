"""Asking the lead when suggestions are shown; the answer goes into the codebook as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.codebook import ACTOR, CUE
from annotator.services import codebook_editing

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def ask(desk: Desk) -> None:
    """Ask which layers show suggestions at once and how many articles never do."""
    project = desk.project
    if project is None:
        return
    # A cue is proposed together with its claim.
    layers = [
        (layer.name, layer.label) for layer in project.codebook.open_layers if layer.name != CUE
    ]
    said = desk.window.ask_policy(project.codebook.suggesting, layers, ACTOR)
    if said is None or said == project.codebook.suggesting:
        return
    desk.act(
        lambda project: codebook_editing.use_suggestions(
            project, first=said.first, kept_back=said.kept_back, by_chance=said.by_chance
        )
    )
