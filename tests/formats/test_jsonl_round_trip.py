"""Our JSONL: out and in again is the identity, and the same bytes every time."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import Verdict
from annotator.domain.codebook import Attribute, Codebook, Kind, Layer, LinkType, Shape
from annotator.domain.coded import ANNOTATOR
from annotator.domain.errors import Problem
from annotator.domain.link import Voice
from annotator.services import (
    actor_book,
    checking,
    exporting,
    importing,
    linking,
    marking,
    reading,
    states,
)
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from tests.formats import contract
from tests.support import plain_lines
from tests.support.material import add_article

SIGNS = [
    "a",
    "word",
    "one two",
    " ",
    "é",
    "e\u0301",
    "😀",
    "👩🏽\u200d🚀",
    "🇩🇪",
    "“so”",
    "\u00a0",
    "\u2028",
    "\n",
    "سلام",
    "שלום",
    "B-X",
    "#",
    "|",
    "\t",
    "\\",
    '"',
    "\x1f",
    "\x7f",
]
texts = (
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=40)
    .map("".join)
    .filter(lambda text: text.strip("\u00a0\u2028 \n\t\x1f\x7f"))
)


def wider_codebook() -> Codebook:
    """Return the default codebook with an attribute, a layer and links of one's own."""
    book = default_codebook()
    place = Layer(
        "place",
        "Place",
        "p",
        Shape.DASHED,
        ("#444444", "#bbbbbb"),
        (Attribute("country", Kind.TEXT),),
    )
    layers = tuple(
        replace(layer, attributes=(*layer.attributes, Attribute("sure", Kind.YES_NO)))
        if layer.name == "claim"
        else layer
        for layer in book.layers
    )
    links = (
        *(replace(link, several=True) if link.name == "cue" else link for link in book.links),
        LinkType("where", "claim", ("place",), several=True),
    )
    return replace(book, layers=(*layers, place), links=links)


def work(project: Project, chance: random.Random) -> None:
    """Code every article by chance."""
    layers = [layer.name for layer in project.codebook.open_layers]
    for listed in reading.list_articles(project):
        article = listed.article
        made: dict[str, list[str]] = {layer: [] for layer in layers}
        for _ in range(chance.randrange(9)):
            parts = []
            for _ in range(chance.choice((1, 1, 2))):
                start = chance.randrange(article.length)
                parts.append((start, min(article.length, start + chance.randint(1, 12))))
            layer = chance.choice(layers)
            try:
                (change, *_) = marking.mark(project, article.id, parts, layer).changes
            except Problem:
                continue
            made[layer].append(change.after.id)  # type: ignore[union-attr]
        for kind in project.codebook.links:
            for start_mark in made[kind.start]:
                ends = [end for layer in kind.ends for end in made[layer] if end != start_mark]
                try:
                    if kind.voices and chance.random() < 0.4:
                        linking.tie(project, start_mark, kind.name, chance.choice(list(Voice)))
                    elif ends:
                        for _ in range(2 if kind.several else 1):
                            linking.tie(project, start_mark, kind.name, chance.choice(ends))
                except Problem:
                    continue
        for mention in made["actor"]:
            if chance.random() < 0.5:
                actor_book.assign_best(project, mention)
        for claim in made["claim"]:
            if project.codebook.layer("claim").attribute("sure"):
                marking.set_attribute(project, claim, "sure", chance.random() < 0.5)
            marking.set_attribute(
                project, claim, "topics", ("peace", "trade")
            ) if chance.random() < 0.5 else None
        if chance.random() < 0.5:
            states.finish(project, article.id)
        elif not made["cue"]:
            states.set_verdict(project, article.id, ["cue"], Verdict.NOTHING_FOUND)


def exported(project: Project, name: str, **order: object) -> bytes:
    """Return what an export writes."""
    path = project.path.parent / name
    exporting.export(project, exporting.Order(path, **order))  # type: ignore[arg-type]
    return path.read_bytes()


@settings(max_examples=30)
@given(
    articles=st.lists(texts, min_size=1, max_size=3, unique=True),
    seed=st.integers(0, 2**32),
    wide=st.booleans(),
)
def test_out_and_in_again_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, articles: list[str], seed: int, wide: bool
) -> None:  # I1, I2, I3
    folder = tmp_path_factory.mktemp("trip")
    book = wider_codebook() if wide else default_codebook()
    chance = random.Random(seed)
    project = projects.create(folder / "first", book, "Amal")
    for text in articles:
        add_article(project, text, None)
    work(project, chance)
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as project:
        work(project, chance)
        first = exported(project, "first.jsonl")
        assert exported(project, "again.jsonl") == first
        assert plain_lines.lines(project, ANNOTATOR) == first
        counts = [
            project.db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0]
            for kind in ("mark", "link", "article")
        ]
    with projects.create(folder / "second", book, "Somebody") as other:
        report = importing.import_all(other, [folder / "first.jsonl"])
        assert report.refused == []
        assert checking.problems(other) == []
        assert exported(other, "second.jsonl") == first
        assert [
            other.db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0]
            for kind in ("mark", "link", "article")
        ] == counts
        again = importing.import_all(other, [folder / "first.jsonl"])
        assert again.added.in_words() == ""
        assert exported(other, "third.jsonl") == first


