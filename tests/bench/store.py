"""Import, export, acts and undo, beside what SQLite and the disk can do at best.

What “raw ``executemany`` of the same rows” is can be read in two ways, so both are measured in the
same run, and the import is told beside each:

* **The same rows in the same tables.** An import leaves rows in the tables of the project: texts,
  articles, marks, links and states, a row of the journal for each of them, and the index of words.
  The yardstick writes exactly those rows, ready-made, in one transaction of a file opened like a
  project (references, WAL, ``synchronous=FULL``), indexes after the rows and the words of all texts
  in one statement: the fastest that SQLite offers for this file. What the import does beyond it is
  its own: reading JSON, checks, ids, looking up what is there. This is the fair one, as a journal
  that can undo and an index to search by are rows like others, which no import can do without.
* **Bare tables.** Articles, texts, marks, links and states alone, in tables without types, checks
  and references, with two indexes; no journal, no words. Nobody could undo or search what is in
  such a file. It shows what all that we promise costs beside a heap of rows.

The export stands beside orjson, the fastest JSON library there is for Python: it writes rows that
lie ready in two tables, with the marks as the objects they become, and checks nothing. annotator
itself does not use it. Two processes share the writing, so its bar is about the clock that somebody
waits by; how long both of them worked stands below it.
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson

from annotator.services import exporting, history, importing, marking, reading
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.settings.places import data_folder
from annotator.store import schema, search
from annotator.store.connection import connect
from tests.bench import corpus, streaming
from tests.bench.bars import Bar
from tests.bench.measuring import Row, cpu_of, row, time_of


def run(folder: Path, articles: int, *, quick: bool) -> list[Row]:
    """Measure the store with so many articles; ``quick`` with fewer rounds."""
    marks = 30
    source = folder / "corpus.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in corpus.lines(articles, marks))
    size = f"{articles:,} articles, {articles * marks:,} marks"
    made = projects.create(folder / "bench", default_codebook(), "A01")
    with made:
        wall, took = _both(lambda: importing.import_all(made, [source], copies=False))
        order = exporting.Order(folder / "out.jsonl")
        exporting.export(made, order)
        bare = _bare_import(made.db.conn, folder / "raw.db")
        same_wall, same = _same_import(made.db.conn, folder / "same.db")
        path = made.path
        raw = sqlite3.connect(folder / "raw.db")
        plainly = _raw_export(raw, order.out, folder / "raw.jsonl")
        # What the measuring itself holds is no work for either; in turns, so that what else the
        # machine does disturbs both.
        gc.collect()
        gc.freeze()
        turns = [
            (_both(lambda: exporting.export(made, order)), _both(plainly)) for _ in range(ROUNDS)
        ]
        gc.unfreeze()
        raw.close()
    outs, plain = (
        [list(times) for times in zip(*one, strict=True)] for one in zip(*turns, strict=True)
    )
    rows = [
        row(f"import {size}, CPU", [took], beside=(_SAME, [same]), bar=Bar(3)),
        row("the same import by the clock", [wall], beside=(_SAME, [same_wall])),
        row("the same import, CPU", [took], beside=("raw executemany, bare tables", [bare])),
        row(f"export {size}", outs[0], beside=(_PLAINLY, plain[0]), bar=Bar(1.5)),
        row("the same export, CPU of both processes", outs[1], beside=(_PLAINLY, plain[1])),
        row(
            f"peak memory of importing {size}, MB",
            [streaming.peak("import", "jsonl", source, folder / "again")],
            bar=Bar(median=250, unit="MB"),
        ),
        row(
            f"peak memory of exporting {size}, MB",
            [streaming.peak("export", "jsonl", path, folder / "again.jsonl")],
            bar=Bar(median=250, unit="MB"),
        ),
    ]
    rows += _opening(path, size)
    with projects.open_existing(path, "A01") as project:
        rows.append(
            row(
                "list of its articles",
                [time_of(lambda: reading.list_articles(project)) for _ in range(3)],
            )
        )
        rows += _acts(project, folder, 50 if quick else 200)
        rows += _bulk(project, 1 if quick else 3)
    return rows


def _opening(path: Path, size: str) -> list[Row]:
    """Opening with every page checked, and opening what nobody touched since it was closed."""

    def opened() -> float:
        return time_of(lambda: projects.open_existing(path).close())

    def checked() -> float:
        (data_folder() / "whole.json").unlink(missing_ok=True)
        return opened()

    db = sqlite3.connect(path)
    listed = [
        time_of(lambda: db.execute("SELECT * FROM article ORDER BY position, id").fetchall())
        for _ in range(3)
    ]
    db.close()
    beside = ("reading the list rows alone", listed)
    with_check = [checked() for _ in range(3)]
    return [
        row(
            f"open the project of {size}",
            [opened() for _ in range(5)],
            beside=beside,
            bar=Bar(3, median=2_000),
        ),
        row("open it with every page checked", with_check, bar=Bar(median=2_000)),
    ]


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
        row("one mark, committed", times, beside=beside, bar=Bar(beyond=10)),
        row("undo of one mark", undone, beside=act, bar=Bar(1.5)),
        row("redo of one mark", redone, beside=act, bar=Bar(1.5)),
    ]


ROUNDS = 3
"""So often an export and what it stands beside are measured."""

MANY = 10_000
"""So many marks are changed, deleted and made at once."""


def _bulk(project: projects.Project, rounds: int) -> list[Row]:
    """Undo and redo of acts on many marks, beside the acts; CPU, as they take long enough to be disturbed."""
    sql = "SELECT id FROM mark WHERE layer = 'actor' LIMIT ?"
    ids = [id for (id,) in project.db.execute(sql, (MANY,))]
    values = ("group", "media")

    def change() -> None:
        current = project.own_mark(ids[0]).attributes["type"]
        marking.set_attribute_of_all(project, ids, "type", values[current == values[0]])

    def make() -> None:
        with project.step("Many marks", bulk=True) as ticket:
            olds = map(project.own_mark, ids)
            ticket.write.add([replace(old, id=project.file.new_id()) for old in olds])

    rows = []
    for name, act in (
        ("a value of", change),
        ("deleting", lambda: marking.delete(project, ids)),
        ("making", make),
    ):
        acts, undone, redone = [], [], []
        for _ in range(rounds):
            acts.append(cpu_of(act))
            undone.append(cpu_of(lambda: history.undo(project)))
            redone.append(cpu_of(lambda: history.redo(project)))
            history.undo(project)
        beside = ("the act itself", acts)
        what = f"{name} {len(ids):,} marks, CPU"
        rows += [
            row(f"undo of {what}", undone, beside=beside, bar=Bar(1.5)),
            row(f"redo of {what}", redone, beside=beside, bar=Bar(1.5)),
        ]
    return rows


def _fdatasync(path: Path) -> float:
    with path.open("wb") as file:

        def work() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())

        return time_of(work)


def _both(work: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds on the clock, and of the processors."""
    worked: list[float] = []
    wall = time_of(lambda: worked.append(cpu_of(work)))
    return wall, worked[0]


