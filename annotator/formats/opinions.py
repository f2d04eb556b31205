"""Structured sentiment as in SemEval-2022 task 10: sentences with opinions of holder, target and expression.

Texts are tokens with one space between them, and offsets are code points of that, written
as ``"start:end"``; an element that does not begin and end with a token would be scored as
something else, so it is never written. Our own files say in ``annotator`` where each
sentence stands in its article and which marks these are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.codebook import SENTIMENT
from annotator.domain.coded import CodedArticle, Read
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark, reading_order
from annotator.domain.segments import tokens
from annotator.formats.base import ReadContext, Source, WriteContext, title_of
from annotator.formats.conll import sentence_extents
from annotator.formats.flat import flatten, full_text, sorted_links
from annotator.formats.folder import NAME, SideCar
from annotator.formats.json_files import ArrayOut, Json, read_objects
from annotator.formats.opinions_reader import HEAD, INTENSITY, POLARITY, read_sentence

FILE = "opinions.json"
_ROLES = {"holder": "Source", "target": "Target"}


class OpinionReader:
    """Reads the public files of the task and our own."""

    name = "semeval"
    suffixes = (".json",)
    about = "SemEval-2022 structured sentiment"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON files of sentences."""
        return source.path.name == FILE or (
            source.path.suffix.lower() in self.suffixes
            and head.lstrip()[:1] == b"["
            and (b'"sent_id"' in head or b'"opinions"' in head)
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield a piece for each sentence; sentences of strangers are articles of their own."""
        return read_objects(source, lambda item, where: read_sentence(item, where, context))


class OpinionWriter:
    """Writes a sentence at a time, and the articles themselves beside."""

    name = "semeval"
    suffix = ".zip"
    about = (
        "SemEval-2022 sentiment: holder, target, expression, polarity and intensity of each opinion"
    )
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = (
        "marks that are no sentiment, and no holder or target of one in the same sentence",
        "sentiments that begin or end inside a token",
        "“mixed”, which others read as neutral",
        "notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write article after article."""
        with (
            (folder / NAME).open("w", encoding="utf-8", newline="\n") as side,
            (folder / FILE).open("w", encoding="utf-8", newline="\n") as file,
            ArrayOut(file) as out,
        ):
            side_car = SideCar(side, context)
            last = ""
            for coded in articles:
                side_car.add(coded, "")
                if coded.annotator:
                    article = coded.id or coded.text_sha256
                    # Scorers pair sentences by name: one annotator's have the plain one, so
                    # that a file of each can be compared.
                    name = f"{article}-{coded.annotator}" if article == last else article
                    last = article
                    for sentence in _Sentences(coded, context).write(name):
                        out.add(sentence)


class _Sentences:
    """The sentences of one coded article; remembers what was written, to tell the rest."""

    def __init__(self, coded: CodedArticle, context: WriteContext) -> None:
        self._coded = coded
        self._context = context
        self._marks = {mark.id: mark for mark in coded.marks}
        self._links: dict[Id, list[Link]] = {}
        for link in sorted_links(coded):
            self._links.setdefault(link.start, []).append(link)
        aside = WriteContext(context.codebook, context.codebook_version)
        self._values = flatten(coded, aside).values
        self._written: set[Id] = set()

    def write(self, name: str) -> Iterator[Json]:
        text = full_text(self._coded)
        sentiments = [
            mark for mark in sorted(self._coded.marks, key=reading_order) if mark.layer == SENTIMENT
        ]
        for start, end in sentence_extents(self._coded, sentiments):
            places = _Places(text, list(tokens(text, start, end)))
            own = [mark for mark in sentiments if start <= mark.start and mark.end <= end]
            yield {
                "sent_id": f"{name}-{start}",
                "text": places.text,
                "opinions": [self._opinion(mark, places) for mark in own if places.fit(mark)],
                HEAD: {
                    "sha256": self._coded.text_sha256,
                    "annotator": self._coded.annotator,
                    "view": self._coded.view,
                    "start": start,
                },
            }
        for mark in self._coded.marks:
            if mark.id not in self._written:
                self._context.lose_mark(self._coded, mark, "is no part of an opinion that fits")
        for link in sorted_links(self._coded):
            if link.id not in self._written:
                self._context.lose_link(self._coded, link, "is no part of an opinion that fits")

    def _opinion(self, mark: Mark, places: _Places) -> Json:
        polarity, intensity = mark.attributes.get("polarity"), mark.attributes.get("intensity")
        if polarity not in POLARITY:
            self._context.lose(
                title_of(self._coded),
                f"the polarity “{polarity}” will be read as neutral by others",
            )
        self._written.add(mark.id)
        opinion: Json = {
            "Source": [[], []],
            "Target": [[], []],
            "Polar_expression": places.element(mark),
            "Polarity": POLARITY.get(str(polarity), "Neutral"),
            "Intensity": INTENSITY.get(str(intensity)),
        }
        values = {
            name: said
            for name, said in self._values[mark.id].items()
            if not name.endswith("_voice")
        }
        own: Json = {"id": mark.id, "values": values}
        for link in self._links.get(mark.id, ()):
            role = _ROLES.get(link.type)
            end = self._marks.get(link.end or "")
            if role == "Source" and link.voice is Voice.AUTHOR and "Source" not in own:
                opinion["Source_is_author"] = True
                self._written.add(link.id)
            elif role and end and role not in own and places.fit(end):
                opinion[role] = places.element(end)
                own[role] = {"id": end.id, "layer": end.layer, "values": self._kept(end)}
                self._written |= {link.id, end.id}
        opinion[HEAD] = own
        return opinion

    def _kept(self, mark: Mark) -> dict[str, list[str]]:
        """Return the values of a holder or target; its own links to voices go elsewhere, or are lost."""
        voices = {f"{link.type}_voice" for link in self._links.get(mark.id, ()) if link.voice}
        return {name: said for name, said in self._values[mark.id].items() if name not in voices}


class _Places:
    """A sentence as tokens with one space between them, and where its marks stand in that."""

    def __init__(self, text: str, words: list[Extent]) -> None:
        forms = [text[slice(*word)] for word in words]
        self.text = " ".join(forms)
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        position = 0
        for (start, end), form in zip(words, forms, strict=True):
            self._starts[start] = position
            self._ends[end] = position + len(form)
            position += len(form) + 1

    def fit(self, mark: Mark) -> bool:
        """Tell whether every fragment begins and ends with a token of the sentence."""
        return all(part.start in self._starts and part.end in self._ends for part in mark.fragments)

    def element(self, mark: Mark) -> list[list[str]]:
        places = [(self._starts[part.start], self._ends[part.end]) for part in mark.fragments]
        return [
            [self.text[start:end] for start, end in places],
            [f"{start}:{end}" for start, end in places],
        ]
