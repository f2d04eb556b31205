"""Searching for words as they are typed, with filters and without, beside the bare index in the order of its rows.

``python -m tests.bench.words [--articles N]`` makes a project of N articles, 100,000 unless told
otherwise, a third of which have marks, and searches in that.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from annotator.domain.article import Article, Meta, TextSource
from annotator.domain.fragment import place
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, View
from annotator.domain.search_query import parse_query
from annotator.domain.text import sha256_of
from annotator.services import project as projects
from annotator.services import searching
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.store import articles, search
from tests.bench import corpus
from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, judgement, row, table, timed

ROUNDS = 20
TYPED = Bar(2, p95=50)
BAR = Bar(p95=100)
FILTERS = (
    'publisher:"Paper 3"',
    "title:77",
    'author:"Reporter 17"',
    "after:2026-06",
    "before:2026-02",
    "after:2027",
    "split:test",
    "has:claim",
    "has:sentiment",
    'publisher:"Paper 3" has:claim',
    "after:2026-06 split:test",
)
"""What the words are narrowed by: what many articles have, few, and none."""

RAW = "raw FTS5 in row order"
SENTENCES = 20_000
"""Texts are put together of so many sentences, as making each anew would take an hour."""
AT_ONCE = 500


def measured(folder: Path, count: int) -> list[Row]:
    """Make a project of so many articles and return what ``run`` measures in it."""
    with projects.create(folder / "words", default_codebook(), "A01") as project:
        fill(project, count)
        return [replace(one, name=f"{count:,} articles: {one.name}") for one in run(project)]


def run(project: Project) -> list[Row]:
    """Words that many articles have, few, and none; typed letter by letter, as a person types."""
    chance = random.Random(5)
    common, rare = corpus.words(chance, 6, odd=False), corpus.words(chance, 12, odd=False)
    typed = [word[:length] for word in common for length in range(2, len(word) + 1)] + [
        f"{one} {other}" for one, other in pairwise(rare)
    ]
    took, raw = Timed(), Timed()
    for letters in ["ka", *typed]:  # the first one warms up
        query = parse_query(letters, as_typed=True)
        wanted = " ".join(f'"{term.words}"{"*" * term.is_begun}' for term in query.wanted)
        raw.add(lambda wanted=wanted: _raw_search(project, wanted))
        took.add(lambda letters=letters: searching.search_words(project, letters, as_typed=True))
    for times in (took, raw):
        del times[0], times.cpu[0]
    narrowed = [(filters, _narrowed(project, typed, filters)) for filters in FILTERS]
    alone = [
        (filters, timed(lambda filters=filters: searching.search_words(project, filters), ROUNDS))
        for filters in FILTERS
    ]
    colour = timed(lambda: searching.articles_with(project, "karen"), ROUNDS)
    return [
        row(
            "search while typing",
            took,
            beside=(RAW, raw),
            bar=TYPED,
        ),
        row(
            "the same, CPU of its thread",
            took.cpu,
            beside=("raw FTS5 in row order, CPU", raw.cpu),
            bar=TYPED,
        ),
        *(
            row(f"search with {filters}", times, beside=(RAW, raw), bar=BAR)
            for filters, times in narrowed
        ),
        *(row(f"without words, {filters}", times, bar=BAR) for filters, times in alone),
        row("articles of a coloured search", colour, bar=BAR),
    ]


def _narrowed(project: Project, typed: list[str], filters: str) -> Timed:
    """Return how long the same words take with filters before them."""
    took = Timed()
    for letters in typed:
        took.add(
            lambda letters=letters: searching.search_words(
                project, f"{filters} {letters}", as_typed=True
            )
        )
    return took


def _raw_search(project: Project, wanted: str) -> None:
    """Ask the index itself for the first hits with their texts, and for their number."""
    sql = """SELECT rowid, highlight(text_words, 0, '<', '>') FROM text_words
        WHERE text_words MATCH ? ORDER BY rowid LIMIT ?"""
    project.db.execute(sql, (wanted, searching.LIMIT)).fetchall()
    count = "SELECT count(*) FROM text_words WHERE text_words MATCH ?"
    project.db.execute(count, (wanted,)).fetchone()


def fill(project: Project, count: int) -> None:
    """Give a project so many articles of 300 to 3,000 words."""
    with project.step("Fill", bulk=True) as ticket:
        for number, text in enumerate(_texts(count), 1):
            sha256 = sha256_of(text)
            articles.keep_text(project.db, sha256, text, indexed=False)
            source = TextSource("utf-8", "lf", False, sha256)
            meta = Meta(
                title=f"Article {number}",
                author=f"Reporter {number % 199}",
                publisher=f"Paper {number % 9}",
                published=f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            )
            id = project.file.new_id()
            split = "test" if number % 10 == 0 else "train"
            ticket.write.add(
                [Article(id, meta, sha256, len(text), source, "", number, split=split)]
            )
            if number % 3 == 0:
                ticket.write.add(_marks(project, id, text))
            if number % AT_ONCE == 0 or number == count:
                search.catch_up(project.db)


def _marks(project: Project, article: Id, text: str) -> list[Mark]:
    """Return two actors and a claim, all on the first word."""
    words, made = place(text, [(0, text.index(" "))]), project.provenance()
    return [
        Mark(project.file.new_id(), article, View.ANNOTATOR, layer, words, made)
        for layer in ("actor", "actor", "claim")
    ]


def _texts(count: int) -> Iterator[str]:
    chance = random.Random(7)
    sentences = [
        " ".join(corpus.words(chance, chance.randint(6, 24), odd=False)).capitalize() + "."
        for _ in range(SENTENCES)
    ]
    for _ in range(count):
        length = min(int(20 * chance.paretovariate(2.2)), 200)
        yield " ".join(chance.choices(sentences, k=length)) + "\n"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        rows = measured(Path(folder), chosen.articles)
    print(table(rows), *judgement(rows), sep="\n")


if __name__ == "__main__":
    main()
