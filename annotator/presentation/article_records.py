"""The marks and links of the open article, found by layer and by what they join; no cost grows with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NoReturn

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link, Tie
from annotator.domain.mark import Mark, Place
from annotator.domain.on_demand import OnDemand


class ArticleRecords:
    """What the annotator made in one article.

    Attributes:
        marks, links: by their ids; not to be changed from outside.
    """

    def __init__(self, marks: Iterable[Mark] = (), links: Iterable[Link] = ()) -> None:
        self.marks: OnDemand[Id, Mark] = OnDemand({}, _refuse)
        self.links: OnDemand[Id, Link] = OnDemand({}, _refuse)
        self._by_layer: defaultdict[str, dict[Id, Extent]] = defaultdict(dict)
        # What is not there yet: the page shows an article before anybody asks for its layers.
        self._places: Sequence[Place] = ()
        # The ids of the links that begin and end at each mark, as far as it has any.
        self._leaving: defaultdict[Id, dict[Id, None]] = defaultdict(dict)
        self._arriving: defaultdict[Id, dict[Id, None]] = defaultdict(dict)
        for mark in marks:
            self._add_mark(mark)
        for link in links:
            self._add_link(link)

    @classmethod
    def read(
        cls,
        marks: OnDemand[Id, Mark],
        places: Sequence[Place],
        links: OnDemand[Id, Link],
        ties: Iterable[Tie],
    ) -> ArticleRecords:
        """Take over records that are made when they are asked for, where they lie and what they tie."""
        found = cls()
        found.marks, found.links = marks, links
        found._places = places
        leaving, arriving = found._leaving, found._arriving
        for link, _, begin, end, _ in ties:
            leaving[begin][link] = None
            if end:
                arriving[end][link] = None
        return found

    @property
    def _layers(self) -> defaultdict[str, dict[Id, Extent]]:
        """From where to where each mark of a layer reaches."""
        if self._places:
            places, self._places = self._places, ()
            for start, minus_end, mark, layer, _ in places:
                self._by_layer[layer][mark] = start, -minus_end
        return self._by_layer

    def put(self, record: Mark | Link) -> None:
        """Add a record, or put it in the place of the one with its id."""
        self.take(record)
        if isinstance(record, Mark):
            self._add_mark(record)
        else:
            self._add_link(record)

    def take(self, record: Mark | Link) -> None:
        """Take the record with this one's id away, if it is there."""
        if isinstance(record, Mark):
            mark = self.marks.pop(record.id, None)
            if mark:
                del self._layers[mark.layer][mark.id]
            return
        link = self.links.pop(record.id, None)
        if link:
            del self._leaving[link.start][link.id]
            if link.end:
                del self._arriving[link.end][link.id]

    def count(self, layer: str) -> int:
        """Return how many marks a layer has."""
        return len(self._layers.get(layer, {}))

    def layer_of(self, mark: Id) -> str | None:
        """Return the layer of a mark, or None if it is not there."""
        return next((layer for layer, ids in self._layers.items() if mark in ids), None)

    def extents_on(self, layer: str) -> Collection[Extent]:
        """Return from where to where each mark of a layer reaches."""
        return self._layers.get(layer, {}).values()

    def links_from(self, mark: Id) -> list[Link]:
        """Return the links that begin at a mark."""
        return [self.links[id] for id in self._leaving.get(mark, ())]

    def links_to(self, mark: Id) -> list[Link]:
        """Return the links that end at a mark."""
        return [self.links[id] for id in self._arriving.get(mark, ())]

    def _add_mark(self, mark: Mark) -> None:
        self.marks[mark.id] = mark
        self._layers[mark.layer][mark.id] = mark.start, mark.end

    def _add_link(self, link: Link) -> None:
        self.links[link.id] = link
        self._leaving[link.start][link.id] = None
        if link.end:
            self._arriving[link.end][link.id] = None


def _refuse(_: object) -> NoReturn:
    raise LookupError("everything in here was given as a record")
