"""MARDY and DebateNet JSON: newspaper articles with the claims made in them, one article a file.

A passage names its actors beside the text, the categories of the codebook and the position
taken. Public files are scrambled for copyright: letters are exchanged one for one, so the
places hold although the words do not; that is seen by the shape of the words, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotator.domain.codebook import CLAIM
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext, Source
from annotator.formats.foreign import ForeignArticle, ForeignMark
from annotator.formats.json_files import Json, extent_in, objects_in, read_whole, text_in
from annotator.formats.named_actors import NamedActors
from annotator.formats.offsets import Ruler, Unit, fitting_unit

_KEYS = (b'"claims"', b'"entities"', b'"sentences"', b'"tokens"', b'"text"')
_KINDS = {"per": "person", "org": "organisation"}
_STANCES = {"1": "support", "-1": "oppose", "0": "neutral"}
_LETTER = re.compile(r"[^\W\d_]")


class MardyReader:
    """Reads one article a file, with its claims."""

    name = "mardy"
    suffixes = (".json",)
    about = "MARDY and DebateNet: articles with claims, their actors and categories"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON objects with a text, claims and sentences or tokens."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if source.path.suffix.lower() not in self.suffixes or start[:1] != b"{":
            return False
        if not start[1:].lstrip().startswith(_KEYS):
            return False
        try:
            said = read_whole(source)
        except Problem:
            return False
        return {"text", "claims"} <= said.keys() and bool(
            {"sentences", "tokens", "entities"} & said.keys()
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        said = read_whole(source)
        if not isinstance(said, dict):
            raise BadInput("is no object with a text and claims")
        yield _article(said, source, context)


def _article(said: Json, source: Source, context: ReadContext) -> Read:
    text = text_in(said, "text")
    article = ForeignArticle(source.name, text)
    article.meta = {"source_file": source.path.name, "language": _language(said)}
    claims = list(_claims(said, article))
    quotes = [(start, end, str(claim.get("quote"))) for claim, (start, end) in claims]
    article.unit = fitting_unit(text, quotes, Unit) or Unit.CODE_POINT
    named, nameless, scrambled = NamedActors(), Counter[str](), 0
    ruler = Ruler(text, article.unit)
    for number, (claim, extent) in enumerate(claims, 1):
        quote = claim.get("quote")
        words = quote if isinstance(quote, str) else None
        if words is not None and _is_scrambled(text, ruler, extent, words):
            words, scrambled = None, scrambled + 1
        for actor in _list(claim, "actorvalues"):
            kind, _, name = actor.partition("_")
            if kind in _KINDS and name.strip():
                named.add(name.strip(), _KINDS[kind], "actor")
            else:
                nameless[actor] += 1
        where = f"{source.name}, claim {number}"
        article.marks.append(
            ForeignMark(
                f"claim-{number}", CLAIM, [extent], words, values=_values(claim), where=where
            )
        )
    article.remarks += named.remarks(source.name)
    for actor, count in nameless.items():
        what = f"the actor “{actor}” of claims has no name, only a kind"
        article.remarks.append(Remark(source.name, what, count, "link"))
    if scrambled:
        what = f"the words of {scrambled} claims are not those of the text, which is scrambled; their places were taken"
        article.remarks.append(Remark(source.name, what, 0))
    found = said.get("entities")
    if isinstance(found, list) and found:
        what = "names were found by a program and are no marks until a person accepts them"
        article.remarks.append(Remark(source.name, what, len(found), "mark"))
    return named.joined(article.read(context))


def _claims(said: Json, article: ForeignArticle) -> Iterator[tuple[Json, Extent]]:
    """Yield the claims with their places; one without a place is told."""
    for number, claim in enumerate(objects_in(said, "claims"), 1):
        try:
            yield claim, extent_in(claim.get("begin"), claim.get("end"))
        except Problem as problem:
            where = f"{article.where}, claim {number}"
            article.remarks.append(Remark(where, str(problem), 1, "mark"))


def _values(claim: Json) -> dict[str, list[str]]:
    values = {}
    if topics := _list(claim, "claims"):
        values["topics"] = list(dict.fromkeys(topics))
    position = str(claim.get("cpos") or "")
    if position:
        values["stance"] = [_STANCES.get(position, position)]
    date = str(claim.get("cdate") or "")
    if date:
        whole = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", date)
        values["date"] = ["-".join(whole.groups()) if whole else date]
    return values


def _list(claim: Json, key: str) -> list[str]:
    said: Any = claim.get(key) or []
    return [str(item) for item in said if item] if isinstance(said, list) else [str(said)]


def _language(said: Json) -> str | None:
    language = said.get("language") or said.get("lang")
    return language if isinstance(language, str) else None


def _is_scrambled(text: str, ruler: Ruler, extent: Extent, words: str) -> bool:
    """Tell whether other letters stand there in words of the same shape."""
    try:
        start, end = (ruler.to_points(offset) for offset in extent)
    except BadInput:
        return False
    here = text[start:end]
    return here != words and _LETTER.sub("x", here) == _LETTER.sub("x", words)
