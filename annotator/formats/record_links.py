"""Reads the links of records in our JSON shape: each mark says under its keys what it is tied to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from annotator.domain.codebook import CUE
from annotator.domain.errors import BadInput, Problem
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark
from annotator.formats.base import ReadContext
from annotator.formats.record_shape import Json, text_under

_TIES = (
    "sources", "source", "source_voice", "cue", "addressees", "about", "inside",
    "holder", "holder_voice", "target", "links",
)  # fmt: skip


class Telling(Protocol):
    """Tells of something that did not come through."""

    def __call__(self, what: str, lost: int = 1, kind: str = "") -> None:
        """Tell it, with how many records were lost and of which kind."""


class LinkReader:
    """Reads the links of one article, once all its marks are there.

    Attributes:
        links: what was read, by id.
    """

    def __init__(
        self,
        marks: Mapping[str, Mark],
        context: ReadContext,
        make: Callable[[Json, str], None],
        remark: Telling,
    ) -> None:
        """``marks`` has them by the ids of the file; ``make`` adds to it one that only a key tells of."""
        self._marks = marks
        self._context = context
        self._make = make
        self._remark = remark
        self.links: dict[Id, Link] = {}

    def of_claim(self, raw: Json) -> None:
        """Read what the keys of a claim tie it to."""
        claim = self._mark_of(raw)
        if claim is None:
            return
        sources = list(raw.get("sources") or ())
        voice = raw.get("source_voice")
        if "sources" not in raw and "source" in raw:
            sources = [] if raw["source"] is None else [raw["source"]]
            voice = voice or (None if sources else Voice.AUTHOR.value)
        for source in sources:
            self._tie(claim, "source", source)
        self._voice(claim, "source", voice)
        if raw.get("cue") is not None:
            self._cue(claim, raw["cue"], raw.get("links") or ())
        for type, key in (("addressee", "addressees"), ("about", "about")):
            for end in raw.get(key) or ():
                self._tie(claim, type, end)
        if raw.get("inside") is not None:
            self._tie(claim, "inside", raw["inside"])

    def of_sentiment(self, raw: Json) -> None:
        """Read what the keys of a sentiment tie it to."""
        mark = self._mark_of(raw)
        if mark is None:
            return
        voice = raw.get("holder_voice")
        if raw.get("holder") is not None:
            self._tie(mark, "holder", raw["holder"])
        elif "holder_voice" not in raw and "holder" in raw:
            voice = Voice.AUTHOR.value
        self._voice(mark, "holder", voice)
        if raw.get("target") is not None:
            self._tie(mark, "target", raw["target"])

    def of_any(self, raw: Json) -> None:
        """Read the links that are listed with any mark."""
        mark = self._mark_of(raw)
        if mark is None:
            return
        for link in raw.get("links") or ():
            if not isinstance(link, dict):
                raise BadInput("has a link that is no object")
            if link.get("end") is not None:
                self._tie(mark, text_under(link, "type"), link["end"])
            else:
                self._voice(mark, text_under(link, "type"), link.get("voice"))

    def lose(self, raw: Json) -> None:
        """Tell how many links went with a mark, if it was left out."""
        if self._mark_of(raw) is not None:
            return
        ties = [raw.get(key) for key in _TIES]
        count = sum(len(tie) if isinstance(tie, list) else tie is not None for tie in ties)
        if count:
            what = f"what {raw.get('id', '?')} is tied to was left out with it"
            self._remark(what, count, "link")

    def _cue(self, claim: Mark, raw: Json, links: Iterable[Json]) -> None:
        if not isinstance(raw, dict):
            raise BadInput("has a cue that is no object")
        alike = [mark for mark in self._marks.values() if _is_cue_at(mark, raw)]
        linked = {str(link.get("end")) for link in links if link.get("type") == "cue"}
        if any(self._marks.get(name) in alike for name in linked):
            return  # the link says which of several that look alike it is
        if not alike:
            id = derived_id(claim.id, "cue", str(raw.get("start")), str(raw.get("end")))
            self._make({**raw, "id": id, "attributes": None}, CUE)
            alike.append(self._marks[id])
        self._add_link(claim, "cue", alike[0], None)

    def _tie(self, start: Mark, type: str, end: object) -> None:
        other = self._marks.get(str(end))
        if other is None:
            self._remark(
                f"{start.layer} {start.id[:8]} names the {type} “{end}”, which is no mark here",
                kind="link",
            )
            return
        self._add_link(start, type, other, None)

    def _voice(self, start: Mark, type: str, voice: object) -> None:
        if voice is None:
            return
        if voice not in (Voice.AUTHOR.value, Voice.UNKNOWN.value):
            self._remark(
                f"{start.layer} {start.id[:8]} has the {type} voice “{voice}”, which is none we know"
            )
            return
        self._add_link(start, type, None, Voice(str(voice)))

    def _add_link(self, start: Mark, type: str, end: Mark | None, voice: Voice | None) -> None:
        try:
            self._context.codebook.check_link(type, start.layer, end.layer if end else None)
            link = Link(
                id=link_id(start.id, type, end.id if end else str(voice)),
                article=start.article,
                view=start.view,
                type=type,
                start=start.id,
                made=start.made,
                end=end.id if end else None,
                voice=voice,
            )
        except Problem as problem:
            self._remark(f"a {type} link was left out: {problem}", kind="link")
            return
        self.links[link.id] = link

    def _mark_of(self, raw: Json) -> Mark | None:
        """Return the mark read from this record, or None if it was refused."""
        return self._marks.get(str(raw.get("id")))


def _is_cue_at(mark: Mark, raw: Json) -> bool:
    """Tell whether a mark is what the key ``cue`` of a claim says."""
    words = raw.get("text")
    return (
        mark.layer == CUE
        and (mark.start, mark.end) == (raw.get("start"), raw.get("end"))
        and words in (None, mark.text)
    )
