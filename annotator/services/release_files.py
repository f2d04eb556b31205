"""The files of a release folder: lines in order, checksums, and the proof that nothing leaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from annotator.domain.errors import BadInput, Refused
from annotator.formats.release.card import FILES
from annotator.formats.release.facts import File

Json = dict[str, Any]

CHECKSUMS = "checksums.sha256"


class LineFiles:
    """Writes lines as they come, and puts each file in the order of its keys at the end.

    Only keys and places are held in memory.
    """

    def __init__(self, folder: Path, paths: Sequence[str]) -> None:
        self._folder = folder
        self._paths = paths
        self._open: dict[str, BinaryIO] = {}
        self._places: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> LineFiles:
        for path in self._paths:
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            self._open[path] = self._stack.enter_context(
                (self._folder / f"{path}.draft").open("wb")
            )
            self._places[path] = []
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stack.close()
        if kind is None:
            for path in self._paths:
                self._order(path)

    def add(self, path: str, key: tuple[str, ...], line: Json) -> None:
        """Write one line."""
        raw = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        self._places[path].append((key, self._open[path].tell(), len(raw)))
        self._open[path].write(raw)

    def _order(self, path: str) -> None:
        draft = self._folder / f"{path}.draft"
        if self._places[path]:
            with draft.open("rb") as lines, (self._folder / path).open("wb") as out:
                for _, start, length in sorted(self._places[path]):
                    lines.seek(start)
                    out.write(lines.read(length))
        draft.unlink()


def files_of(folder: Path) -> Iterator[File]:
    """Yield every file of a folder but the list of checksums, by path."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() and path.name != CHECKSUMS:
            digest, lines = sha256(), 0
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
                    lines += block.count(b"\n")
            name = path.relative_to(folder).as_posix()
            yield File(name, digest.hexdigest(), path.stat().st_size, lines)


def write_checksums(folder: Path) -> None:
    """Write the list of checksums as ``sha256sum -c`` reads it."""
    body = "".join(f"{file.sha256}  {file.path}\n" for file in files_of(folder))
    (folder / CHECKSUMS).write_bytes(body.encode())


def refuse_changed(folder: Path) -> None:
    """Raise BadInput unless every file of a release is the one its checksum says, and none is missing."""
    try:
        listed = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise BadInput(f"{folder.name} is no release: it has no {CHECKSUMS}.") from None
    wanted = {line[66:]: line[:64] for line in listed}
    found = {file.path: file.sha256 for file in files_of(folder)}
    for path, digest in wanted.items():
        if found.get(path) != digest:
            what = "was changed" if path in found else "is missing"
            raise BadInput(f"{path} of {folder.name} {what} since it was released: get it again.")


def refuse_leaks(folder: Path) -> None:
    """Raise Refused if an article, a text, an address or a group of copies is in two splits."""
    homes: dict[tuple[str, str], str] = {}
    for split, path in FILES.items():
        for line in _lines(folder / path):
            for key in _keys(line):
                home = homes.setdefault(key, split)
                if home != split:
                    raise Refused(
                        f"Nothing was written: the {key[0]} {key[1]} would be in both {home} and {split}."
                    )


def _keys(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "article", line["id"]
    yield "text", line["text_sha256"]
    if line["meta"]["url"]:
        yield "address", line["meta"]["url"]
    if line["duplicate_group"]:
        yield "group of copies", line["duplicate_group"]


def _lines(path: Path) -> Iterator[Json]:
    if path.exists():
        with path.open("rb") as file:
            for raw in file:
                yield json.loads(raw)
