"""Import, export, acts and undo, beside what SQLite and the disk can do at best."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from annotator.services import exporting, history, importing, marking, reading
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from tests.bench import corpus
from tests.bench.measuring import Row, row, time_of


def run(folder: Path, *, quick: bool) -> list[Row]:
    """Measure the store; ``quick`` with a tenth of the articles."""
    articles, marks = (1_000 if quick else 10_000), 30
    source = folder / "corpus.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in corpus.lines(articles, marks))
    size = f"{articles:,} articles, {articles * marks:,} marks"
    raw = _raw_import(source, folder / "raw.db")
    made = projects.create(folder / "bench", default_codebook(), "A01")
    with made:
        took = time_of(lambda: importing.import_all(made, [source]))
        rows = [row(f"import {size}", [took], beside=("raw executemany", [raw]), bar="≤ 3 ×")]
        raw_out = _raw_export(folder / "raw.db", folder / "raw.jsonl")
        out = time_of(lambda: exporting.export(made, exporting.Order(folder / "out.jsonl")))
        rows.append(
            row(
                f"export {size}",
                [out],
                beside=("two SELECTs merged + json", [raw_out]),
                bar="≤ 1.5 ×",
            )
        )
        path = made.path
    opened = [time_of(lambda: projects.open_existing(path).close()) for _ in range(3)]
    rows.append(row(f"open the project of {size}", opened, bar="≤ 2,000 ms"))
    with projects.open_existing(path, "A01") as project:
        rows.append(
            row(
                "list of its articles",
                [time_of(lambda: reading.list_articles(project)) for _ in range(3)],
            )
        )
        rows += _acts(project, folder, 50 if quick else 200)
    return rows


def _acts(project: projects.Project, folder: Path, count: int) -> list[Row]:
    listed = reading.list_articles(project)
    article = listed[0].article
    flush = [_fdatasync(folder / "flush") for _ in range(count)]
    times = []
    for number in range(count):
        start = number % (article.length - 40)
        times.append(
            time_of(
                lambda start=start: marking.mark(
                    project, article.id, [(start, start + 30)], "actor"
                )
            )
        )
    undone = [time_of(lambda: history.undo(project)) for _ in range(count)]
    redone = [time_of(lambda: history.redo(project)) for _ in range(count)]
    beside = ("fdatasync of 4 KB", flush)
    act = ("the act itself", times)
    return [
        row("one mark, committed", times, beside=beside, bar="p95 ≤ 10 ms beyond it"),
        row("undo of one mark", undone, beside=act, bar="≤ 1.5 ×"),
        row("redo of one mark", redone, beside=act, bar="≤ 1.5 ×"),
    ]


def _fdatasync(path: Path) -> float:
    with path.open("wb") as file:

        def work() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())

        return time_of(work)


def _raw_import(source: Path, target: Path) -> float:
    texts, spans = [], []
    with source.open(encoding="utf-8") as file:
        for line in file:
            data = json.loads(line)
            texts.append((data["id"], data["meta"]["title"], data["text"]))
            spans += [
                (mark["id"], data["id"], mark["start"], mark["end"], kind, mark["text"])
                for kind in ("actors", "claims")
                for mark in data[kind]
            ]
    db = sqlite3.connect(target)

    def work() -> None:
        db.execute("CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, body TEXT)")
        db.execute(
            "CREATE TABLE mark (id TEXT PRIMARY KEY, article TEXT, start INT, end INT, layer TEXT, slice TEXT)"
        )
        with db:
            db.executemany("INSERT INTO article VALUES (?, ?, ?)", texts)
            db.executemany("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", spans)
            db.execute("CREATE INDEX mark_by_article ON mark (article)")

    took = time_of(work)
    db.close()
    return took


def _raw_export(source: Path, target: Path) -> float:
    db = sqlite3.connect(source)

    def work() -> None:
        marks = iter(
            db.execute(
                "SELECT article, id, start, end, layer, slice FROM mark ORDER BY article, start"
            )
        )
        waiting = next(marks, None)
        with target.open("w", encoding="utf-8") as out:
            for id, title, body in db.execute("SELECT id, title, body FROM article ORDER BY id"):
                own = []
                while waiting is not None and waiting[0] == id:
                    own.append(
                        {
                            "id": waiting[1],
                            "start": waiting[2],
                            "end": waiting[3],
                            "layer": waiting[4],
                            "text": waiting[5],
                        }
                    )
                    waiting = next(marks, None)
                out.write(
                    json.dumps(
                        {"id": id, "title": title, "text": body, "marks": own}, ensure_ascii=False
                    )
                )
                out.write("\n")

    took = time_of(work)
    db.close()
    return took
