"""Training: a model from the done articles of a project, in processes of their own.

They can be stopped or killed at any moment; only a finished model is moved into
place, with a card that says what it learned from and how it did.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import BadInput, Problem, Refused
from annotator.domain.identity import Id
from annotator.services import learners
from annotator.services.aside import Aside
from annotator.services.beside import Tell
from annotator.services.lessons import job_of
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import snapshot

if TYPE_CHECKING:
    from annotator.assist.job import Job, Learned

Progress = Callable[["News | None"], bool]
"""Told how far the training is, or None where there is no news for a while; returns False to stop it."""


@dataclass(frozen=True, slots=True)
class News:
    """How far the training of a recogniser is.

    Attributes:
        layer: the layers that it learns, and which of several it is.
        score: exact F1 on the held-out articles; None where none are held out.
    """

    layer: str
    step: int
    of: int
    loss: float
    score: float | None

    def in_words(self) -> str:
        """Return one line."""
        score = "" if self.score is None else f", score {self.score:.2f}"
        return f"{self.layer}: step {self.step} of {self.of}, loss {self.loss:.0f}{score}"


def train(
    project: Project,
    out: Path,
    layers: Sequence[str] = (),
    *,
    seed: int = 0,
    steps: int | None = None,
    curve: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train a model into the folder ``out`` and return its card.

    Raises:
        Refused: too little is done, or ``out`` is there already.
        Problem: it was stopped or failed; nothing is left then.
    """
    job = prepare(project, out, layers, seed=seed, steps=steps, curve=curve)
    return train_job(job, out, progress)


def prepare(
    project: Project,
    out: Path,
    layers: Sequence[str] = (),
    *,
    seed: int,
    steps: int | None = None,
    curve: bool = False,
) -> Job:
    """Return the job, with everything the training needs of the project; raises like ``train``."""
    if out.exists():
        raise Refused(f"{out.name} is there already: name another folder, or remove that model.")
    job = job_of(project.db, project.annotator.id, layers, seed, steps)
    return replace(job, curve=curve)


def train_aside(project: Project, out: Path, steps: int | None = None) -> Aside[dict[str, Any]]:
    """Return the work that trains every layer from a copy of the project, and measures the curve.

    Raises:
        Refused: a step is being written.
        Problem: there is no room for the copy, or the file is too damaged to be copied.
    """
    return Aside(project, train_copy, project.annotator.id, out, steps)


def train_copy(copy: Path, person: Id, out: Path, steps: int | None, tell: Tell) -> dict[str, Any]:
    """Train a model from a copy of a project, which is gone then; raises like ``train``.

    Args:
        person: whose marks are learned of an article that several have done.
        tell: is told the steps of all recognisers that have begun.
    """
    with snapshot.reading(copy) as db:
        job = job_of(db, person, steps=steps, tell=tell)
    reached: dict[str, News] = {}

    def progress(news: News | None) -> bool:
        if news:
            reached[news.layer] = news
        return tell(
            sum(one.step for one in reached.values()), sum(one.of for one in reached.values())
        )

    return train_job(replace(job, curve=True), out, progress)


