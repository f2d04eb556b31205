"""How much is learned from few articles: ``python -m tests.bench.training TRAIN DEV --articles 40``.

TRAIN and DEV are parts of PolNeAR. Sources, cues and contents are learned as
``annotator train`` does it, together if they do not lie on each other; scores are strict (every edge of every fragment)
on every article of DEV: of the rules, of the first recogniser alone, and of all together.
Seconds are also those of the processor, since other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from annotator.assist.as_written import AsWritten
from annotator.assist.choosing import chosen as pick
from annotator.assist.choosing import ruled
from annotator.assist.hints import hints
from annotator.assist.job import Course, Job, Lesson, Whole
from annotator.assist.lines import CONTINUED
from annotator.assist.proposal import Proposal, Request
from annotator.assist.recognising import found_by
from annotator.assist.tasks import folder_of, together
from annotator.services import learners
from annotator.services.lessons import folds
from annotator.settings.places import resources_folder
from tests.bench import polnear
from tests.bench.polnear import ROLES, Attributed
from tests.bench.suggestions import Score

LEXICONS = resources_folder() / "lexicons"
LAYERS = {"source": "actor", "cue": "cue", "content": "claim"}


def lesson(article: Attributed, role: str) -> Lesson:
    """Return an article as a lesson of one role."""
    spans = {
        (*part, LAYERS[role] + (CONTINUED if number else ""))
        for span in article.spans[role]
        for number, part in enumerate(span)
    }
    return Lesson(article.name, article.text, tuple(sorted(spans)))


def rules(article: Attributed, role: str) -> dict[Whole, Proposal]:
    """Return what the rules propose for a role."""
    proposals = AsWritten(LEXICONS).propose(Request(article.text, "en"))
    return ruled(proposals, LAYERS[role], LAYERS[role])


def _used() -> float:
    """Return the seconds of the processor that this process and all that it started took."""
    return sum(os.times()[:4])


def _tell(news: dict[str, Any]) -> bool:
    if news["step"] % 100 == 0:
        print(json.dumps(news), flush=True)
    return True


def main() -> int:
    """Learn, score and print."""
    import spacy

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--role", action="append", choices=ROLES)
    chosen = parser.parse_args()
    taken = polnear.read(chosen.train)
    random.Random(0).shuffle(taken)
    taken = taken[: chosen.articles]
    roles = chosen.role or ROLES
    parts = folds([article.name for article in taken], len(taken))
    courses = tuple(
        Course(LAYERS[role], tuple(lesson(article, role) for article in taken), parts)
        for role in roles
    )
    tried = polnear.read(chosen.dev)
    told = [hints(article.text, "en", LEXICONS) for article in tried]
    alone, whole = Score(), Score()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        model.mkdir()
        job = Job("en", chosen.seed, courses, str(model), str(LEXICONS), chosen.steps, True)
        begin, used = time.perf_counter(), _used()
        reports = learners.run(job, Path(folder), _tell)
        print(
            f"learned from {len(taken)} articles in {time.perf_counter() - begin:.0f} s; "
            f"{_used() - used:.0f} s of the processor, on two cores {(_used() - used) / 2:.0f} s"
        )
        for role, result in zip(roles, reports, strict=True):
            (group,) = (g for g in together(courses) if LAYERS[role] in [c.layer for c in g])
            several = [spacy.load(model / folder_of(group) / str(n + 1)) for n in range(len(parts))]
            first, joined, ruled_alone = Score(), Score(), Score()
            for article, seen in zip(tried, told, strict=True):
                found = [found_by(nlp, article.text, seen).get(LAYERS[role], []) for nlp in several]
                by_rule = rules(article, role)
                heard = by_rule if result.with_rules else {}
                both = [item.whole for item in pick(result.choice, found, heard)]
                wanted = article.spans[role]
                ruled_alone.add([parts for parts, _ in by_rule], wanted)
                for score in (first, alone):
                    score.add([parts for parts, _ in found[0]], wanted)
                for score in (joined, whole):
                    score.add([parts for parts, _ in both], wanted)
            print(ruled_alone.line(f"{role} rules"))
            print(first.line(f"{role} first"))
            print(joined.line(role))
    print(alone.line("all first"))
    print(whole.line("all"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
