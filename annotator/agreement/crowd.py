"""Whose span is whose, for every two of many people at once: the rules of ``pairing`` over arrays.

What people marked is a table of *nodes* (a place with a label, and for doubles which of them) and
people; where two nodes overlap is an *edge*. A rule is looked at for all pairs of people together:
edges that nothing competes with are taken as they are, and what hangs together is settled as
``meeting`` does it, each different case once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.agreement.ground import Entries, Ground, Node, Open, Relation
from annotator.agreement.meeting import Pairs, Rule, best
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Table = NDArray[np.bool_]

Kind = tuple[tuple[Extent, ...], str]
"""Place and label."""


class Crowd:
    """Spans of many people in one document, and who meets whom by which rule."""

    def __init__(
        self, kinds: Sequence[Sequence[Kind]], values: Sequence[Sequence[Value | None]]
    ) -> None:
        """``kinds`` and ``values`` of each person's spans, sorted by place."""
        import numpy as np

        self.ground = _ground(tuple(tuple(_nodes(mine)) for mine in kinds))
        self._values: list[Value | None] = [None]
        self._codes = np.zeros(self.ground.has.shape, np.intp)
        numbers: dict[Value | None, int] = {None: 0}
        for person, (mine, said) in enumerate(zip(self.ground.people, values, strict=True)):
            codes = [numbers.setdefault(value, len(numbers)) for value in said]
            if any(codes):
                self._codes[mine, person] = codes
        self._values = list(numbers)
        self._known: dict[Rule, Relation] = {}
        self._listed: dict[Rule, dict[tuple[int, int], Pairs]] = {}

    def relation(self, rule: Rule) -> Relation:
        """Return what a rule pairs, for all people."""
        if rule not in self._known:
            self._known[rule] = self._found(rule)
        return self._known[rule]

    def sizes(self, rule: Rule, label: str | None = None) -> list[list[int]]:
        """Return how many spans a rule pairs, for each person with each; of one label if asked.

        One label by itself makes sense for rules that pair spans of one label only.
        """
        import numpy as np

        ground, found = self.ground, self.relation(rule)
        pair = found.pair
        if label is not None:
            pair = pair[ground.label_of[found.mine] == ground.labels.get(label, -1)]
        numbers = np.bincount(pair, minlength=len(ground.first))
        total = np.zeros((ground.has.shape[1],) * 2, np.intp)
        total[ground.first, ground.second] = total[ground.second, ground.first] = numbers
        everything: list[list[int]] = total.tolist()
        return everything

    def value_pairs(self, rule: Rule) -> Iterator[tuple[int, Value, Value, int]]:
        """Yield what was said of spans and of those paired with them.

        Each as ``(m, value, other, times)``: the span and those paired with it that have a value
        are m, and the second was said so often by one of the others.
        """
        import numpy as np

        ground, found = self.ground, self.relation(rule)
        first, second = ground.first[found.pair], ground.second[found.pair]
        one, other = self._codes[found.mine, first], self._codes[found.theirs, second]
        both = (one > 0) & (other > 0)
        one, other = one[both], other[both]
        people = ground.has.shape[1]
        spans = (
            found.mine[both] * people + first[both],
            found.theirs[both] * people + second[both],
        )
        span = np.concatenate(spans)
        partners = np.bincount(span)[span] + 1
        many, base = len(self._values), int(partners.max(initial=0)) + 1
        said = np.concatenate((one * many + other, other * many + one))
        keys, times = np.unique(said * base + partners, return_counts=True)
        for key, often in zip(keys.tolist(), times.tolist(), strict=True):
            both_said, m = divmod(key, base)
            mine, theirs = (self._values[code] for code in divmod(both_said, many))
            if mine is not None and theirs is not None:
                yield m, mine, theirs, often

    def pairs(self, first: int, second: int, rule: Rule) -> Pairs:
        """Return the spans of two people that a rule pairs, by their positions, sorted."""
        if first > second:
            return sorted((i, j) for j, i in self.pairs(second, first, rule))
        if rule not in self._listed:
            self._listed[rule] = self._by_people(rule)
        return self._listed[rule].get((first, second), [])

    def _by_people(self, rule: Rule) -> dict[tuple[int, int], Pairs]:
        ground, found = self.ground, self.relation(rule)
        place = [{node: at for at, node in enumerate(mine)} for mine in ground.people]
        first, second = ground.first[found.pair].tolist(), ground.second[found.pair].tolist()
        pairs: dict[tuple[int, int], Pairs] = {}
        for a, b, i, j in zip(
            first, second, found.mine.tolist(), found.theirs.tolist(), strict=True
        ):
            pairs.setdefault((a, b), []).append((place[a][i], place[b][j]))
        for some in pairs.values():
            some.sort()
        return pairs

    def _found(self, rule: Rule) -> Relation:
        ground = self.ground
        if rule.rest:
            before = self.relation(rule._replace(rest=False))
            return self._taken(ground.met(ground.different, *ground.left(before)))
        if rule.way == "match" and rule.threshold > 0:
            edges = ground.near(rule.threshold, rule.same_label)
            return self._taken(self._met(rule, edges, ground.a, ground.b))
        alike = self._identical()
        if rule.way == "identical":
            return alike
        edges = ground.same_label if rule.same_label else ground.different
        if rule.way == "bounds":
            edges = ground.same_place
        return _joined((alike, self._taken(self._met(rule, edges, *ground.left(alike)))))

    def _met(self, rule: Rule, edges: Numbers, a: Table, b: Table) -> tuple[Entries, Open]:
        """Return what meets by a rule, which is found out once unless values decide between doubles."""
        ground = self.ground
        if ground.doubles:
            return ground.met(edges, a, b)
        if rule not in ground.met_by:
            ground.met_by[rule] = ground.met(edges, a, b)
        return ground.met_by[rule]

    def _identical(self) -> Relation:
        """Pair the same nodes; where somebody has doubles, equal values first."""
        import numpy as np

        ground = self.ground
        nodes, pair = np.nonzero(ground.a & ground.b)
        if not ground.doubles:
            return Relation(pair, nodes, nodes)
        single = ~np.isin(nodes, np.concatenate(ground.doubles))
        found = [
            (number, i, j)
            for group in ground.doubles
            for number in range(len(ground.first))
            for i, j in self._equal_first(group, number)
        ]
        more = np.array(found, np.intp).reshape(-1, 3).T
        return _joined((Relation(pair[single], nodes[single], nodes[single]), Relation(*more)))

    def _equal_first(self, group: Sequence[int], number: int) -> Iterator[tuple[int, int]]:
        ground, codes = self.ground, self._codes
        first, second = int(ground.first[number]), int(ground.second[number])
        left = [node for node in group if ground.has[node, second]]
        waiting = []
        for node in [node for node in group if ground.has[node, first]]:
            same = next((n for n in left if codes[n, second] == codes[node, first]), None)
            if same is None:
                waiting.append(node)
            else:
                left.remove(same)
                yield node, same
        yield from zip(waiting, left, strict=False)

    def _taken(self, met: tuple[Entries, Open]) -> Relation:
        """Return what is paired of edges that meet: all that are alone, and the best of each piece."""
        clear, pieces = met
        chosen = [(number, edge) for number, some in pieces for edge in self._settled(number, some)]
        return _joined((self.ground.along(*clear), self.ground.along(*_columns(chosen))))

    def _settled(self, number: int, edges: tuple[int, ...]) -> tuple[int, ...]:
        """Return which of the edges of one piece are taken between two people."""
        ground = self.ground
        taken = ground.settled.get(edges)
        if taken is None:
            taken = ground.settled[edges] = self._best(edges)
        if len(self._values) == 1:
            return taken
        if edges not in ground.alone_best:
            ground.alone_best[edges] = self._is_alone_best(edges, taken)
        if ground.alone_best[edges]:
            return taken
        first, second = ground.first[number], ground.second[number]
        one, other = ground.one[list(edges)], ground.other[list(edges)]
        said = (*self._codes[one, first].tolist(), *self._codes[other, second].tolist())
        return self._best(edges, said)

    def _is_alone_best(self, edges: tuple[int, ...], taken: tuple[int, ...]) -> bool:
        """Tell whether nothing else is as good, so that values can change nothing.

        Anything else is without one of the edges taken: were it more than all of them, it would
        share more.
        """
        most = self._worth(taken)
        return not any(
            self._worth(self._best(tuple([edge for edge in edges if edge != without]))) == most
            for without in taken
        )

    def _worth(self, edges: Sequence[int]) -> tuple[int, int, int]:
        ground = self.ground
        shared, apart = int(ground.common[list(edges)].sum()), int(ground.apart[list(edges)].sum())
        return shared, len(edges), -apart

    def _best(self, edges: tuple[int, ...], said: Sequence[int] = ()) -> tuple[int, ...]:
        if not edges:
            return ()
        ground, size = self.ground, len(edges)
        said = said or (0,) * (2 * size)
        one, other = ground.one[list(edges)].tolist(), ground.other[list(edges)].tolist()
        shared, apart = ground.common[list(edges)].tolist(), ground.apart[list(edges)].tolist()
        values = [repr(self._values[code]) for code in said]
        taken = best(
            {
                (i, j): (shared[n], apart[n], said[n] == said[size + n])
                for n, (i, j) in enumerate(zip(one, other, strict=True))
            },
            {i: (i, values[n]) for n, i in enumerate(one)},
            {j: (j, values[size + n]) for n, j in enumerate(other)},
        )
        number = {(i, j): edges[n] for n, (i, j) in enumerate(zip(one, other, strict=True))}
        return tuple(number[pair] for pair in taken)


def _nodes(kinds: Iterable[Kind]) -> Iterator[Node]:
    seen: dict[Kind, int] = {}
    for kind in kinds:
        often = seen[kind] = seen.get(kind, -1) + 1
        yield (*kind, often)


@lru_cache(maxsize=16)
def _ground(people: tuple[tuple[Node, ...], ...]) -> Ground:
    """Return the ground of what people marked; questions that differ in values only have it in common."""
    return Ground(people)


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    import numpy as np

    table = np.array(pairs, np.intp).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _joined(parts: Iterable[Relation]) -> Relation:
    import numpy as np

    return Relation(*(np.concatenate(some) for some in zip(*parts, strict=True)))
