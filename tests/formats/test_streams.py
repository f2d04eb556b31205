"""What is written and read goes by article after article: memory does not grow with their number."""

from __future__ import annotations

import gc
import io
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.coded import CodedArticle
from annotator.domain.identity import derived_id
from annotator.domain.text import decode
from annotator.formats import docbin, parquet, remarks
from annotator.formats.base import ReadContext, TextWriter, WriteContext
from annotator.formats.registry import WRITERS, reader_named, writer_named
from annotator.formats.safe_zip import pack
from annotator.services.codebooks import default_codebook
from tests.formats.contract import NOW, source
from tests.formats.test_known_cases import coded

FIRST, LAST = 40, 120
BYTES_EACH = 500
"""A hash of a file name and its place in a set; an article itself needs some thousands."""

BOOK = default_codebook()
MODEL = coded(
    "Amal said no to the night shift. " * 6,
    ("actor", "Amal"),
    ("claim", "no to the night shift"),
    ("cue", "said"),
    links=[("source", 1, 0), ("cue", 1, 2)],
)


def articles(count: int, seen: Callable[[int], None]) -> Iterator[CodedArticle]:
    """Yield different articles, telling the number of each before it is made."""
    assert MODEL.text
    for number in range(count):
        seen(number)
        text = decode((f"{number:06} ".encode() + MODEL.text.text.encode())[:-7])
        id = derived_id("article", str(number))
        shift = {mark.id: derived_id(mark.id, str(number)) for mark in MODEL.marks}
        marks = tuple(
            replace(
                mark,
                id=shift[mark.id],
                article=id,
                fragments=tuple(
                    replace(part, start=part.start + 7, end=part.end + 7) for part in mark.fragments
                ),
            )
            for mark in MODEL.marks
        )
        links = tuple(
            replace(
                link,
                id=derived_id(link.id, str(number)),
                article=id,
                start=shift[link.start],
                end=shift[link.end or ""],
            )
            for link in MODEL.links
        )
        yield replace(
            MODEL,
            id=id,
            text=text,
            text_sha256=text.text_sha256,
            marks=marks,
            links=links,
            meta=replace(MODEL.meta, title=f"Story {number}"),
        )


class Growth:
    """Notes how much memory is held at two moments."""

    def __init__(self) -> None:
        self.held: dict[int, int] = {}

    def __call__(self, number: int) -> None:
        if number in (FIRST, LAST):
            gc.collect()
            self.held[number] = tracemalloc.get_traced_memory()[0]

    @property
    def each(self) -> float:
        return (self.held[LAST] - self.held[FIRST]) / (LAST - FIRST)


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(docbin, "PER_FILE", 10 * 47)  # words of ten articles
    monkeypatch.setattr(parquet, "GROUP", 10)
    monkeypatch.setattr(remarks, "AT_HAND", 10)
    yield
    tracemalloc.stop()


def write(name: str, items: Iterable[CodedArticle], target: Path) -> None:
    writer = writer_named(name)
    context = WriteContext(BOOK, 1)
    if isinstance(writer, TextWriter):
        with target.open("w", encoding="utf-8", newline="") as out:
            writer.write(items, out, context)
    else:
        target.mkdir()
        writer.write_files(items, target, context)


@pytest.mark.parametrize("name", [writer.name for writer in WRITERS])
def test_a_writer_holds_one_article(name: str, tmp_path: Path) -> None:
    growth = Growth()
    items = articles(LAST + 1, growth)
    write(name, articles(1, lambda number: None), tmp_path / "first")  # what is loaded once
    tracemalloc.start()
    write(name, items, tmp_path / "out")
    assert growth.each < BYTES_EACH, growth.each


@pytest.mark.parametrize(
    "name", ["jsonl", "prodigy", "doccano", "label-studio", "semeval", "conll", "refi"]
)
def test_a_reader_holds_one_article(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(name, articles(LAST + 5, lambda number: None), target)
    files = {"label-studio": "tasks.json", "semeval": "opinions.json", "conll": "actor.conll"}
    file = target / files[name] if name in files else target.with_suffix(".jsonl")
    if name == "refi":
        file = target.with_suffix(".qdpx")
        pack(target, file)
    elif name not in files:
        target.rename(file)
    growth = Growth()
    context = ReadContext(
        BOOK,
        1,
        NOW,
        lambda person: derived_id("annotator", person),
        _text_of,
        lambda named: None,
        "Amal",
    )
    tracemalloc.start()
    for number, _ in enumerate(reader_named(name).read(source(file), context)):
        growth(number)
    assert growth.each < BYTES_EACH, growth.each


def _text_of(sha256: str) -> str | None:
    return None


def test_every_loss_is_told_however_many_there_are() -> None:
    out, context = io.StringIO(), WriteContext(BOOK, 1)
    many: Any = articles(40, lambda number: None)
    writer_named("events").write(many, out, context)  # type: ignore[union-attr]
    assert len(context.losses) == len(list(context.losses)) == 80  # a cue and its link in each
