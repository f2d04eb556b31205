"""spaCy's DocBin: tokenised texts with a span group for each layer, and a configuration to train on them.

This module and its reader are the only ones outside ``assist`` that know spaCy, because the
format is spaCy's own memory written down. Groups hold every mark that begins and ends with
a token of spaCy's; the actors that do not overlap are entities too. Values, links and ids
travel in the user data of each text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.domain.codebook import ACTOR, CLAIM
from annotator.domain.coded import CodedArticle
from annotator.domain.mark import Mark
from annotator.domain.text import trim
from annotator.formats.base import WriteContext
from annotator.formats.docbin_reader import HEAD, SUFFIX
from annotator.formats.flat import FRAGMENT, Stretch, flatten, full_text
from annotator.formats.folder import NAME, SideCar
from annotator.formats.labels import label_of
from annotator.formats.names import FileNames

PER_FILE = 50_000
"""Words in one file; spaCy reads a folder of them as one corpus, and needs the memory for one."""


class DocBinWriter:
    """Writes a folder of ``.spacy`` files for each split, and ``config.cfg``."""

    name = "spacy"
    suffix = ".zip"
    about = "spaCy DocBin: span groups and entities, and a configuration to train"
    tells_view = False
    needs_text = True
    packed = False
    cannot_carry = (
        "marks that begin or end inside a token of spaCy's, or with blank space",
        "a mark of several fragments as one span: it becomes several",
        "notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write file after file."""
        language = "xx"
        names = FileNames()
        bins: dict[str, _Bin] = {}
        with (folder / NAME).open("w", encoding="utf-8", newline="\n") as side:
            side_car = SideCar(side, context)
            for coded in articles:
                side_car.add(coded, "")
                if not coded.annotator:
                    continue
                if language == "xx":
                    language = _known(coded.meta.language)
                split = coded.split or "all"
                into = bins.setdefault(split, _Bin(folder / names.of(split, split)))
                into.add(_doc(coded, context))
        for each in bins.values():
            each.close()
        layers = [layer.name for layer in context.codebook.layers]
        key = CLAIM if CLAIM in layers else layers[0]
        (folder / "config.cfg").write_bytes(_config(language, key).encode())


class _Bin:
    """Collects documents and writes them out in files of a bearable size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._docs: Any = None
        self._words = 0
        self._number = 0

    def add(self, doc: Any) -> None:
        from spacy.tokens import DocBin

        self._docs = self._docs or DocBin(store_user_data=True)
        self._docs.add(doc)
        self._words += len(doc)
        if self._words >= PER_FILE:
            self.close()

    def close(self) -> None:
        if not self._docs:
            return
        self._folder.mkdir(exist_ok=True)
        self._number += 1
        (self._folder / f"{self._number:04d}{SUFFIX}").write_bytes(self._docs.to_bytes())
        self._docs, self._words = None, 0
        # Every word and id ever seen stays in a vocabulary: the next texts get a new one.
        _tokenizer.cache_clear()


def _doc(coded: CodedArticle, context: WriteContext) -> Any:
    import spacy
    from spacy.tokens import SpanGroup
    from spacy.util import filter_spans

    text = full_text(coded)
    language = _known(coded.meta.language)
    doc = _tokenizer(language)(text)
    aside = WriteContext(context.codebook, context.codebook_version)
    flat = flatten(coded, aside)
    spans: dict[str, list[Any]] = {layer.name: [] for layer in context.codebook.layers}
    by_mark: dict[str, list[Stretch]] = {}
    for stretch in flat.stretches:
        by_mark.setdefault(stretch.mark.id, []).append(stretch)
    kept: set[str] = set()
    for stretches in by_mark.values():
        mark = stretches[0].mark
        made = [_span(doc, text, stretch, context) for stretch in stretches]
        if None in made:
            context.lose_mark(coded, mark, _misfit(doc, mark))
            continue
        kept.add(mark.id)
        spans[mark.layer] += made
    for layer, group in spans.items():
        doc.spans[layer] = SpanGroup(doc, name=layer, spans=sorted(group))
    doc.set_ents(filter_spans(spans.get(ACTOR, [])))
    for link in coded.links:
        if link.start not in kept or (link.end is not None and link.end not in kept):
            context.lose_link(coded, link, "joins a mark that was left out")
    doc.user_data[HEAD] = json.dumps(
        {
            "sha256": coded.text_sha256,
            "spacy": spacy.__version__,
            "language": language,
            "annotator": coded.annotator,
            "view": coded.view,
            "layers": {id: by_mark[id][0].mark.layer for id in sorted(kept)},
            "values": {id: flat.values[id] for id in sorted(kept)},
            "links": [
                [tie.type, tie.start, tie.end]
                for tie in flat.ties
                if tie.start in kept and (tie.type == FRAGMENT or tie.end in kept)
            ],
        },
        ensure_ascii=False,
    )
    return doc


def _span(doc: Any, text: str, stretch: Stretch, context: WriteContext) -> Any:
    start, end = stretch.part.extent
    if trim(text, start, end) != (start, end):
        return None
    label = label_of(stretch.mark, context.codebook)
    return doc.char_span(start, end, label=label, span_id=stretch.id, alignment_mode="strict")


def _misfit(doc: Any, mark: Mark) -> str:
    """Return why spaCy cannot hold a mark, with the whole words nearest to it."""
    near = []
    for mode, kind in (("contract", "narrower"), ("expand", "wider")):
        span = doc.char_span(mark.start, mark.end, alignment_mode=mode)
        if span is not None and span.text.strip():
            near.append(f"“{' '.join(span.text.split())[:60]}” ({kind})")
    why = "begins or ends inside a token, or with blank space"
    return f"{why}; whole words would be {' or '.join(near)}" if near else why


def _known(language: str | None) -> str:
    """Return the language if spaCy has its rules for words here, else the one for all others."""
    code = (language or "").split("-")[0].lower()
    if code.isalpha() and code.isascii():
        # Some languages need a library of their own to find words.
        with suppress(ImportError):
            _tokenizer(code)
            return code
    return "xx"


@lru_cache(maxsize=8)
def _tokenizer(language: str) -> Any:
    import spacy

    return spacy.blank(language).tokenizer


@lru_cache(maxsize=8)
def _config(language: str, key: str) -> str:
    """Return a configuration that trains the entities and the spans of one layer on what was written."""
    from spacy.cli.init_config import init_config

    config = init_config(lang=language, pipeline=["ner", "spancat"], silent=True)
    config["components"]["spancat"]["spans_key"] = key
    config["training"]["score_weights"] = {"ents_f": 0.5, f"spans_{key}_f": 0.5}
    return str(config.to_str())
