"""``articles.jsonl``: what folder formats carry of articles beside the marks.

It is our own JSONL without marks: texts, metadata, ids, states and entries of the actor
book, one line per article and annotator, and under ``file`` the file that holds the marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from annotator.domain.coded import CodedArticle
from annotator.domain.errors import Problem
from annotator.domain.identity import is_id
from annotator.formats.base import WriteContext
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.kept import Kept
from annotator.formats.names import FileNames
from annotator.formats.strict_json import parse

NAME = "articles.jsonl"
DEPTH = 3
"""How many folders above a file its ``articles.jsonl`` may stand."""


@dataclass(frozen=True, slots=True)
class Home:
    """Which article, and whose picture of it, a file holds."""

    sha256: str
    annotator: str | None
    view: str
    id: str | None


class SideCar:
    """Writes ``articles.jsonl`` line by line, and names the files that go with it."""

    def __init__(self, file: TextIO, context: WriteContext) -> None:
        self._file = file
        self._lines = JsonlWriter()
        self._context = context
        self._folders = FileNames()
        self._files: dict[str, FileNames] = {}
        self._last: str | None = None

    def add(self, coded: CodedArticle, suffix: str) -> str:
        """Write the line of a coded article; return the path of its file below the folder.

        ``suffix`` empty: the format has no file for each article, and nothing is returned.
        """
        path = self._path(coded) + suffix if suffix else ""
        again = (coded.id or coded.text_sha256) == self._last
        self._last = coded.id or coded.text_sha256
        bare = replace(coded, marks=(), links=(), text=None if again else coded.text)
        for line in self._lines.lines([bare], self._context):
            self._file.write(json.dumps({**line, "file": path or None}, ensure_ascii=False) + "\n")
        return path

    def _path(self, coded: CodedArticle) -> str:
        person = coded.annotator or "nobody"
        folder = self._folders.of(person, person)
        names = self._files.setdefault(folder, FileNames())
        wish = Path(coded.meta.source_file or "").stem or coded.meta.title or "article"
        return f"{folder}/{names.new(coded.id or coded.text_sha256, wish)}"


def home_of(file: Path) -> Home | None:
    """Return what ``articles.jsonl`` near a file says about it, or None."""
    for number, folder in enumerate(file.parents):
        if number >= DEPTH:
            break
        side = folder / NAME
        if side.is_file():
            key = file.relative_to(folder).as_posix()
            return _index(side, side.stat().st_mtime_ns).last(key)
    return None


@lru_cache(maxsize=4)
def _index(side: Path, _modified: int) -> Kept[Home]:
    homes: Kept[Home] = Kept()
    with side.open("rb") as lines:
        for file, home in _homes(lines):
            homes.put(file, home)
    return homes


def _homes(lines: Iterable[bytes]) -> Iterable[tuple[str, Home]]:
    for raw in lines:
        try:
            line = parse(raw)
        except Problem:
            continue
        if isinstance(line, dict) and isinstance(line.get("file"), str):
            person, id = line.get("annotator"), line.get("id")
            yield (
                line["file"],
                Home(
                    str(line.get("text_sha256")),
                    person if isinstance(person, str) else None,
                    str(line.get("view")),
                    id if is_id(id) else None,
                ),
            )
