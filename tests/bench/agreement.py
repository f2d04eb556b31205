"""Agreement: the whole table of many annotators, and single coefficients beside other programs.

Programs that are installed (krippendorff, scikit-learn) are measured in the same run; none of them
is needed. pygamma-agreement goes by rules of its own about what is installed beside it: ``PYGAMMA``
names a Python that has it, such as ``python -m venv /tmp/gamma && /tmp/gamma/bin/pip install
pygamma-agreement`` makes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from annotator.agreement.alpha import Scale, krippendorff_alpha
from annotator.agreement.gamma import Chance, gamma
from annotator.agreement.kappa import cohen_kappa, crossed
from annotator.agreement.measure import assess
from annotator.agreement.unitizing import unitizing_alpha
from annotator.agreement.units import Document, span
from annotator.services import agreement, importing
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from tests.bench import corpus
from tests.bench.bars import Bar
from tests.bench.measuring import Row, cpu_of, rounds, row, time_of

UNITS = 20_000
TYPES = ("person", "organisation", "armed_group", "government", "media", "group")
STANCES = ("support", "oppose", "neutral", "none")


def run(folder: Path, *, quick: bool) -> list[Row]:
    """Measure agreement; ``quick`` with a fiftieth of the articles."""
    return [*_single(), *_whole(folder, 20 if quick else 1_000)]


def _whole(folder: Path, articles: int, people: int = 20, marks: int = 30) -> list[Row]:
    source = folder / "team.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(articles, people, marks))
    with projects.create(folder / "team", default_codebook(), "B00") as project:
        importing.import_all(project, [source])
        times = []
        took = cpu_of(
            lambda: times.append(time_of(lambda: agreement.measure(project, agreement.Order())))
        )
    name = f"{people} annotators × {articles:,} articles × {marks} marks: all, 1,000 draws"
    bar = Bar(median=60_000) if articles == 1_000 else None
    return [row(name, times, bar=bar), row(f"{name}, CPU of two", [took / 2], bar=bar)]


def _single() -> list[Row]:
    chance = random.Random(5)
    coded = [[chance.randrange(5), chance.randrange(5)] for _ in range(UNITS)]
    for pair in coded[: UNITS * 3 // 4]:
        pair[1] = pair[0]
    first, second = ([pair[side] for pair in coded] for side in (0, 1))
    marked = Document(
        "d",
        UNITS * 6,
        {
            name: tuple(
                span(at * 12 + chance.randrange(4), at * 12 + 6 + chance.randrange(4))
                for at in range(UNITS // 2)
            )
            for name in ("A", "B")
        },
    )
    few = Document("d", 4_800, {name: marked.spans[name][:200] for name in ("A", "B")})
    return [
        row(
            f"α, nominal, {UNITS:,} units",
            rounds(lambda: krippendorff_alpha(coded), 5),
            beside=_krippendorff([first, second], "nominal"),
            bar=Bar(2),
        ),
        row(
            f"α, ordinal, {UNITS:,} units",
            rounds(lambda: krippendorff_alpha(coded, Scale.ORDINAL), 5),
            beside=_krippendorff([first, second], "ordinal"),
            bar=Bar(2),
        ),
        row(
            f"κ, {UNITS:,} units",
            rounds(lambda: cohen_kappa(crossed(first, second)), 5),
            beside=_sklearn(first, second),
            bar=Bar(2),
        ),
        row(
            f"α_U, {UNITS:,} marks",
            rounds(lambda: assess(unitizing_alpha(), [marked]), 3),
            bar=Bar(median=300),
        ),
        row(
            "γ, 400 marks",
            rounds(lambda: assess(gamma(chance=Chance(1)), [few]), 1),
            beside=_pygamma(few),
            bar=Bar(1),
        ),
    ]


def lines(articles: int, people: int, marks: int) -> Iterator[str]:
    """Yield lines of our JSONL: each article by everybody, who mostly mark the same places."""
    chance = random.Random(3)
    for number in range(articles):
        length = min(int(1800 * chance.paretovariate(2.2)), 18_000)
        text = corpus.text_of(chance, length, odd=number % 7 == 0)
        places = corpus.extents(chance, text, marks * 3 // 2)
        meant = {start: (chance.choice(TYPES), chance.choice(STANCES)) for start, _ in places}
        for person in range(people):
            chosen = sorted(chance.sample(places, marks))
            line = corpus.coded_line(chance, number, text, chosen, f"B{person:02}")
            line["states"] = dict.fromkeys(line["states"], "done")
            for key, at in (("actors", 0), ("claims", 1)):
                for mark in line[key]:
                    if chance.random() < 0.8:
                        mark[("type", "stance")[at]] = meant[mark["start"]][at]
            yield json.dumps(line, ensure_ascii=False)


def _krippendorff(values: list[list[int]], level: str) -> tuple[str, list[float]] | None:
    try:
        import krippendorff
    except ImportError:
        return None
    return "krippendorff", rounds(lambda: krippendorff.alpha(values, level_of_measurement=level), 5)


def _sklearn(first: list[int], second: list[int]) -> tuple[str, list[float]] | None:
    try:
        from sklearn.metrics import cohen_kappa_score
    except ImportError:
        return None
    return "scikit-learn", rounds(lambda: cohen_kappa_score(first, second), 5)


PYGAMMA = """
import json, logging, sys, time

from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

logging.disable(logging.WARNING)
continuum = Continuum()
for person, start, end, label in json.load(sys.stdin):
    continuum.add(person, Segment(start, end), label)
unlike = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
for _ in range(2):  # the first one compiles
    begin = time.perf_counter()
    continuum.compute_gamma(unlike, n_samples=30)
print((time.perf_counter() - begin) * 1000)
"""


def _pygamma(marked: Document) -> tuple[str, list[float]] | None:
    """Return how long pygamma-agreement takes for the same marks; None without it."""
    python = os.environ.get("PYGAMMA")
    if not python:
        return None
    units = [
        (person, item.start, item.end, item.label)
        for person, spans in marked.spans.items()
        for item in spans
    ]
    done = subprocess.run(
        [python, "-c", PYGAMMA], input=json.dumps(units), capture_output=True, text=True, check=True
    )
    return "pygamma-agreement", [float(done.stdout.split()[-1])]
