"""Where annotators differ: everything that is marked, as each of them who is done marked it.

What is one and the same thing is decided by ``agreement.grouping``, the rule of every coefficient,
so that what is told as agreed here counts as agreed there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from annotator.agreement.gathering import attribute, normal
from annotator.agreement.grouping import group
from annotator.domain.codebook import ACTOR, Layer
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value
from annotator.domain.slices import BATCH, Slices, batches, sliced
from annotator.services.agreement_plan import label_attribute
from annotator.services.comparing import Material


class Difference(Enum):
    """How marks of one thing differ; the worst first."""

    MISSED = "missed"
    BOUNDARY = "boundary"
    LABEL = "label"
    ATTRIBUTE = "attribute"
    LINK = "link"

    @property
    def rank(self) -> int:
        """Its place in the order."""
        return _RANKS[self]


_RANKS = {kind: number for number, kind in enumerate(Difference)}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing in the text, as the annotators who are done with it marked it.

    Attributes:
        annotators: who is done with the layer, sorted by id.
        marks: by annotator; whoever has none missed it, or saw nothing there.
        links: by annotator, those that begin at their mark.
        differences: how they differ, the worst first; none where all agree.
        details: in which attributes, and in links of which type.
    """

    article: Id
    layer: str
    annotators: tuple[Id, ...]
    marks: Mapping[Id, Mark]
    links: Mapping[Id, tuple[Link, ...]]
    differences: tuple[Difference, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the first of the marks begins."""
        return min(mark.start for mark in self.marks.values())

    @property
    def end(self) -> int:
        """Where the last of the marks ends."""
        return max(mark.end for mark in self.marks.values())

    @property
    def mark_ids(self) -> tuple[Id, ...]:
        """The marks, sorted by id."""
        return tuple(sorted(mark.id for mark in self.marks.values()))

    @property
    def is_agreed(self) -> bool:
        """Tell whether all who are done marked it alike, and they are two or more."""
        return not self.differences and len(self.marks) > 1

    @property
    def worst(self) -> Difference | None:
        """The gravest difference, if any."""
        return self.differences[0] if self.differences else None


@sliced
def cases(material: Material, layers: Sequence[str] = ()) -> Slices[list[Case]]:
    """Return every thing that anybody marked in articles that two or more are done with, in reading order.

    Slice by slice for a window, also within one long article.
    """
    found: list[Case] = []
    for case in _cases(material, layers):
        if case is not None:
            found.append(case)
        if case is None or len(found) % BATCH == 0:
            yield
    place = {mark.id: number for number, case in enumerate(found) for mark in case.marks.values()}
    judged: list[Case] = []
    for some in batches(found):
        judged += [_with_differences(case, material, place) for case in some]
        yield
    order = {id: article.position for id, article in material.articles.items()}
    return sorted(judged, key=lambda case: (order[case.article], case.start, -case.end, case.layer))


def _cases(material: Material, layers: Sequence[str]) -> Generator[Case | None, None, None]:
    """Yield cases that nobody compared yet, and None where some work was done for those to come."""
    marks = {mark.id: mark for mark in material.marks}
    links: dict[Id, list[Link]] = {}
    for link in material.links:
        links.setdefault(link.start, []).append(link)
    for layer in material.codebook.open_layers:
        if layers and layer.name not in layers:
            continue
        kind = label_attribute(layer)
        value = attribute(kind.name) if kind else None
        material.gather(layer.name)
        yield None
        for document in material.by_id(layer.name, value=value):
            if len(document.spans) < 2:
                continue
            yield None
            groups = yield from group.slices(document)
            for spans in groups:
                own = {who: marks[span.key] for who, span in spans.items()}
                yield Case(
                    document.id,
                    layer.name,
                    document.annotators,
                    own,
                    {who: tuple(links.get(mark.id, ())) for who, mark in own.items()},
                )


def _with_differences(case: Case, material: Material, place: Mapping[Id, int]) -> Case:
    layer = material.codebook.layer(case.layer)
    marks = list(case.marks.values())
    kinds: list[Difference] = []
    details: list[str] = []
    if len(case.marks) < len(case.annotators):
        kinds.append(Difference.MISSED)
    if _differ(tuple(part.extent for part in mark.fragments) for mark in marks):
        kinds.append(Difference.BOUNDARY)
    label = label_attribute(layer)
    for name in _attributes(layer):
        if _differ(_value(mark, name) for mark in marks):
            kinds.append(Difference.LABEL if label and name == label.name else Difference.ATTRIBUTE)
            details.append(name)
    for type in _link_types(case):
        if _differ(_ends(links, type, place) for links in case.links.values()):
            kinds.append(Difference.LINK)
            details.append(type)
    ranked = tuple(sorted(set(kinds), key=lambda kind: kind.rank))
    return replace(case, differences=ranked, details=tuple(details))


def _attributes(layer: Layer) -> list[str]:
    names = [item.name for item in layer.attributes if not item.retired]
    return [*names, "actor"] if layer.name == ACTOR else names


def _value(mark: Mark, name: str) -> Value | None:
    if name == "actor" and mark.layer == ACTOR:
        return mark.actor
    return normal(mark.attributes.get(name))


def _link_types(case: Case) -> list[str]:
    return list(dict.fromkeys(link.type for links in case.links.values() for link in links))


def _ends(links: Iterable[Link], type: str, place: Mapping[Id, int]) -> frozenset[str]:
    """Return where links of a type lead: to which case, or to which voice."""
    return frozenset(
        f"case {place.get(link.end, link.end)}" if link.end else f"voice {link.voice}"
        for link in links
        if link.type == type
    )


def _differ(values: Iterable[object]) -> bool:
    return len(set(values)) > 1
