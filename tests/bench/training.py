"""How much is learned from few articles: ``python -m tests.bench.training TRAIN DEV --articles 40``.

TRAIN and DEV are parts of PolNeAR. One pipeline is learned for sources, one for cues and one
for contents; scores are strict (both edges) on every article of DEV, for the models alone and
for rules and models together, where the rules come first and models fill what they left free.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from annotator.assist.attributions import attributions
from annotator.assist.job import Course, Job, Lesson
from annotator.assist.learning import learn, predict
from annotator.settings.places import resources_folder
from tests.bench import polnear
from tests.bench.polnear import ROLES, Attributed, Span
from tests.bench.suggestions import Score


def lesson(article: Attributed, role: str) -> Lesson:
    """Return an article as a lesson of one role; fragments are learned one by one."""
    spans = {(*part, role) for span in article.spans[role] for part in span}
    return Lesson(article.name, article.text, tuple(sorted(spans)))


def rules(article: Attributed) -> dict[str, list[Span]]:
    """Return what the rules find."""
    found = [
        item
        for item in attributions(article.text, "en", resources_folder() / "lexicons").attributions
        if item.cue is not None
    ]
    return {
        "source": [(item.source,) for item in found if item.source],
        "cue": [(item.cue,) for item in found if item.cue],
        "content": [
            (*item.outer, *(part for later in item.later for part in later.outer)) for item in found
        ],
    }


def together(first: list[Span], second: list[Span]) -> list[Span]:
    """Return the first spans, and those of the second that touch none of them."""
    taken = [part for span in first for part in span]
    return first + [
        span
        for span in second
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
    chosen = parser.parse_args()
    taken = polnear.read(chosen.train)[: chosen.articles]
    held = max(1, len(taken) // 10)
    courses = tuple(
        Course(
            role,
            tuple(lesson(article, role) for article in taken[held:]),
            tuple(lesson(article, role) for article in taken[:held]),
        )
        for role in ROLES
    )
    alone, both = Score(), Score()
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        learn(
            Job("en", 0, courses, folder, chosen.steps),
            lambda news: print(json.dumps(news), flush=True),
        )
        print(f"learned from {len(taken)} articles in {time.perf_counter() - begin:.0f} s")
        for role in ROLES:
            nlp = spacy.load(Path(folder) / role)
            mine, joined = Score(), Score()
            for article in polnear.read(chosen.dev):
                ours: list[Span] = [((a, b),) for a, b, _ in predict(nlp, article.text)]
                for score in (mine, alone):
                    score.add(ours, article.spans[role])
                for score in (joined, both):
                    score.add(together(rules(article)[role], ours), article.spans[role])
            print(mine.line(f"{role} model"))
            print(joined.line(f"{role} both"))
    print(alone.line("all model"))
    print(both.line("all both"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
