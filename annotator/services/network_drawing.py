"""A network as a picture needs it: the strongest names, where they stand, and their ties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from annotator.analysis.layout import lay_out
from annotator.domain.identity import Id
from annotator.domain.network import Cell, Kind, Network
from annotator.domain.slices import MANY, Slices, sliced


@dataclass(frozen=True, slots=True)
class Node:
    """One name in the picture.

    Attributes:
        is_column: whether it is a topic of a two-mode network.
        x, y: its place, each from −1 to 1.
        strength: the sum of its ties, without their signs.
    """

    name: str
    is_column: bool
    x: float
    y: float
    strength: float
    marks: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie in the picture.

    Attributes:
        start, end: the numbers of its nodes.
        cell: where it stands in the matrix.
    """

    start: int
    end: int
    weight: float
    cell: Cell


@dataclass(frozen=True)
class Drawing:
    """A picture of a network.

    Attributes:
        names: how many the network has; the picture may hold fewer.
        is_directed: whether ties go from start to end.
        network: what is drawn.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    names: int
    is_directed: bool
    network: Network

    def marks_of_tie(self, number: int) -> tuple[Id, ...]:
        """Return the marks behind a tie; found when they are asked for, as there are many ties."""
        return self.network.marks_between(*self.ties[number].cell)

    @cached_property
    def heaviest(self) -> float:
        """The weight of the strongest tie, without its sign; 1 if there is none."""
        return max((abs(tie.weight) for tie in self.ties), default=0) or 1

    def told(self, tie: int) -> str:
        """Return a tie in words: both ends and its weight."""
        found = self.ties[tie]
        arrow = "→" if self.is_directed else "–"
        start, end = self.nodes[found.start].name, self.nodes[found.end].name
        return f"{start} {arrow} {end}: {found.weight:.3g}"

    def around(self, node: int) -> frozenset[int]:
        """Return a node and all that are tied to it."""
        return self._neighbours.get(node, frozenset({node}))

    @cached_property
    def _neighbours(self) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for tie in self.ties:
            found[tie.start] |= {tie.start, tie.end}
            found[tie.end] |= {tie.start, tie.end}
        return {node: frozenset(ends) for node, ends in found.items()}


@sliced
def draw(network: Network, most: int) -> Slices[Drawing]:
    """Return the picture of the strongest names; the project is not needed any more."""
    two_mode = network.kind is Kind.TWO_MODE
    first = len(network.rows) if two_mode else 0
    strength: dict[int, float] = defaultdict(float)
    for number, ((row, column), value) in enumerate(network.cells.items()):
        if number % MANY == 0:
            yield
        strength[row] += abs(value)
        strength[first + column] += abs(value)
    names = [*network.rows, *(network.columns if two_mode else ())]
    chosen = sorted(range(len(names)), key=lambda at: (-strength[at], names[at]))[:most]
    place = {at: number for number, at in enumerate(chosen)}
    ties: list[Tie] = []
    for number, ((row, column), value) in enumerate(network.cells.items()):
        if number % MANY == 0:
            yield
        if row in place and first + column in place:
            ties.append(Tie(place[row], place[first + column], value, (row, column)))
    # What is against each other is not drawn near each other.
    near = [(tie.start, tie.end, tie.weight) for tie in ties if tie.weight > 0]
    places = yield from lay_out.slices(len(chosen), near)
    nodes = []
    for at, (x, y) in zip(chosen, places, strict=True):
        yield
        marks = _marks(network, at, first)
        nodes.append(Node(names[at], two_mode and at >= first, x, y, strength[at], marks))
    return Drawing(tuple(nodes), tuple(ties), len(names), network.kind is Kind.DIRECTED, network)


def _marks(network: Network, at: int, first: int) -> tuple[Id, ...]:
    if first and at >= first:
        return network.marks_of_column(at - first)
    said = network.marks_of_row(at)
    if network.kind is not Kind.DIRECTED:
        return said
    return tuple(dict.fromkeys((*said, *network.marks_of_column(at))))
