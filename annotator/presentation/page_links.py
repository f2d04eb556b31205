"""The links on the page, found by the marks they join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from annotator.domain.identity import Id
from annotator.presentation.page_layout import PageLink


class LinksByMark:
    """Keeps links by where they begin, and knows which lead to a mark.

    Those it begins with are put in order when one is first asked for: an article has many, and the
    page shows at first those of one mark, or none.
    """

    def __init__(self, links: Iterable[PageLink] = ()) -> None:
        self._leaving: dict[Id, tuple[PageLink, ...]] = {}
        self._arriving: dict[Id, dict[Id, None]] = {}
        self._to_come = links

    def all(self) -> tuple[PageLink, ...]:
        """Return every link."""
        self._arrange()
        return tuple(chain.from_iterable(self._leaving.values()))

    def change(self, by_start: Mapping[Id, Sequence[PageLink]]) -> bool:
        """Put other links in the place of all that begin at these marks; tell whether any differ."""
        self._arrange()
        return self._change(by_start)

    def _arrange(self) -> None:
        links, self._to_come = self._to_come, ()
        by_start: dict[Id, list[PageLink]] = {}
        for link in links:
            by_start.setdefault(link.start, []).append(link)
        self._change(by_start)

    def _change(self, by_start: Mapping[Id, Sequence[PageLink]]) -> bool:
        changed = False
        for start, links in by_start.items():
            before = self._leaving.pop(start, ())
            for link in before:
                self._arriving.get(link.end, {}).pop(start, None)
            if links:
                self._leaving[start] = tuple(links)
            for link in links:
                self._arriving.setdefault(link.end, {})[start] = None
            changed = changed or before != tuple(links)
        return changed

    def of(self, marks: Iterable[Id]) -> list[PageLink]:
        """Return the links that begin or end at any of these marks, each once."""
        wanted = dict.fromkeys(marks)
        if not wanted:
            return []
        self._arrange()
        starts = dict.fromkeys(chain(wanted, *(self._arriving.get(mark, {}) for mark in wanted)))
        return [
            link
            for start in starts
            for link in self._leaving.get(start, ())
            if start in wanted or link.end in wanted
        ]
