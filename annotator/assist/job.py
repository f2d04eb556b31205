"""What a learning process is given and what it hands back: plain values, as JSON between processes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.assist.lines import Labelled
from annotator.domain.fragment import Extent

Whole = tuple[tuple[Extent, ...], str]
"""A mark with its fragments in code points, and its label."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article to learn from or to be tried on.

    Attributes:
        id: of the article.
        spans: its marks of one layer, with the label each is to get.
    """

    id: str
    text: str
    spans: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All lessons of one layer.

    Attributes:
        folds: for each recogniser the articles that it does not learn from and is tried on; with
            none at all, one recogniser learns from everything and nothing is tried.
    """

    layer: str
    lessons: tuple[Lesson, ...]
    folds: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A whole training.

    Attributes:
        out: an empty folder; each recogniser gets a folder in it.
        lexicons: folder of the word lists, for the hints of the rules.
        steps: of each recogniser; None lets the number of articles decide.
        as_written: whether the study marks sources as they are written.
        curve: whether to learn from parts of the lessons, too, to see what more would bring.
    """

    language: str
    seed: int
    courses: tuple[Course, ...]
    out: str
    lexicons: str
    steps: int | None = None
    as_written: bool = False
    curve: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One recogniser to be taught, in a process of its own.

    Attributes:
        name: of what it learns, for people.
        courses: the layers that it learns together.
        left_out: articles that it does not learn from and is tried on.
        out: the folder to write its pipeline to; nothing keeps it for itself.
    """

    name: str
    courses: tuple[Course, ...]
    left_out: tuple[str, ...]
    steps: int
    seed: int
    language: str
    lexicons: str
    out: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of a task, layer by layer.

    Attributes:
        honest: what it found in each article that it was tried on.
        spans: how many it learned.
        aside: how many it did not, since they lie on others.
    """

    honest: dict[str, dict[str, list[Whole]]]
    spans: dict[str, int]
    aside: dict[str, int]


@dataclass(slots=True)
class Score:
    """How a model did on articles it had not learned from."""

    articles: int = 0
    proposed: int = 0
    wanted: int = 0
    exact: int = 0
    overlap: int = 0

    def add(self, found: list[Whole], wanted: list[Whole]) -> None:
        """Count one article."""
        self.proposed += len(found)
        self.wanted += len(wanted)
        self.exact += len(set(found) & set(wanted))
        free = sorted(wanted)
        for parts, _ in sorted(found):
            hit = next((other for other in free if _touch(parts, other[0])), None)
            if hit is not None:
                free.remove(hit)
                self.overlap += 1

    @property
    def exact_f1(self) -> float:
        """F1 of spans with both edges right."""
        return _f1(self.exact, self.proposed, self.wanted)

    @property
    def overlap_f1(self) -> float:
        """F1 of spans that share a character with one of their own."""
        return _f1(self.overlap, self.proposed, self.wanted)


@dataclass(slots=True)
class Choice:
    """When to believe the rules, and when what was learned; ``choosing`` makes and reads it.

    Attributes:
        right: how often each case is right, 0 to 1; a case is named from general to special.
        least: what a case must reach so that its marks are proposed.
    """

    right: dict[str, float] = field(default_factory=dict)
    least: float = 0.0


@dataclass(slots=True)
class Learned:
    """What came of one layer.

    Attributes:
        aside: spans that could not be learned, since they lie on others.
        score: of what is proposed in the end, by each recogniser alone on the articles it did
            not learn from; None where there are none.
        rules: how the rules did on the same articles; None where they know nothing of the layer.
        curve: exact F1 by number of articles learned from, the whole last.
        choice: what to believe of what recognisers and rules find.
        with_rules: whether the rules are heard.
    """

    layer: str
    labels: list[str] = field(default_factory=list)
    articles: int = 0
    spans: int = 0
    aside: int = 0
    steps: int = 0
    score: Score | None = None
    rules: Score | None = None
    curve: list[tuple[int, float]] = field(default_factory=list)
    choice: Choice | None = None
    with_rules: bool = False


def _touch(one: tuple[Extent, ...], other: tuple[Extent, ...]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def read_task(path: Path) -> Task:
    """Read a task."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Task(
        **{**data, "courses": _courses(data["courses"]), "left_out": tuple(data["left_out"])}
    )


def taught_from(data: dict[str, Any]) -> Taught:
    """Return what a process reported of its task."""
    honest = {
        layer: {
            id: [(tuple((start, end) for start, end in parts), label) for parts, label in found]
            for id, found in by_article.items()
        }
        for layer, by_article in data["honest"].items()
    }
    return Taught(honest, data["spans"], data["aside"])


def read_job(path: Path) -> tuple[Job, list[tuple[int, Taught]]]:
    """Read a job with what came of its tasks."""
    data = json.loads(path.read_text(encoding="utf-8"))
    job = Job(**{**data["job"], "courses": _courses(data["job"]["courses"])})
    return job, [(part, taught_from(item)) for part, item in data["taught"]]


def _courses(items: list[dict[str, Any]]) -> tuple[Course, ...]:
    return tuple(
        Course(item["layer"], _lessons(item["lessons"]), tuple(map(tuple, item["folds"])))
        for item in items
    )


def learned_from(data: dict[str, Any]) -> Learned:
    """Return what a learning process reported of a layer."""
    scores = {name: Score(**data[name]) if data[name] else None for name in ("score", "rules")}
    curve = [(int(count), float(value)) for count, value in data["curve"]]
    choice = Choice(**data["choice"]) if data["choice"] else None
    return Learned(**{**data, **scores, "curve": curve, "choice": choice})


def _lessons(items: list[dict[str, Any]]) -> tuple[Lesson, ...]:
    return tuple(
        Lesson(
            item["id"],
            item["text"],
            tuple((start, end, label) for start, end, label in item["spans"]),
        )
        for item in items
    )


def _f1(hits: int, proposed: int, wanted: int) -> float:
    return 2 * hits / (proposed + wanted) if hits else 0.0
