"""Writing W3C Web Annotation: one JSON-LD page of annotations that point into texts by position and quote.

Positions are code points, as the recommendation says. A link is an annotation whose target
is the mark it begins at and whose body is the mark it leads to; it follows the marks of its article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.coded import CodedArticle
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import WriteContext
from annotator.formats.flat import ENTITY, ENTITY_ID, flatten, full_text, sorted_links
from annotator.formats.folder import NAME, SideCar
from annotator.formats.json_files import Json
from annotator.formats.web_annotation_body import URN

FILE = "annotations.jsonld"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {name: f"urn:annotator:{name}" for name in ("attribute", "link", "view", "digest")},
]
AROUND = 32
"""How many characters before and after a quote are kept to find it again."""


class WebAnnotationWriter:
    """Writes one page of annotations, and the articles themselves beside."""

    name = "w3c"
    suffix = ".zip"
    about = (
        "W3C Web Annotation (JSON-LD): positions and quotes of all marks, their values and links"
    )
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("notes, and who or what suggested a mark",)

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write the page annotation by annotation."""
        head = json.dumps({"@context": CONTEXT, "type": "AnnotationPage"}, ensure_ascii=False)
        with (
            (folder / NAME).open("w", encoding="utf-8", newline="\n") as side,
            (folder / FILE).open("w", encoding="utf-8", newline="\n") as out,
        ):
            side_car = SideCar(side, context)
            out.write(head.removesuffix("}") + ', "items": [')
            between = "\n"
            for coded in articles:
                side_car.add(coded, "")
                for item in _annotations(coded, context):
                    out.write(between + json.dumps(item, ensure_ascii=False))
                    between = ",\n"
            out.write("\n]}\n")


def _annotations(coded: CodedArticle, context: WriteContext) -> Iterator[Json]:
    flat = flatten(coded, context)
    creator = {"type": "Person", "name": coded.annotator} if coded.annotator else None
    for mark in sorted(coded.marks, key=reading_order):
        yield {
            "id": URN + mark.id,
            "type": "Annotation",
            "motivation": "classifying",
            "view": coded.view,
            "creator": creator,
            "body": list(_bodies(mark, flat.values[mark.id])),
            "target": list(_targets(coded, mark, context)),
        }
    here = {mark.id for mark in coded.marks}
    for link in sorted_links(coded):
        if link.start in here and link.end in here:
            yield {
                "id": URN + link.id,
                "type": "Annotation",
                "motivation": "linking",
                "link": link.type,
                "creator": creator,
                "body": URN + str(link.end),
                "target": URN + link.start,
            }


def _bodies(mark: Mark, values: dict[str, list[str]]) -> Iterator[Json]:
    yield {"type": "TextualBody", "purpose": "tagging", "value": mark.layer}
    for name, texts in values.items():
        if name == ENTITY:
            yield {
                "id": URN + values[ENTITY_ID][0],
                "type": "TextualBody",
                "purpose": "identifying",
                "value": texts[0],
            }
        elif name != ENTITY_ID:
            for said in texts:
                yield {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "attribute": name,
                    "value": said,
                }


def _targets(coded: CodedArticle, mark: Mark, context: WriteContext) -> Iterator[Json]:
    text = full_text(coded)
    for part in mark.fragments:
        quote = {"type": "TextQuoteSelector", "exact": part.slice}
        if not context.without_text:
            quote["prefix"] = text[max(0, part.start - AROUND) : part.start]
            quote["suffix"] = text[part.end : part.end + AROUND]
        yield {
            "source": {
                "id": URN + str(coded.id),
                "type": "Text",
                "digest": f"sha256:{coded.text_sha256}",
            },
            "selector": [
                {"type": "TextPositionSelector", "start": part.start, "end": part.end},
                quote,
            ],
        }
