"""What is fed: each reader of a format, the decoder, the codebook, and a project file's header."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain import codebook_json
from annotator.domain.errors import Problem
from annotator.domain.fragment import agree
from annotator.domain.text import decode
from annotator.formats.registry import READERS, WRITERS
from annotator.services.codebooks import default_codebook, load
from annotator.store import header
from annotator.store.refusals import refuse_what_is_no_project
from tests.formats import contract
from tests.fuzz.mutating import spoilt
from tests.support import article_files
from tests.support.damage import worked_on
from tests.support.dna_project import dna_project

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "cp1252", "latin-1", "utf-8-sig")


@dataclass(frozen=True)
class Target:
    """Something that reads.

    Attributes:
        feed: gives it one spoilt input; raises whatever should not happen.
    """

    name: str
    feed: Callable[[random.Random], None]


def targets(folder: Path) -> Iterator[Target]:
    """Yield every target, each with good inputs to spoil, in a folder of its own."""
    yield Target("decoding a text", _decoding())
    yield Target("codebook", _codebook(folder / "codebook.json"))
    yield Target("project header", _header(folder / "project"))
    writers = {writer.name: writer for writer in WRITERS}
    for reader in READERS:
        place = folder / reader.name
        place.mkdir(parents=True)
        good = _plain(place) if reader.name == "txt" else []
        if reader.name in writers:
            good = [
                _written(writers[reader.name], seed, place / f"good-{seed}") for seed in range(25)
            ]
        elif reader.name in article_files.MAKERS:
            good = article_files.write_good(reader.name, place / "good")
        elif reader.name == "sample":
            good = _samples(place)
        elif reader.name == "dna":
            good = [
                dna_project(place, "She said no. \U0001f4a9 Never.", (1, 3, 12, 2), (1, 16, 22, 1))
            ]
        elif reader.name == "mardy":
            good = [_claims_of_a_paper(place)]
        good = [target for target in good if target.exists()]
        yield Target(reader.name, _reading(reader.name, [_files(one) for one in good], place))


def _reading(
    name: str, good: list[dict[str, bytes]], place: Path
) -> Callable[[random.Random], None]:
    book = default_codebook()
    if not good:
        raise AssertionError(f"no good input for {name}")

    def feed(chance: random.Random) -> None:
        files = dict(chance.choice(good))
        spoiled = chance.choice(sorted(files))
        files[spoiled] = spoilt(files[spoiled], chance)
        target = place / "in"
        for relative, raw in files.items():
            path = target / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        try:
            taken = contract.read(target, book, name)
            for coded in taken.coded.values():
                assert coded.text
                for mark in coded.marks:
                    assert agree(mark.fragments, coded.text.text), mark
                known = {mark.id for mark in coded.marks}
                for link in coded.links:
                    assert link.start in known
                    assert link.end is None or link.end in known
            for remark in taken.remarks:
                assert remark.what
        finally:
            shutil.rmtree(target, ignore_errors=True)

    return feed


def _decoding() -> Callable[[random.Random], None]:
    texts = ["Déjà vu — “so” 😀\r\nline\rtwo\u2028three", "سلام\nשלום", "plain"]
    good = [text.encode(encoding, "replace") for text in texts for encoding in ENCODINGS]

    def feed(chance: random.Random) -> None:
        raw = spoilt(chance.choice(good), chance)
        try:
            found = decode(raw, chance.choice((None, None, *ENCODINGS)))
        except Problem:
            return
        assert "\r" not in found.text
        found.text.encode()

    return feed


def _codebook(path: Path) -> Callable[[random.Random], None]:
    good = json.dumps(codebook_json.to_json(default_codebook()), ensure_ascii=False).encode()

    def feed(chance: random.Random) -> None:
        start = chance.randrange(len(good))
        path.write_bytes(
            good[:start] + spoilt(good[start : start + 300], chance) + good[start + 300 :]
        )
        try:
            load(path)
        except Problem:
            return

    return feed


def _header(place: Path) -> Callable[[random.Random], None]:
    good = worked_on(place).read_bytes()[:200]
    path = place / "spoilt.annotator"

    def feed(chance: random.Random) -> None:
        path.write_bytes(spoilt(good, chance))
        header.read(path)
        try:
            refuse_what_is_no_project(path)
        except Problem:
            return

    return feed


def _written(writer: object, seed: int, target: Path) -> Path:
    book, coded = contract.make(seed, contract.Wish(odd=False, articles=1, marks=5))
    if coded:
        contract.write(writer, coded, book, target)  # type: ignore[arg-type]
    return target


def _plain(place: Path) -> list[Path]:
    path = place / "good.txt"
    path.write_text("A title\n\nA text with “quotes” and 😀.\n", encoding="utf-8")
    return [path]


def _samples(place: Path) -> list[Path]:
    path = place / "good.json"
    text = "ISIS said so. The mayor denied it."
    sample = {
        "article": "good",
        "text": text,
        "actors": [{"id": "a1", "start": 0, "end": 4, "text": "ISIS", "type": "group"}],
        "claims": [{"id": "c1", "start": 5, "end": 12, "text": "said so", "source": "a1"}],
        "sentiment": [],
    }
    path.write_text(json.dumps(sample), encoding="utf-8")
    return [path]


def _claims_of_a_paper(place: Path) -> Path:
    path = place / "good.json"
    text = "Das Amt plant ein Lager. Amal sagt 😀 nein."
    claim = {
        "quote": "plant ein Lager", "begin": 8, "end": 23, "cdate": "20150113", "cpos": "-1",
        "actorvalues": ["per_Amal", "org_Das Amt", "20"], "claims": ["200"],
    }  # fmt: skip
    article = {"entities": [], "sentences": [], "claims": [claim], "tokens": [], "text": text}
    path.write_text(json.dumps(article), encoding="utf-8")
    return path


def _files(target: Path) -> dict[str, bytes]:
    if target.is_file():
        return {target.name: target.read_bytes()}
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
