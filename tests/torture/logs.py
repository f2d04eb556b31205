"""The write-ahead log cut anywhere gives a prefix of whole acts."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.services import history, marking, reading
from annotator.services import project as projects
from annotator.store.recovery import log_of
from tests.support.damage import words_of, worked_on
from tests.torture.looking import acts_of
from tests.torture.tally import Tally

FRAME = 4096 + 24


def run(folder: Path, tries: int) -> Tally:
    """Cut the log of a series of acts at each frame, and within each."""
    tally = Tally("log cut at and within each frame")
    folder.mkdir()
    path = worked_on(folder)
    file, log, states = _recorded(path)
    places = [32 + number * FRAME for number in range((len(log) - 32) // FRAME + 1)]
    chance = random.Random(5)
    torn = [place + chance.randrange(1, FRAME) for place in places[:-1]]
    wanted = sorted(chance.sample(places + torn, min(tries, len(places + torn))))
    last = -1
    for place in wanted:
        path.write_bytes(file)
        log_of(path).write_bytes(log[:place])
        tally.tries += 1
        try:
            acts = len(acts_of(path))
            with projects.open_existing(path, "Amal") as project:
                words = frozenset(words_of(project))
        except Exception as error:  # noqa: BLE001  (that is what is looked for)
            tally.fault(f"at {place}: {type(error).__name__}: {error}")
            continue
        if (acts, words) not in states:
            tally.fault(f"at {place}: a state that never was")
        if acts < last:
            tally.fault(f"at {place}: fewer acts than with a shorter log")
        last = max(last, acts)
        tally.ends["a state that was"] += 1
    return tally


def _recorded(path: Path) -> tuple[bytes, bytes, set[tuple[int, frozenset[tuple[str, str]]]]]:
    """Return file and log before closing, and each state there was after an act."""
    states = set()
    with projects.open_existing(path, "Amal") as project:
        article = reading.list_articles(project)[0].article
        chance = random.Random(3)

        def note() -> None:
            steps = project.file.journal.history()
            states.add((len(steps), frozenset(words_of(project))))

        note()
        file = path.read_bytes()
        for _ in range(60):
            start = chance.randrange(article.length - 8)
            if chance.random() < 0.25:
                history.undo(project)
            else:
                marking.mark(project, article.id, [(start, start + 8)], "actor")
            note()
        return file, log_of(path).read_bytes(), states
