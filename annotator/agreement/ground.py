"""What many people marked in one document, as nodes and edges, without what they said of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from annotator.agreement.meeting import Rule, components, overlaps
from annotator.domain.fragment import Extent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Table = NDArray[np.bool_]

Node = tuple[tuple[Extent, ...], str, int]
"""Place, label, and which of one person's doubles: 0 nearly always."""

Entries = tuple["Numbers", "Numbers"]
"""Pairs of people and edges between them."""

Open = list[tuple[int, tuple[int, ...]]]
"""For two people, edges that hang together."""


class Relation(NamedTuple):
    """Which nodes of two people a rule pairs, one entry for each two spans.

    Attributes:
        pair: number of the two people, as ``Ground.first`` and ``Ground.second`` have them.
        mine, theirs: nodes of the first and of the second.
    """

    pair: Numbers
    mine: Numbers
    theirs: Numbers


class Ground:
    """Nodes, who has them, and the edges between nodes that overlap, in both directions.

    Attributes:
        people: the nodes of each person's spans, in the order of the spans.
        has: whether a node (row) is a person's (column).
        first, second: the people of each pair.
        a, b: whether a node (row) is the first's, or the second's, of a pair (column).
        labels, label_of: numbers of labels, and that of each node.
        doubles: nodes that differ only in which of the doubles they are.
        one, other, common, apart: ends of each edge, code points shared, and how far bounds differ;
            a node has an edge to itself, too.
        settled: which edges are taken of some that hang together where no values are compared.
        alone_best: whether these are the only ones as good, so that values can change nothing.
        met_by: what ``met`` found for a rule, where values have no part in it.
    """

    def __init__(self, people: Sequence[Sequence[Node]]) -> None:
        import numpy as np

        nodes = sorted({node for mine in people for node in mine})
        number = {node: at for at, node in enumerate(nodes)}
        self.people = [[number[node] for node in mine] for mine in people]
        self.has = np.zeros((len(nodes), len(people)), np.bool_)
        for person, mine in enumerate(self.people):
            self.has[mine, person] = True
        self.first, self.second = np.triu_indices(len(people), 1)
        self.a, self.b = self.has[:, self.first], self.has[:, self.second]
        self.labels: dict[str, int] = {}
        self.label_of = np.array(
            [self.labels.setdefault(label, len(self.labels)) for _, label, _ in nodes], np.intp
        )
        same: dict[object, list[int]] = {}
        for at, (*kind, often) in enumerate(nodes):
            if often or (*kind, 1) in number:
                same.setdefault(tuple(kind), []).append(at)
        self.doubles = list(same.values())
        self._lay_edges(nodes)
        self.settled: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.alone_best: dict[tuple[int, ...], bool] = {}
        self.met_by: dict[Rule, tuple[Entries, Open]] = {}

    def _lay_edges(self, nodes: Sequence[Node]) -> None:
        import numpy as np

        shared = overlaps([extents for extents, *_ in nodes])
        table = np.array([(i, j, n) for (i, j), n in shared.items()], np.intp).reshape(-1, 3)
        table = table[np.lexsort((table[:, 1], table[:, 0]))]
        self.one, self.other, self.common = table[:, 0], table[:, 1], table[:, 2]
        start = np.array([extents[0][0] for extents, *_ in nodes], np.intp)
        end = np.array([extents[-1][1] for extents, *_ in nodes], np.intp)
        one, other = self.one, self.other
        self.apart = abs(start[one] - start[other]) + abs(end[one] - end[other])
        length = np.array([sum(b - a for a, b in extents) for extents, *_ in nodes], np.intp)
        self._union = length[one] + length[other] - self.common
        self._same_label = self.label_of[one] == self.label_of[other]
        place = {extents: at for at, (extents, *_) in enumerate(nodes)}
        place_of = np.array([place[extents] for extents, *_ in nodes], np.intp)
        self.same_place = np.nonzero((place_of[one] == place_of[other]) & (one != other))[0]

    @cached_property
    def different(self) -> Numbers:
        """Edges between different nodes."""
        import numpy as np

        return np.nonzero(self.one != self.other)[0]

    @cached_property
    def same_label(self) -> Numbers:
        """Edges between different nodes of one label."""
        import numpy as np

        return np.nonzero((self.one != self.other) & self._same_label)[0]

    def near(self, threshold: float, same_label: bool) -> Numbers:
        """Edges between nodes whose intersection over union is large enough."""
        import numpy as np

        close = self.common >= threshold * self._union
        return np.nonzero(close & self._same_label if same_label else close)[0]

    def left(self, found: Relation) -> tuple[Table, Table]:
        """Return ``a`` and ``b`` without what is paired already."""
        a, b = self.a.copy(), self.b.copy()
        a[found.mine, found.pair] = False
        b[found.theirs, found.pair] = False
        return a, b

    def touched(self, label: str | None = None) -> list[list[int]]:
        """Return how many nodes of each person overlap any of the same label of each other."""
        import numpy as np

        keep = self._same_label
        if label is not None:
            keep = keep & (self.label_of[self.one] == self.labels.get(label, -1))
        near = np.zeros(self.has.shape, np.bool_)
        np.logical_or.at(near, self.one[keep], self.has[self.other[keep]])
        total: list[list[int]] = (self.has.T.astype(np.intp) @ near.astype(np.intp)).tolist()
        return total

    def along(self, pair: Numbers, edge: Numbers) -> Relation:
        """Return edges of pairs of people as what they pair."""
        return Relation(pair, self.one[edge], self.other[edge])

    def met(self, edges: Numbers, a: Table, b: Table) -> tuple[Entries, Open]:
        """Return the edges from ``a`` to ``b`` that nothing competes with, and the others in pieces."""
        import numpy as np

        at, pair = np.nonzero(a[self.one[edges]] & b[self.other[edges]])
        edge = edges[at]
        rows = pair * len(self.has) + self.one[edge]
        columns = pair * len(self.has) + self.other[edge]
        alone = (np.bincount(rows)[rows] == 1) & (np.bincount(columns)[columns] == 1)
        busy = np.nonzero(~alone)[0]
        busy = busy[np.argsort(pair[busy], kind="stable")]
        ends: dict[int, dict[tuple[int, int], int]] = {}
        for number, n, i, j in zip(
            pair[busy].tolist(),
            edge[busy].tolist(),
            self.one[edge[busy]].tolist(),
            self.other[edge[busy]].tolist(),
            strict=True,
        ):
            ends.setdefault(number, {})[i, j] = n
        pieces = [
            (number, tuple([numbered[pair_] for pair_ in piece]))
            for number, numbered in ends.items()
            for piece in components(numbered)
        ]
        return (pair[alone], edge[alone]), pieces