def test_every_line_has_the_same_keys_in_the_same_order(tmp_path: Path) -> None:
    with projects.create(tmp_path / "p", default_codebook(), "Amal") as project:
        for text in ("One two three four five six seven.", "Untouched."):
            add_article(project, text, None)
        article = reading.list_articles(project)[0].article.id
        marking.mark(project, article, [(0, 3)], "actor")
        marking.mark(project, article, [(4, 7)], "claim")
        marking.mark(project, article, [(8, 13)], "sentiment")
        lines = [json.loads(line) for line in exported(project, "o.jsonl").decode().splitlines()]
    worked, untouched = sorted(lines, key=lambda line: line["annotator"] is None)
    assert list(worked) == list(untouched) == [
        "format", "id", "text", "text_sha256", "offset_unit", "meta", "split", "duplicate_group", "view", "annotator",
        "codebook_version", "states", "entities", "actors", "claims", "sentiments", "other",
    ]  # fmt: skip
    assert list(worked["meta"]) == [
        "title", "author", "publisher", "url", "published", "language", "licence", "source_file", "extra",
    ]  # fmt: skip
    assert list(worked["actors"][0]) == [
        "id", "start", "end", "text", "fragments", "type", "entity", "named", "origin", "suggester",
    ]  # fmt: skip
    assert list(worked["claims"][0]) == [
        "id", "start", "end", "text", "fragments", "mode", "stance", "kind", "topics", "date", "sources", "source_voice",
        "cue", "addressees", "about", "inside", "origin", "suggester",
    ]  # fmt: skip
    assert list(worked["sentiments"][0]) == [
        "id", "start", "end", "text", "fragments", "polarity", "intensity", "holder", "holder_voice", "target",
        "origin", "suggester",
    ]  # fmt: skip


def test_an_emoji_before_a_mark_moves_nothing(tmp_path: Path) -> None:  # A1, A4, A5, A7
    for text, words in (
        ("\U0001f4a9This is an annotation.", "annotation"),
        ("Some text yeah \U0001f680 rocket", "rocket"),
        ("@k \U0001f602\U0001f602 yes the boro .", "boro"),
        ("\U0001f3f3\ufe0f\u200d\U0001f308 vote", "vote"),
    ):
        with projects.create(tmp_path / words, default_codebook(), "Amal") as project:
            article = add_article(project, text, None)
            start = text.index(words)
            marking.mark(project, article.id, [(start, start + len(words))], "actor")
            raw = exported(project, f"{words}.jsonl")
            (mark,) = json.loads(raw)["actors"]
            assert (mark["start"], mark["end"], mark["text"]) == (start, start + len(words), words)
            assert "\\ud" not in raw.decode().lower()


def test_cues_that_look_alike_are_told_apart(tmp_path: Path) -> None:  # E5
    text = "He said, and said, that he goes."
    with projects.create(tmp_path / "first", default_codebook(), "Amal") as project:
        article = add_article(project, text, None).id
        extents = ([(3, 7)], [(3, 7)], [(3, 7), (13, 17)], [(3, 17)])
        cues = [
            marking.mark(project, article, parts, "cue").changes[0].after.id  # type: ignore[union-attr]
            for parts in extents
        ]
        tied = {}
        for cue in cues:
            outcome = marking.mark(project, article, [(24, 31)], "claim")
            claim = outcome.changes[0].after.id  # type: ignore[union-attr]
            linking.tie(project, claim, "cue", cue)
            tied[claim] = cue
        first = exported(project, "first.jsonl")
    claims = json.loads(first)["claims"]
    assert [set(claim["cue"]) for claim in claims] == [{"start", "end", "text"}] * 4
    with projects.create(tmp_path / "second", default_codebook(), "Amal") as project:
        assert importing.import_all(project, [tmp_path / "first.jsonl"]).refused == []
        links = reading.open_article(project, article).links
        assert {link.start: link.end for link in links} == tied
        assert exported(project, "second.jsonl") == first


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_a_file_with_nothing_in_it_is_no_failure(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_bytes(raw)
    taken = contract.read(file, default_codebook())
    assert not taken.coded
    assert [(remark.what, remark.lost) for remark in taken.remarks] == [("has nothing in it", 0)]
