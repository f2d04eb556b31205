"""What the inspector shows while no mark is current: the article, and how far one is with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.article import Article, Verdict
from annotator.presentation.finishing import Gap

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


@dataclass(frozen=True, slots=True)
class LayerState:
    """How far one is with a layer: its verdict, and how many marks it has; key makes one."""

    name: str
    label: str
    key: str
    count: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ArticleState:
    """The open article as the inspector shows it; equal while nothing to be seen has changed.

    Attributes:
        copies: other articles with the same words.
        gaps: what is not filled in, while that is shown.
        held: the layer that every selection marks at once, if one is held.
        done_key, nothing_key: keys that give the article its verdict; note_key leads to its note.
    """

    article: Article
    copies: tuple[Article, ...]
    layers: tuple[LayerState, ...]
    gaps: tuple[Gap, ...]
    held: str | None
    has_selection: bool
    has_marks: bool
    done_key: str
    nothing_key: str
    note_key: str


def state_of(desk: Desk) -> ArticleState | None:
    """Return how the open article stands, or None if none is open."""
    reader, project = desk.reader, desk.project
    if reader.article is None or project is None:
        return None
    layers = tuple(
        LayerState(
            layer.name,
            layer.label,
            desk.key_of(f"mark.as.{layer.name}"),
            reader.count(layer.name),
            reader.verdicts.get(layer.name, Verdict.OPEN),
        )
        for layer in project.codebook.open_layers
    )
    return ArticleState(
        article=reader.article,
        copies=tuple(reader.copies),
        layers=layers,
        gaps=reader.gaps,
        held=reader.held,
        has_selection=reader.has_selection,
        has_marks=bool(reader.marks),
        done_key=desk.key_of("article.done"),
        nothing_key=desk.key_of("article.nothing"),
        note_key=desk.key_of("article.note"),
    )
