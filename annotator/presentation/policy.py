"""Asking the lead when suggestions are shown; the answer goes into the codebook as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.codebook import ACTOR, CUE
from annotator.services import codebook_editing

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

SHARES = (10, 0, 5, 20, 50)


def ask(desk: Desk) -> None:
    """Ask which layers show suggestions at once and how many articles never do."""
    project = desk.project
    if project is None:
        return
    layers = [layer.name for layer in project.codebook.open_layers if layer.name != CUE]
    ways = [
        (layers[:0] + [name for name in layers if name == ACTOR],
         "Actors at once, all else as a second look when the layer is done"),
        (layers, "All layers at once (people follow the machine in what is a matter of judgement)"),
        ([], "Every layer as a second look only"),
    ]  # fmt: skip
    title = "When suggestions are shown"
    now = project.codebook.suggesting
    way = desk.window.choose(
        title,
        f"Now: {', '.join(now.first) or 'no layer'} at once, never in {now.kept_back} of 100 articles.",
        [words for _, words in ways],
        "Choose",
    )
    if way is None:
        return
    share = desk.window.choose(
        title,
        "How many articles of 100 never show suggestions, to measure with?",
        [f"{share} of 100" for share in SHARES],
        "Set",
    )
    if share is None:
        return
    desk.act(
        lambda project: codebook_editing.use_suggestions(
            project, first=ways[way][0], kept_back=SHARES[share]
        )
    )