def train_job(job: Job, out: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Train without a project at hand; raises like ``train``."""

    def tell(news: dict[str, Any] | None) -> bool:
        return progress is None or progress(News(**news) if news else None)

    with _draft(out) as draft:
        model = draft / "model"
        model.mkdir()
        ready = replace(job, out=str(model))
        learned = learners.run(ready, draft, tell)
        card = _card(ready, out.name, learned)
        (model / "card.json").write_text(
            json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        (model / "card.md").write_text(_readme(card), encoding="utf-8")
        model.replace(out)
    return card


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """Give a folder beside ``out`` that is gone afterwards, whatever happened."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".training-", dir=out.parent))
    except OSError as error:
        raise BadInput(
            f"No model can be kept in {out.parent} ({error.strerror}): choose another folder."
        ) from error
    try:
        yield draft
    except OSError as error:
        raise Problem(
            f"The model could not be written ({error.strerror}): make room and train again. "
            "Nothing was left behind."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _card(job: Job, name: str, learned: list[Learned]) -> dict[str, Any]:
    """Return the model card: what it learned from, and how it did."""
    from importlib.metadata import version

    from annotator.assist.hints import VERSION
    from annotator.assist.tasks import folder_of, together

    lessons = {item.id for course in job.courses for item in course.lessons}
    facts: dict[str, Any] = {
        "name": name,
        "about": f"Learned from {counted(len(lessons), 'done article')}.",
        "language": job.language,
        "spacy": version("spacy"),
        "thinc": version("thinc"),
        "hints": VERSION,
        "as_written": job.as_written,
        "seed": job.seed,
        "layers": [course.layer for course in job.courses],
        "articles": {
            course.layer: sorted(item.id for item in course.lessons) for course in job.courses
        },
        "tried_on": {course.layer: course.folds for course in job.courses},
        "recognisers": {
            folder_of(group): len(group[0].folds) or 1 for group in together(job.courses)
        },
        "results": [_result(item) for item in learned],
    }
    said = json.dumps([facts, [_digest(course) for course in job.courses]], sort_keys=True)
    return {**facts, "version": hashlib.sha256(said.encode()).hexdigest()[:12]}


def _digest(course: Any) -> str:
    return hashlib.sha256(repr((course.lessons, course.folds)).encode()).hexdigest()


def _result(item: Learned) -> dict[str, Any]:
    score = item.score
    return {
        "layer": item.layer,
        "labels": item.labels,
        "articles": item.articles,
        "spans": item.spans,
        "left_out": item.aside,
        "steps": item.steps,
        "held_out": score.articles if score else 0,
        "exact_f1": round(score.exact_f1, 4) if score else None,
        "overlap_f1": round(score.overlap_f1, 4) if score else None,
        "curve": [[count, round(value, 4)] for count, value in item.curve],
        "rules_exact_f1": round(item.rules.exact_f1, 4) if item.rules else None,
        "choice": asdict(item.choice) if item.choice else None,
        "with_rules": item.with_rules,
    }


def card_in_words(card: dict[str, Any]) -> list[str]:
    """Return a line for each layer: what was learned, and how it did."""
    lines = []
    for result in card["results"]:
        tried = (
            f"F1 {result['exact_f1']:.2f} exact, {result['overlap_f1']:.2f} overlap "
            f"on {counted(result['held_out'], 'article')} nobody pre-marked" + _beside_rules(result)
            if result["held_out"]
            else "not tried: no done article is free of suggestions"
        )
        lines.append(f"{result['layer']}: {counted(result['spans'], 'span')} learned; {tried}.")
        if len(result["curve"]) > 1:
            points = ", ".join(
                f"{counted(count, 'article')} {value:.2f}" for count, value in result["curve"]
            )
            lines.append(f"{result['layer']}: learned from {points} (F1 exact).")
    return lines


def _beside_rules(result: dict[str, Any]) -> str:
    rules = result["rules_exact_f1"]
    if rules is None:
        return ""
    better = "F7 asks it" if result["exact_f1"] >= rules else "F7 goes on with the rules"
    return f" (the rules: {rules:.2f} exact; {better})"


def _readme(card: dict[str, Any]) -> str:
    """Return the card for people."""
    rows = [
        f"| {item['layer']} | {item['articles']} | {item['spans']} | {item['held_out']} "
        f"| {_shown(item['exact_f1'])} | {_shown(item['overlap_f1'])} "
        f"| {_shown(item['rules_exact_f1'])} |"
        for item in card["results"]
    ]
    return "\n".join(
        [
            f"# {card['name']}",
            "",
            (
                f"{card['about']} Language {card['language']}, seed {card['seed']}, "
                f"spaCy {card['spacy']}, version {card['version']}."
            ),
            "",
            "| layer | articles | spans | tried on | F1 exact | F1 overlap | rules: F1 exact |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            (
                "Each recogniser was tried only on articles that nobody had pre-marked and that it "
                "did not learn from; on a new text they vote, so expect a little more. Of spans "
                "that lie on each other the longest was learned. The ids of all articles are in "
                "card.json."
            ),
            "",
        ]
    )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