def _same_import(project: sqlite3.Connection, target: Path) -> tuple[float, float]:
    """Write all that a project holds into the tables of an empty one, by nothing but ``executemany``."""
    db = connect(target)
    schema.build(db)
    records = {
        table: project.execute(f"SELECT * FROM {table}").fetchall()
        for (table,) in db.execute(_TABLES).fetchall()
    }
    indexes = db.execute(_INDEXES).fetchall()

    def work() -> None:
        with db.atomic():
            db.execute("PRAGMA defer_foreign_keys = ON")
            for name, _ in indexes:
                db.execute(f"DROP INDEX {name}")
            for table, rows in records.items():
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    db.conn.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            search.catch_up(db)
            for _, sql in indexes:
                db.execute(sql)

    took = _both(work)
    db.close()
    return took


def _bare_import(project: sqlite3.Connection, target: Path) -> float:
    """Write the records of a project into bare tables with a key and one index, without any check."""
    db = sqlite3.connect(target)
    records = {}
    for table in ("text", "article", "mark", "link", "state"):
        cursor = project.execute(f"SELECT * FROM {table}")
        records[table] = [column[0] for column in cursor.description], cursor.fetchall()

    def work() -> None:
        with db:
            for table, (columns, rows) in records.items():
                keyed = [f"{name} PRIMARY KEY" if name in _KEYS else name for name in columns]
                db.execute(f"CREATE TABLE {table} ({', '.join(keyed)})")
                places = ", ".join("?" * len(columns))
                db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            db.execute("CREATE INDEX mark_by_article ON mark (article, start)")
            db.execute("CREATE INDEX link_by_article ON link (article)")

    took = cpu_of(work)
    db.close()
    return took


def _raw_export(db: sqlite3.Connection, exported: Path, target: Path) -> Callable[[], None]:
    """Return what writes the same lines from bare rows: two ordered SELECTs, merged, and the fastest JSON there is.

    The marks are kept as the objects they become, so that no time goes into making them.
    """
    db.execute("CREATE TABLE line (id PRIMARY KEY, text, body)")
    db.execute("CREATE TABLE record (id, article, start, end, text, layer, body)")
    with db, exported.open(encoding="utf-8") as lines:
        for written in lines:
            line = json.loads(written)
            for layer in ("actors", "claims"):
                db.executemany(
                    "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (m.pop("id"), line["id"], m.pop("start"), m.pop("end"), m.pop("text"), layer,
                         json.dumps(m))
                        for m in line.pop(layer)
                    ],
                )  # fmt: skip
            db.execute(
                "INSERT INTO line VALUES (?, ?, ?)",
                (line["id"], line.pop("text"), json.dumps(line)),
            )
        db.execute("CREATE INDEX record_by_article ON record (article, start)")
    kept = {body: json.loads(body) for (body,) in db.execute("SELECT DISTINCT body FROM record")}
    heads = {id: json.loads(body) for id, body in db.execute("SELECT id, body FROM line")}

    def work() -> None:
        marks = iter(db.execute("SELECT * FROM record ORDER BY article, start"))
        waiting = next(marks, None)
        with target.open("wb") as out:
            for id, text, _ in db.execute("SELECT id, text, NULL FROM line ORDER BY id"):
                own: dict[str, list[object]] = {"actors": [], "claims": []}
                while waiting is not None and waiting[1] == id:
                    name, _, start, end, words, layer, body = waiting
                    own[layer].append(
                        {"id": name, "start": start, "end": end, "text": words, **kept[body]}
                    )
                    waiting = next(marks, None)
                out.write(orjson.dumps({**heads[id], "text": text, **own}))
                out.write(b"\n")

    return work


_KEYS = ("id", "sha256")
_PLAINLY = "two SELECTs merged + orjson"
_SAME = "raw executemany, same rows and tables"
_TABLES = """SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'text_words%' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE 'shingle%' AND name NOT LIKE '%migrations%'"""
_INDEXES = """SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE '%migrations%'"""
