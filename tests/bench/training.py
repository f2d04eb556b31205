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
from annotator.assist.choosing import candidates, ruled
from annotator.assist.choosing import chosen as pick
from annotator.assist.hints import hints
from annotator.assist.job import Course, Job, Lesson, Whole
from annotator.assist.learning import learn, predict
from annotator.assist.lines import CONTINUED
from annotator.assist.proposal import Proposal, Request
from annotator.settings.places import resources_folder
from tests.bench import polnear
from tests.bench.polnear import ROLES, Attributed
from tests.bench.suggestions import Score

LEXICONS = resources_folder() / "lexicons"
MOST_HELD_OUT = 30
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
            LAYERS[role],
            tuple(lesson(article, role) for article in taken[held:]),
            tuple(lesson(article, role) for article in taken[:held]),
        )
        for role in roles
    )
    tried = polnear.read(chosen.dev)
    told = [hints(article.text, "en", LEXICONS) for article in tried]
    alone, whole = Score(), Score()
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        learned = learn(
            Job("en", 0, courses, folder, str(LEXICONS), chosen.steps, as_written=True),
            lambda news: print(json.dumps(news), flush=True),
        )
        print(f"learned from {len(taken)} articles in {time.process_time() - begin:.0f} s")
        for role, result in zip(roles, learned, strict=True):
            nlp = spacy.load(Path(folder) / LAYERS[role])
            mine, joined, ruled_alone = Score(), Score(), Score()
            for article, seen in zip(tried, told, strict=True):
                found = predict(nlp, article.text, seen)
                by_rule = rules(article, role)
                both = found
                if result.choice:
                    both = [item.whole for item in pick(result.choice, candidates(found, by_rule))]
                wanted = article.spans[role]
                ruled_alone.add([parts for parts, _ in by_rule], wanted)
                for score in (mine, alone):
                    score.add([parts for parts, _ in found], wanted)
                for score in (joined, whole):
                    score.add([parts for parts, _ in both], wanted)
            print(ruled_alone.line(f"{role} rules"))
            print(mine.line(f"{role} model"))
            print(joined.line(role))
    print(alone.line("all models"))
    print(whole.line("all"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
