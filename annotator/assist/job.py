"""What a learning process is given and what it hands back: plain values, as JSON between processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from annotator.assist.lines import Labelled


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
    """All lessons of one layer; ``held_out`` are never learned from."""

    layer: str
    lessons: tuple[Lesson, ...]
    held_out: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A whole training.

    Attributes:
        out: an empty folder; each layer gets a folder in it.
        steps: at most; None lets the number of articles decide.
    """

    language: str
    seed: int
    courses: tuple[Course, ...]
    out: str
    steps: int | None = None


@dataclass(slots=True)
class Score:
    """How a model did on articles it had not learned from."""

    articles: int = 0
    proposed: int = 0
    wanted: int = 0
    exact: int = 0
    overlap: int = 0

    @property
    def exact_f1(self) -> float:
        """F1 of spans with both edges right."""
        return _f1(self.exact, self.proposed, self.wanted)

    @property
    def overlap_f1(self) -> float:
        """F1 of spans that share a character with one of their own."""
        return _f1(self.overlap, self.proposed, self.wanted)


@dataclass(slots=True)
class Learned:
    """What came of one layer.

    Attributes:
        aside: spans that could not be learned, since they lie on others.
        score: None where nothing was held out.
    """

    layer: str
    labels: list[str] = field(default_factory=list)
    articles: int = 0
    spans: int = 0
    aside: int = 0
    steps: int = 0
    score: Score | None = None


def write_job(job: Job, path: Path) -> None:
    """Write a job for the learning process."""
    path.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")


def read_job(path: Path) -> Job:
    """Read a job."""
    data = json.loads(path.read_text(encoding="utf-8"))
    courses = tuple(
        Course(item["layer"], _lessons(item["lessons"]), _lessons(item["held_out"]))
        for item in data["courses"]
    )
    return Job(data["language"], data["seed"], courses, data["out"], data["steps"])


def learned_from(data: dict[str, Any]) -> Learned:
    """Return what a learning process reported of a layer."""
    score = data.pop("score")
    return Learned(**data, score=Score(**score) if score else None)


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
