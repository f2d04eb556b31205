"""Bytes flipped and ends cut off: opened, repaired or declined, and no mark goes unnamed."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.services import project as projects
from tests.support.damage import words_of, worked_on
from tests.torture.looking import Words, survives
from tests.torture.tally import Tally


def flipped(folder: Path, tries: int) -> Tally:
    """Flip one byte at a time, at random places."""
    tally = Tally("one byte flipped")
    path, raw, words = _made(folder)
    chance = random.Random(1)
    for _ in range(tries):
        bad = bytearray(raw)
        bad[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        _try(path, bytes(bad), words, tally)
    return tally


def overwritten(folder: Path, tries: int) -> Tally:
    """Overwrite a stretch, as a bad sector does."""
    tally = Tally("a stretch overwritten")
    path, raw, words = _made(folder)
    chance = random.Random(2)
    for _ in range(tries):
        length = chance.choice((16, 512, 4096, 20_000))
        start = chance.randrange(len(raw))
        filler = chance.choice((b"\0", b"\xff", None))
        stretch = filler * length if filler else chance.randbytes(length)
        _try(path, (raw[:start] + stretch + raw[start + length :])[: len(raw)], words, tally)
    return tally


def truncated(folder: Path, tries: int) -> Tally:
    """Cut the file at lengths all over it."""
    tally = Tally("truncated")
    path, raw, words = _made(folder)
    for number in range(tries):
        _try(path, raw[: len(raw) * number // tries], words, tally)
    return tally


def _made(folder: Path) -> tuple[Path, bytes, Words]:
    folder.mkdir()
    path = worked_on(folder, articles=3)
    with projects.open_existing(path, "Amal") as project:
        words = words_of(project)
    return path, path.read_bytes(), words


def _try(path: Path, raw: bytes, words: Words, tally: Tally) -> None:
    path.write_bytes(raw)
    tally.tries += 1
    survives(path, words, tally)
    for name in ("-wal", "-journal"):
        path.with_name(path.name + name).unlink(missing_ok=True)
