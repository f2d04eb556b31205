"""How much is learned from few articles: ``python -m tests.bench.training TRAIN DEV --articles 40``.

TRAIN and DEV are parts of PolNeAR. One pipeline is learned for sources, one for cues and one
for contents, from all but the articles that are held out, as ``annotator train`` does it;
scores are strict (every edge of every fragment) on every article of DEV. Seconds are those
of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

from annotator.assist.as_written import AsWritten
from annotator.assist.hints import hints
from annotator.assist.job import Course, Job, Lesson
from annotator.assist.learning import learn, predict
from annotator.assist.lines import CONTINUED
from annotator.assist.proposal import Request
from annotator.settings.places import resources_folder
from tests.bench import polnear
from tests.bench.polnear import ROLES, Attributed, Span
from tests.bench.suggestions import Score

LEXICONS = resources_folder() / "lexicons"
MOST_HELD_OUT = 30


def lesson(article: Attributed, role: str) -> Lesson:
    """Return an article as a lesson of one role."""
    spans = {
        (*part, role + (CONTINUED if number else ""))
        for span in article.spans[role]
        for number, part in enumerate(span)
    }
    return Lesson(article.name, article.text, tuple(sorted(spans)))


def rules(article: Attributed, role: str) -> list[Span]:
    """Return what the rules propose for a role."""
    layer = {"source": "actor", "cue": "cue", "content": "claim"}[role]
    proposals = AsWritten(LEXICONS).propose(Request(article.text, "en"))
    return [item.extents for item in proposals if item.layer == layer]


def together(learned: list[Span], ruled: list[Span]) -> list[Span]:
    """Return what is shown: what was learned, and what the rules find where that is silent."""
    taken = [part for span in learned for part in span]
    return learned + [
        span
        for span in ruled
        if not any(a < end and start < b for start, end in span for a, b in taken)
    ]


def main() -> int:
    """Learn, score and print."""
    import spacy

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--role", action="append", choices=ROLES)
    chosen = parser.parse_args()
    taken = polnear.read(chosen.train)
    random.Random(0).shuffle(taken)
    taken = taken[: chosen.articles]
    held = min(MOST_HELD_OUT, max(1, len(taken) // 5))
    roles = chosen.role or ROLES
    courses = tuple(
        Course(
            role,
            tuple(lesson(article, role) for article in taken[held:]),
            tuple(lesson(article, role) for article in taken[:held]),
        )
        for role in roles
    )
    tried = polnear.read(chosen.dev)
    told = [hints(article.text, "en", LEXICONS) for article in tried]
    whole, both = Score(), Score()
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        learn(
            Job("en", 0, courses, folder, str(LEXICONS), chosen.steps),
            lambda news: print(json.dumps(news), flush=True),
        )
        print(f"learned from {len(taken)} articles in {time.process_time() - begin:.0f} s")
        for role in roles:
            nlp = spacy.load(Path(folder) / role)
            mine, joined, ruled = Score(), Score(), Score()
            for article, seen in zip(tried, told, strict=True):
                found = [parts for parts, _ in predict(nlp, article.text, seen)]
                by_rules = rules(article, role)
                ruled.add(by_rules, article.spans[role])
                for score in (mine, whole):
                    score.add(found, article.spans[role])
                for score in (joined, both):
                    score.add(together(found, by_rules), article.spans[role])
            print(ruled.line(f"{role} rules"))
            print(mine.line(role))
            print(joined.line(f"{role} with rules"))
    print(whole.line("all"))
    print(both.line("all with rules"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
