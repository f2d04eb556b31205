"""One sentence of structured sentiment, ours or another's, as a coded article."""

from __future__ import annotations

import re
from typing import Any

from annotator.domain.codebook import ACTOR, SENTIMENT
from annotator.domain.coded import ANNOTATOR, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext
from annotator.formats.conll_reader import found_in
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.foreign_values import values_of
from annotator.formats.json_files import Json, objects_in, text_in

HEAD = "annotator"
POLARITY = {"negative": "Negative", "positive": "Positive"}
INTENSITY = {"1": "Slight", "2": "Standard", "3": "Strong"}
_POLARITY_IN = {"negative": "negative", "positive": "positive", "mixed": "mixed"}
_INTENSITY_IN = {
    "weak": "1", "slight": "1", "average": "2", "standard": "2", "strong": "3",
}  # fmt: skip
_PLACE = re.compile(r"(\d{1,9}):(\d{1,9})")
_LINK = {"Source": "holder", "Target": "target"}
_KNOWN = {"Source", "Target", "Polar_expression", "Polarity", "Intensity", "Source_is_author", HEAD}


def read_sentence(item: Json, where: str, context: ReadContext) -> Read:
    """Return the sentence as an article, or as a part of the article it was cut from."""
    said = text_in(item, "text")
    head = item.get(HEAD)
    article = ForeignArticle(where, said, meta={"title": str(item.get("sent_id") or where)})
    move: dict[int, int] | None = None
    if isinstance(head, dict):
        move = _back_to_article(article, head, said, context)
    if not said.strip():
        return Read()
    seen: dict[str, ForeignMark] = {}
    for number, opinion in enumerate(objects_in(item, "opinions")):
        try:
            _Opinion(opinion, article, said, move, seen).read()
        except BadInput as problem:
            what = f"opinion {number + 1} {problem}; it was left out"
            article.remarks.append(Remark(where, what, 1, "mark"))
    article.marks = list(seen.values())
    return article.read(context)


def _back_to_article(
    article: ForeignArticle, head: Json, said: str, context: ReadContext
) -> dict[int, int]:
    """Point the article to the one the sentence was cut from; return where its token edges stand there."""
    article.sha256 = str(head.get("sha256"))
    article.annotator = str(head["annotator"]) if head.get("annotator") else None
    article.view = str(head.get("view") or ANNOTATOR)
    article.text, article.meta = None, {}
    text = context.text_of(article.sha256)
    start = head.get("start")
    if text is None or type(start) is not int or start < 0:
        raise BadInput("is cut from an article that is neither in the project nor beside it")
    move: dict[int, int] = {}
    position = 0
    forms = [form for form in said.split(" ") if form]
    for form, (begin, end) in zip(forms, found_in(text, forms, start), strict=True):
        move[position], move[position + len(form)] = begin, end
        position += len(form) + 1
    return move


class _Opinion:
    def __init__(
        self,
        opinion: Json,
        article: ForeignArticle,
        text: str,
        move: dict[int, int] | None,
        seen: dict[str, ForeignMark],
    ) -> None:
        self._opinion = opinion
        self._article = article
        self._text = text
        self._move = move
        self._seen = seen
        own = opinion.get(HEAD)
        self._own: Json = own if isinstance(own, dict) else {}

    def read(self) -> None:
        places = self._places("Polar_expression")
        if not places:
            raise BadInput("has no expression that stands in the text")
        values = values_of(self._own.get("values"))
        if "values" not in self._own:
            values = self._judged()
        mark = self._mark("Polar_expression", places, SENTIMENT, self._own, values)
        if self._opinion.get("Source_is_author"):
            mark.values["holder_voice"] = ["author"]
        for role, type in _LINK.items():
            said = self._own.get(role)
            own = said if isinstance(said, dict) else {}
            ends = self._places(role)
            if ends:
                layer = str(own["layer"]) if "layer" in own else None
                end = self._mark(role, ends, layer, own, values_of(own.get("values")))
                self._article.links.append(ForeignLink(type, mark.id, end.id))
            elif ends is None and role == "Source":
                mark.values.setdefault("holder_voice", ["unknown"])
        for key in self._opinion.keys() - _KNOWN:
            value = self._opinion[key]
            if value not in (None, False, "", []):
                what = f"“{key}”: {str(value)[:40]} has no place here"
                self._article.remarks.append(Remark(self._article.where, what, 1, "value"))

    def _judged(self) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for key, name, table in (
            ("Polarity", "polarity", _POLARITY_IN),
            ("Intensity", "intensity", _INTENSITY_IN),
        ):
            said = self._opinion.get(key)
            if said is not None:
                values[name] = [table.get(str(said).lower(), str(said))]
        return values

    def _mark(
        self,
        role: str,
        places: list[Extent],
        layer: str | None,
        own: Json,
        values: dict[str, list[str]],
    ) -> ForeignMark:
        label = ACTOR if role == "Source" else role
        name = "+".join(f"{start}-{end}" for start, end in places)
        polarity = self._opinion.get("Polarity") if role == "Polar_expression" else ""
        id = str(own.get("id") or f"{role}-{name}-{polarity}")
        if role == "Polar_expression" and id in self._seen:
            id = f"{id}#{len(self._seen)}"
        return self._seen.setdefault(id, ForeignMark(id, label, places, layer=layer, values=values))

    def _places(self, role: str) -> list[Extent] | None:
        """Return the places of an element; None if its words do not stand there, as for implicit ones."""
        element: Any = self._opinion.get(role) or [[], []]
        if (
            not isinstance(element, list)
            or len(element) != 2
            or not all(isinstance(part, list) for part in element)
            or len(element[0]) != len(element[1])
        ):
            raise BadInput(f"has a {role} that is no pair of words and places")
        found = []
        for words, place in zip(*element, strict=True):
            match = _PLACE.fullmatch(str(place))
            if not match:
                raise BadInput(f"has the place “{str(place)[:40]}”, which is no “start:end”")
            start, end = int(match[1]), int(match[2])
            if self._text[start:end] != words:
                what = f"the {role} “{str(words)[:40]}” does not stand at {place}; it was taken as implicit"
                self._article.remarks.append(Remark(self._article.where, what, 1, "mark"))
                return None
            if self._move is not None:
                if start not in self._move or end not in self._move:
                    raise BadInput(f"has a {role} that begins or ends inside a token")
                start, end = self._move[start], self._move[end]
            found.append((start, end))
        return sorted(found)
