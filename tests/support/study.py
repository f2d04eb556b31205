"""A small study that can be released: papers, copies, two annotators, an adjudicator."""

from __future__ import annotations

import json
import random
from pathlib import Path

from annotator.domain.identity import derived_id
from annotator.domain.link import Voice
from annotator.domain.mark import Mark
from annotator.services import (
    adjudication,
    duplicate_groups,
    importing,
    judging,
    linking,
    marking,
    states,
)
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.store import articles
from tests.bench.corpus import text_of

PEOPLE = ("Amira Solheim", "Bea Lundqvist")

PAPERS = ("Courier", "Ledger", "Post")


def make_study(folder: Path, count: int = 12, *, adjudicated: bool = True) -> Path:
    """Return a closed project; the last article is a copy of the first, all are finished by two.

    Only the first of them worked on the second to last article, and nobody on the one before it.
    """
    chance = random.Random(7)
    texts = [_text(chance, number) for number in range(count - 1)]
    texts.append(texts[0] + "\nAnd the paper adds a line of its own.")
    source = folder / "articles.jsonl"
    source.write_text("".join(_line(number, text) for number, text in enumerate(texts)), "utf-8")
    path = folder / "study"
    with projects.create(path, default_codebook(), PEOPLE[0]) as project:
        importing.import_all(project, [source])
        every = articles.all(project.db)
        duplicate_groups.group(project, [[every[0], every[-1]]])
        for one in [*every[:-3], *every[-2:]]:
            _code(project, one.id, "support")
        path = project.path
    with projects.open_existing(path, PEOPLE[1]) as project:
        for number, one in enumerate([*every[:-3], every[-1]]):
            _code(project, one.id, "support" if number % 3 else "oppose")
    if adjudicated:
        with projects.open_existing(path, PEOPLE[0]) as project:
            decide_all(project)
    return path


def decide_all(project: Project) -> None:
    """Adjudicate everything: the first mark of each case is accepted."""
    adjudication.accept_agreed(project, judging.judged(project))
    for item in judging.judged(project):
        if item.is_open:
            adjudication.accept(project, item.case, item.case.mark_ids[:1])


def _text(chance: random.Random, number: int) -> str:
    return (
        f"Report {number} on the docks\n\nLena Ode said that the night shift {number} must be paid. "
        f"🌾 The port called it “an insult”.\n\n{text_of(chance, 900)}"
    )


def _line(number: int, text: str) -> str:
    meta = {
        "title": f"Report {number}",
        "publisher": PAPERS[number % 3],
        "url": f"https://news.example/{number}",
        "published": f"2026-03-{number + 1:02}",
        "language": "en",
        "source_file": f"desk_copy_{number}.txt",
        "extra": {"desk": "north"} if number % 2 else {},
    }
    line = {"format": "annotator/1", "id": derived_id("study", str(number)), "text": text, "meta": meta, "annotator": None}  # fmt: skip
    return json.dumps(line) + "\n"


def _code(project: Project, article: str, stance: str) -> None:
    text = project.text(project.article(article))
    who = _mark(project, article, text, "Lena Ode", "actor")
    said = text.index("night shift")
    must = text.index("must be paid")
    claim = _made(marking.mark(project, article, [(said, said + 11), (must, must + 12)], "claim"))
    mood = _mark(project, article, text, "“an insult”", "sentiment")
    _mark(project, article, text, "said", "cue")
    marking.set_attribute(project, claim.id, "stance", stance)
    marking.set_attribute(project, claim.id, "date", "2026-02-28")
    marking.set_attribute(project, mood.id, "intensity", 2)
    linking.tie(project, claim.id, "source", who.id)
    linking.tie(project, mood.id, "holder", Voice.AUTHOR)
    states.finish(project, article)


def _mark(project: Project, article: str, text: str, words: str, layer: str) -> Mark:
    start = text.index(words)
    return _made(marking.mark(project, article, [(start, start + len(words))], layer))


def _made(outcome: object) -> Mark:
    return next(
        change.after
        for change in outcome.changes  # type: ignore[attr-defined]
        if isinstance(change.after, Mark)
    )
