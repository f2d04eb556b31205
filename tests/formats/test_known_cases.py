"""Failures of other tools' importers and exporters that belong to no one format of ours."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import srsly

from annotator.domain.article import Meta
from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import place
from annotator.domain.identity import derived_id
from annotator.domain.link import Link, link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.text import decode
from annotator.formats.registry import WRITERS, writer_named
from annotator.services.codebooks import default_codebook
from tests.formats.contract import NOW, odd_codebook, read, write

BOOK = default_codebook()


def coded(
    text: str,
    *places: tuple[str, str],
    links: Sequence[tuple[str, int, int]] = (),
    language: str | None = "en",
) -> CodedArticle:
    """Return an article with marks ``(layer, words)`` and links between them by number."""
    decoded = decode(text.encode())
    id = derived_id("article", decoded.text_sha256)
    made = Provenance(derived_id("annotator", "Amal"), NOW, NOW, Origin.MANUAL, 1)
    marks = []
    for number, (layer, words) in enumerate(places):
        start = text.index(words)
        fragments = place(text, [(start, start + len(words))])
        marks.append(
            Mark(derived_id(id, str(number)), id, View.ANNOTATOR, layer, fragments, made, {})
        )
    ties = tuple(
        Link(
            link_id(marks[start].id, type, marks[end].id),
            id,
            View.ANNOTATOR,
            type,
            marks[start].id,
            made,
            end=marks[end].id,
        )
        for type, start, end in links
    )
    return CodedArticle(
        decoded.text_sha256,
        Meta(title="A story", language=language),
        id=id,
        text=decoded,
        annotator="Amal",
        codebook_version=1,
        marks=tuple(marks),
        links=ties,
    )


def marks_in(taken: Any) -> list[tuple[str, str]]:
    return sorted((mark.layer, mark.text) for item in taken.in_order() for mark in item.marks)


def head_of_docbin(file: Path) -> dict[str, Any]:
    said = srsly.msgpack_loads(zlib.decompress(file.read_bytes()))
    (user,) = said["user_data"]
    return json.loads(srsly.msgpack_loads(user)["annotator"])


def test_a_docbin_says_which_words_it_was_cut_by(tmp_path: Path) -> None:  # C4
    import spacy

    text = "One  said\n\n\nthat   Kyiv did it ."
    article = coded(text, ("actor", "Kyiv"), ("claim", "Kyiv did it"))
    write(writer_named("spacy"), [article], BOOK, tmp_path / "out")
    (file,) = (tmp_path / "out").rglob("*.spacy")
    head = head_of_docbin(file)
    assert (head["spacy"], head["language"]) == (spacy.__version__, "en")
    # Reading goes by the words in the file, so another version of spaCy moves nothing.
    assert marks_in(read(tmp_path / "out", BOOK)) == [("actor", "Kyiv"), ("claim", "Kyiv did it")]


@pytest.mark.parametrize(
    ("text", "words", "wider"),
    [
        ("Die Kundennummer2785708 gilt.", "2785708", "Kundennummer2785708"),
        ("Susan went to Switzerland.", "Sus", "Susan"),
    ],
)
def test_part_of_a_word_is_listed_with_the_whole_word(  # C1, C5
    tmp_path: Path, text: str, words: str, wider: str
) -> None:
    article = coded(text, ("actor", words))
    (loss,) = write(writer_named("spacy"), [article], BOOK, tmp_path / "spacy")
    assert wider in loss.what
    (loss,) = write(writer_named("conll"), [article], BOOK, tmp_path / "conll")
    assert (loss.kind, loss.record) == ("mark", article.marks[0].id)
    write(writer_named("jsonl"), [article], BOOK, tmp_path / "own.jsonl")
    assert marks_in(read(tmp_path / "own.jsonl", BOOK)) == [("actor", words)]


def test_two_names_in_one_string_without_spaces(tmp_path: Path) -> None:  # C7
    article = coded("The unit AHU-G1-V-1-1 failed.", ("actor", "AHU"), ("actor", "G1"))
    for name in ("conll", "bilou", "spacy"):
        out = tmp_path / name
        losses = [
            loss for loss in write(writer_named(name), [article], BOOK, out) if loss.kind == "mark"
        ]
        assert len(marks_in(read(out, BOOK))) + len(losses) == 2


@pytest.mark.parametrize("language", ["zh", "ja", "th", None])
def test_scripts_without_spaces_are_not_one_word(  # C8
    tmp_path: Path, language: str | None
) -> None:
    article = coded("港口罢工进入第二周。工会说不。", ("actor", "工会"), language=language)
    for name in ("conll", "spacy"):
        out = tmp_path / name
        losses = write(writer_named(name), [article], BOOK, out)
        came = marks_in(read(out, BOOK))
        assert came == [("actor", "工会")] or [loss.kind for loss in losses] == ["mark"]


def test_two_layers_on_one_word_have_a_file_each(tmp_path: Path) -> None:  # C9
    article = coded("Kyiv said no.", ("actor", "Kyiv"), ("claim", "Kyiv"), ("claim", "Kyiv said"))
    losses = write(writer_named("conll"), [article], BOOK, tmp_path / "out")
    assert "Kyiv -X- -X- B-actor" in (tmp_path / "out/actor.conll").read_text(encoding="utf-8")
    assert "Kyiv -X- -X- B-claim" in (tmp_path / "out/claim.conll").read_text(encoding="utf-8")
    assert [(loss.kind, loss.record) for loss in losses] == [("mark", article.marks[1].id)]


BOTH_WAYS = coded(
    "This is a simple test sentence .",
    ("claim", "This"),
    ("claim", "sentence"),
    ("claim", "simple test"),
    links=[("inside", 0, 1), ("inside", 1, 2)],
)


@pytest.mark.parametrize(
    "name",
    ["jsonl", "prodigy", "doccano", "brat", "label-studio", "w3c", "spacy", "refi", "xmi", "cas-json", "webanno"],
)  # fmt: skip
def test_links_go_out_and_come_back_the_same_way_round(  # E1, E2, E7, E9
    name: str, tmp_path: Path
) -> None:
    writer = writer_named(name)
    target = tmp_path / f"out{writer.suffix if writer.suffix != '.zip' else ''}"
    assert write(writer, [BOTH_WAYS], BOOK, target) == []
    (came,) = read(target, BOOK).in_order()
    text = {mark.id: mark.text for mark in came.marks}
    assert sorted((text[link.start], text[link.end or ""]) for link in came.links) == [
        ("This", "sentence"),
        ("sentence", "simple test"),
    ]


NO_LINKS = {"conll", "bilou", "semeval", "events"}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_links_that_cannot_go_are_listed(writer: Any, tmp_path: Path) -> None:  # E9
    target = tmp_path / "out"
    losses = write(writer, [BOTH_WAYS], BOOK, target)
    told = {loss.record for loss in losses if loss.kind == "link"}
    assert told == ({link.id for link in BOTH_WAYS.links} if writer.name in NO_LINKS else set())


@pytest.mark.parametrize("name", ["Straße", "e\u0301te\u0301", "Ü-Ebene", "सत्ता", "层"])
def test_layers_and_labels_may_be_named_in_any_script(name: str, tmp_path: Path) -> None:  # F12
    book = odd_codebook()
    layer = replace(book.layers[-1], name=name)
    book = replace(book, layers=(*book.layers, layer))
    article = coded("Kyiv said no.", (name, "Kyiv"))
    for writer in WRITERS:
        if writer.name in ("jsonl", "prodigy", "doccano", "brat", "label-studio", "conll", "w3c"):
            target = tmp_path / f"{writer.name}{'' if writer.suffix == '.zip' else writer.suffix}"
            write(writer, [article], book, target)
            assert marks_in(read(target, book)) == [(name, "Kyiv")], writer.name


def test_an_article_is_in_one_split_whoever_coded_it(tmp_path: Path) -> None:  # I-12
    coders = ("Amal", "Béa")
    articles = [
        replace(coded(f"Story {number} of Kyiv.", ("actor", "Kyiv")), annotator=who, split=split)
        for number, split in enumerate(["train", "dev", "train", "test"])
        for who in coders
    ]
    write(writer_named("spacy"), articles, BOOK, tmp_path / "out")
    texts = {
        folder.name: {item.text_sha256 for item in read(folder, BOOK).in_order()}
        for folder in (tmp_path / "out").iterdir()
        if folder.is_dir()
    }
    assert {name: len(found) for name, found in texts.items()} == {"train": 2, "dev": 1, "test": 1}
    assert len(set().union(*texts.values())) == 4
