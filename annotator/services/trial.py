"""How good the suggestions are: against marks made without seeing them, with each slip to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.article import Meta, Verdict
from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.suggestion import Decision
from annotator.services.coding import as_mark
from annotator.services.consolidating import consolidated
from annotator.services.project import Project
from annotator.services.scoring import LABELS, Scores, matched, score
from annotator.store import articles, marks, states, suggestions

MISSED, TOO_MUCH, BOUNDS, VALUE = "missed", "too much", "other bounds", "other value"


@dataclass(frozen=True, slots=True)
class Slip:
    """One place where suggestion and mark differ.

    Attributes:
        proposed, wanted: the words or the value on either side; empty where there is nothing.
    """

    article: Id
    title: str
    layer: str
    kind: str
    extent: Extent
    proposed: str
    wanted: str


@dataclass(slots=True)
class Trial:
    """Scores and slips over the articles that could be used.

    Attributes:
        articles: in which at least one layer was done without a suggestion being answered.
    """

    articles: int = 0
    scores: Scores = field(default_factory=Scores)
    slips: list[Slip] = field(default_factory=list)


def try_out(project: Project, trial: Trial) -> Iterator[tuple[int, int, str]]:
    """Compare suggestions with own marks where a layer is done and nobody answered any there.

    Yields after each article: how many are read, how many there are, and a title.
    """
    done = states.of_annotator(project.db, project.annotator.id)
    todo = [id for id in articles.ids_in_project_order(project.db) if id in done]
    pairs: list[tuple[CodedArticle, CodedArticle]] = []
    for number, id in enumerate(todo, start=1):
        article = project.article(id)
        proposed = suggestions.of_article(project.db, article.id)
        answered = {item.layer for item in proposed if item.decision is not Decision.WAITING}
        layers = {
            layer
            for layer, verdict in done[article.id].items()
            if verdict is not Verdict.OPEN and layer not in answered
        }
        mine = [as_mark(item) for item in consolidated(proposed) if item.layer in layers]
        own = marks.of_article(project.db, article.id, project.annotator.id)
        wanted = [mark for mark in own if mark.layer in layers]
        if layers and proposed:
            trial.articles += 1
            pairs.append((_coded(article.id, mine), _coded(article.id, wanted)))
            trial.slips += _slips(article.id, article.title, mine, wanted)
        yield number, len(todo), article.title
    trial.scores = score(pairs)


def _coded(article: Id, own: list[Mark]) -> CodedArticle:
    return CodedArticle("", Meta(), id=article, marks=tuple(own))


def _slips(article: Id, title: str, mine: list[Mark], theirs: list[Mark]) -> list[Slip]:
    """Return the slips of one article in reading order."""
    found: list[Slip] = []
    for layer in sorted({mark.layer for mark in (*mine, *theirs)}):
        ours = [mark for mark in mine if mark.layer == layer]
        wanted = [mark for mark in theirs if mark.layer == layer]
        pairs = matched(ours, wanted)
        paired = {mark.id for pair in pairs for mark in pair}
        found += [
            _slip(article, title, TOO_MUCH, mark, mark.text, "")
            for mark in ours
            if mark.id not in paired
        ]
        found += [
            _slip(article, title, MISSED, mark, "", mark.text)
            for mark in wanted
            if mark.id not in paired
        ]
        for one, other in pairs:
            found += _differences(article, title, one, other)
    return sorted(found, key=lambda slip: (slip.extent, slip.layer, slip.kind))


def _differences(article: Id, title: str, one: Mark, other: Mark) -> Iterator[Slip]:
    if [part.extent for part in one.fragments] != [part.extent for part in other.fragments]:
        yield _slip(article, title, BOUNDS, other, one.text, other.text)
    name = LABELS.get(other.layer, "")
    values = [str(mark.attributes.get(name) or "") for mark in (one, other)]
    if all(values) and values[0] != values[1]:
        yield _slip(article, title, VALUE, other, *values)


def _slip(article: Id, title: str, kind: str, mark: Mark, proposed: str, wanted: str) -> Slip:
    return Slip(article, title, mark.layer, kind, (mark.start, mark.end), proposed, wanted)
