"""How long the index of copies takes beside reading and tokenising, and how well copies are told.

``python -m tests.bench.copies [--articles N] [FOLDER]`` measures speed on made-up articles, and, with
a folder of articles (``*.txt``, however deep), recall and precision by the kind of edit.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from pathlib import Path

from annotator.analysis import shingles
from annotator.domain.article import Article, Meta, TextSource
from annotator.domain.text import sha256_of
from annotator.services import duplicates
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.store import articles
from tests.bench import corpus
from tests.bench.bars import Bar
from tests.bench.measuring import Row, peak_megabytes, row, table, time_of
from tests.support.copying import EDITS, cut


def run(folder: Path, count: int) -> list[Row]:
    """Measure indexing and searching so many articles, a tenth of them copies."""
    chance = random.Random(3)
    with projects.create(folder / "copies", default_codebook(), "A01") as project:
        _fill(project, (_text(chance, number) for number in range(count)))
        reading = time_of(lambda: _read_and_tokenise(project))
        indexing = time_of(lambda: list(duplicates.index_steps(project)))
        searching = time_of(lambda: duplicates.find(project))
    beside = ("reading and tokenising them", [reading])
    return [
        row(f"index {count:,} articles for copies", [indexing], beside=beside, bar=Bar(4)),
        row(f"search {count:,} articles for copies", [searching], beside=beside),
    ]


def quality(folder: Path, texts: list[str]) -> list[str]:
    """Return recall by kind of edit, and precision, for copies of a third of the texts.

    A pair is right if one was made from the other, or if half of the shorter one stands in the
    other in runs of ten words: real articles hold copies of their own.
    """
    chance = random.Random(5)
    copied = texts[: len(texts) // 3]
    lines = []
    for kind, edit in {**EDITS, "cut to 30 %": cut(0.3)}.items():
        where = folder / kind.replace(" ", "-").replace("%", "")
        with projects.create(where, default_codebook(), "A01") as project:
            _fill(project, [*texts, *(edit(text, chance) for text in copied)])
            found = duplicates.find(project)
            every = articles.all(project.db)
            places = {one.id: one.position for one in every}
            bodies = {one.position: project.text(one) for one in every}
        told = {
            tuple(sorted((places[pair.one], places[pair.other])))
            for pair in found.pairs
            if pair.is_sure
        }
        true = {(number + 1, len(texts) + number + 1) for number in range(len(copied))}
        natural = {pair for pair in told - true if _shares_passages(*(bodies[at] for at in pair))}
        right = len(told & true) + len(natural)
        lines.append(
            f"{kind:14} recall {len(told & true) / len(true):.3f}  "
            f"precision {right / max(1, len(told)):.3f}  "
            f"({len(true)} copies made, {len(natural)} pairs that were there, {len(told) - right} wrong)"
        )
    return lines


def _shares_passages(one: str, other: str, run: int = 10) -> bool:
    """Tell whether half of the shorter text's words are in runs of ten that the other has as well."""
    shorter, longer = sorted((one.lower().split(), other.lower().split()), key=len)
    known = {tuple(longer[at : at + run]) for at in range(len(longer) - run + 1)}
    covered = {
        word
        for at in range(len(shorter) - run + 1)
        if tuple(shorter[at : at + run]) in known
        for word in range(at, at + run)
    }
    return len(covered) >= len(shorter) / 2


_kept: list[str] = []


def _text(chance: random.Random, number: int) -> str:
    """Return a text of 300 to 3,000 words, or every tenth time a copy of one of the last."""
    if number % 10 == 9:
        edit = chance.choice(list(EDITS.values()))
        return edit(chance.choice(_kept), chance)
    text = corpus.text_of(chance, min(int(1800 * chance.paretovariate(2.2)), 18_000))
    _kept[:] = [*_kept[-20:], text]
    return text


def _fill(project: Project, texts: object) -> None:
    with project.step("Fill", bulk=True) as ticket:
        for number, text in enumerate(texts, 1):  # type: ignore[call-overload]
            sha256 = sha256_of(text)
            articles.keep_text(project.db, sha256, text)
            source = TextSource("utf-8", "lf", False, sha256)
            meta = Meta(published=f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}")
            day = Meta() if number < 3000 else meta
            ticket.write.add(
                [Article(project.file.new_id(), day, sha256, len(text), source, "", number)]
            )


def _read_and_tokenise(project: Project) -> int:
    count = 0
    for one in articles.all(project.db):
        count += len(shingles.words(articles.text(project.db, one.text_sha256) or ""))
    return count


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many made-up articles")
    parser.add_argument("folder", type=Path, nargs="?", help="articles to make copies of")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        if chosen.articles:
            print(table(run(Path(folder), chosen.articles)))
            print(f"peak memory: {peak_megabytes():.0f} MB")
        if chosen.folder:
            texts = sorted(chosen.folder.rglob("*.txt"))
            bodies = list(dict.fromkeys(path.read_text(encoding="utf-8") for path in texts))
            print("\n".join(quality(Path(folder), bodies)))


if __name__ == "__main__":
    main()
