"""Cost grows as it must: twice the articles take twice the work, never more.

Work is counted, not timed: calls of Python functions, and instructions of SQLite. What grows from
one size to the next is compared, as every round has costs that do not grow.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from annotator.services import agreement, exporting, importing, reading, suggesting
from tests.bench import corpus
from tests.support.counting import Work, counted
from tests.support.material import make_project

SIZES = (48, 12, 24, 48)
"""In the first round the program reads what it needs, and looks up the words, for the first time."""
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
    found: dict[str, list[tuple[int, int]]] = {}
    for number, size in enumerate(SIZES):
        source = material(folder, size)
        with make_project(folder, name=f"p{number}", annotator=PEOPLE[0]) as project:
            acts: dict[str, Work] = {
                "import": lambda p=project, s=source: importing.import_all(p, [s]),
                "export": lambda p=project, n=size: exporting.export(
                    p, exporting.Order(folder / f"out{n}.jsonl")
                ),
                "agreement": lambda p=project: agreement.measure(p, agreement.Order(draws=0)),
                "suggest": lambda p=project: suggesting.suggest(p),
                "everything for each": lambda p=project: [
                    reading.list_articles(p) for _ in reading.list_articles(p)
                ],
            }
            for name, work in acts.items():
                found.setdefault(name, []).append(counted(project, work))
    return found


def grows_alike(costs: list[tuple[int, int]], engine: int) -> bool:
    """Tell whether twice the articles took at most twice the work, with little to spare."""
    _, first, second, third = (cost[engine] for cost in costs)
    return 0 < third - second < 2 * 1.15 * (second - first)


@pytest.mark.parametrize("act", ["import", "export", "agreement", "suggest"])
@pytest.mark.parametrize("engine", [0, 1], ids=["Python", "SQLite"])
def test_twice_the_articles_take_twice_the_work(
    costs: dict[str, list[tuple[int, int]]], act: str, engine: int
) -> None:
    assert grows_alike(costs[act], engine)


@pytest.mark.parametrize("engine", [0, 1], ids=["Python", "SQLite"])
def test_what_looks_at_everything_for_each_article_is_told_apart(
    costs: dict[str, list[tuple[int, int]]], engine: int
) -> None:
    assert not grows_alike(costs["everything for each"], engine)
