"""Cost grows as it must: twice the articles take twice the work, never more.

Work is counted, not timed: calls of Python functions, and instructions of SQLite. What grows from
one size to the next is compared, as every round has costs that do not grow.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from annotator.services import agreement, exporting, importing
from tests.bench import corpus
from tests.support.counting import Work, counted
from tests.support.material import make_project

SIZES = (6, 12, 24, 48)
"""In the first round the program reads what it needs for the first time."""
PEOPLE = ("Amal", "Bea")


def material(folder: Path, articles: int) -> Path:
    """Write so many articles of one length, each marked by two people, as a file to import."""
    chance = random.Random(4)
    source = folder / f"{articles}.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number in range(articles):
            text = corpus.text_of(chance, 900)
            places = corpus.extents(chance, text, 8)
            for who in PEOPLE:
                line = corpus.coded_line(chance, number, text, places[:6], who)
                line["states"] = dict.fromkeys(line["states"], "done")
                file.write(json.dumps(line) + "\n")
    return source


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, int]]]:
    """Count each act in projects of growing size."""
    folder = tmp_path_factory.mktemp("growth")
    found: dict[str, list[tuple[int, int]]] = {"import": [], "export": [], "agreement": []}
    for size in SIZES:
        source = material(folder, size)
        with make_project(folder, name=f"p{size}", annotator=PEOPLE[0]) as project:
            acts: dict[str, Work] = {
                "import": lambda p=project, s=source: importing.import_all(p, [s]),
                "export": lambda p=project, n=size: exporting.export(
                    p, exporting.Order(folder / f"out{n}.jsonl")
                ),
                "agreement": lambda p=project: agreement.measure(p, agreement.Order(draws=0)),
            }
            for name, work in acts.items():
                found[name].append(counted(project, work))
    return found


@pytest.mark.parametrize("act", ["import", "export", "agreement"])
@pytest.mark.parametrize("engine", [0, 1], ids=["Python", "SQLite"])
def test_twice_the_articles_take_twice_the_work(
    costs: dict[str, list[tuple[int, int]]], act: str, engine: int
) -> None:
    _, first, second, third = (cost[engine] for cost in costs[act])
    assert 0 < third - second < 2 * 1.15 * (second - first)
