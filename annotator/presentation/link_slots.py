"""The links of a mark as the inspector shows them: what is tied, and what a key would tie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain import labels
from annotator.domain.codebook import LinkType
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.shortening import short
from annotator.services import linking
from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class TiedLink:
    """One link, told as half a sentence: “source” + “Amal Haddad”."""

    link: Id
    label: str
    words: str
    other: Id | None


@dataclass(frozen=True, slots=True)
class LinkSlot:
    """One link type of the layer: what is tied, and what the key would tie.

    Attributes:
        incoming: whether the links lead here from other marks.
        id: of the link type in the codebook.
    """

    type: str
    label: str
    key: str
    tied: tuple[TiedLink, ...]
    proposed: str
    voices: bool
    missing: bool
    incoming: bool = False
    id: str = ""


def link_slots(project: Project, mark: Mark, records: ArticleRecords) -> tuple[LinkSlot, ...]:
    """Return a slot for each link type of the layer of a mark, then one for each that leads to it."""
    return (*_outgoing(project, mark, records), *_incoming(project, mark, records))


def _outgoing(project: Project, mark: Mark, records: ArticleRecords) -> list[LinkSlot]:
    slots = []
    leaving = records.links_from(mark.id)
    for kind in project.codebook.links_from(mark.layer):
        own = [link for link in leaving if link.type == kind.name]
        slots.append(
            LinkSlot(
                type=kind.name,
                label=kind.called,
                key=kind.key.upper(),
                tied=tuple(_tied(kind, link, records.marks) for link in own),
                proposed=_proposed(project, mark, kind, records) if kind.several or not own else "",
                voices=kind.voices and not own,
                missing=kind.required and not own,
                id=kind.id,
            )
        )
    return slots


def _incoming(project: Project, mark: Mark, records: ArticleRecords) -> list[LinkSlot]:
    slots: dict[str, list[TiedLink]] = {}
    for link in records.links_to(mark.id):
        start = records.marks.get(link.start)
        if start:
            label = f"{project.codebook.link_called(start.layer, link.type)} of"
            slots.setdefault(label, []).append(
                TiedLink(
                    link.id,
                    label,
                    f"{labels.layer(project.codebook, start.layer)} {short(start.text)}",
                    start.id,
                )
            )
    return [
        LinkSlot("", label, "", tuple(tied), "", False, False, incoming=True)
        for label, tied in slots.items()
    ]


def _tied(kind: LinkType, link: Link, marks: Mapping[Id, Mark]) -> TiedLink:
    label = kind.called
    if link.voice:
        words = "the author" if link.voice is Voice.AUTHOR else "unknown"
        return TiedLink(link.id, label, words, None)
    end = marks.get(link.end or "")
    return TiedLink(
        link.id, label, short(end.text) if end else "a mark that is not shown", link.end
    )


def _proposed(project: Project, mark: Mark, kind: LinkType, records: ArticleRecords) -> str:
    # To find out that there is nobody takes a look at every mark.
    is_any = any(map(records.count, kind.ends))
    found = linking.nearest(project, mark.id, kind.name) if is_any else None
    return short(found.text) if found else ""
