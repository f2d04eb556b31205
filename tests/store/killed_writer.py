"""A program that marks without end and tells each act it has committed; it is made to be killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.services import history, linking, marking, reading
from annotator.services import project as projects


def main(path: Path, seed: int) -> None:
    """Act until killed; print the number and the state of each step once it is on the disk."""
    chance = random.Random(seed)
    project = projects.open_existing(path, "Amal")
    article = reading.list_articles(project)[0].article
    while True:
        marks = [mark.id for mark in reading.open_article(project, article.id).marks]
        choice = chance.random() if marks else 0.0
        state = "done"
        try:
            if choice < 0.55:
                start = chance.randrange(article.length - 8)
                layer = chance.choice(("actor", "claim"))
                outcome = marking.mark(project, article.id, [(start, start + 8)], layer)
            elif choice < 0.7:
                outcome = linking.tie_to_nearest(project, chance.choice(marks), "source")
            elif choice < 0.85:
                outcome, state = history.undo(project), "undone"
            else:
                outcome = marking.delete(project, [chance.choice(marks)])
        except Problem:
            continue
        if outcome.step:
            sys.stdout.write(f"{outcome.step.number} {state}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
