"""Which span of one annotator is which span of another: the one rule that every view shares.

Three ways: the same place and label (``Pairing.identical``), one-to-one by intersection
(``Pairing.match``), and “touched by anything” (``Pairing.touched``), which is not one-to-one and
therefore not symmetric.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from annotator.agreement.crowd import Crowd
from annotator.agreement.few import Few
from annotator.agreement.meeting import Order, Pairs, Rule, Shared, either_way, split
from annotator.agreement.units import Document, Span, place
from annotator.domain.mark import Value

ANY = 0.0
"""Threshold: any shared code point."""

HALF = 0.5
"""Threshold: intersection over union of at least one half."""

IDENTICAL = Rule("identical")
"""The same fragments and label."""

SAME_BOUNDS = Rule("bounds")
"""The same fragments; of several, those of one label first."""


MANY = 4
"""From so many people on, all pairs of them are looked at together, over arrays."""


class Pairing:
    """The spans of several people in one document, and who meets whom.

    What many people marked alike is looked at once, so that twenty annotators cost little more
    than the different things they marked.
    """

    def __init__(self, people: Iterable[tuple[Span, ...]], *, in_order: bool = False) -> None:
        """``in_order`` says that everybody's spans are sorted by place already."""
        self.people = list(people)
        if not in_order:
            self.people = [tuple(sorted(spans, key=place)) for spans in self.people]
        self._sizes: dict[Rule, list[list[int]]] = {}

    @cached_property
    def crowd(self) -> Crowd | None:
        """All pairs of people at once, if there are many."""
        if len(self.people) < MANY:
            return None
        return Crowd(
            [[(item.extents, item.label) for item in spans] for spans in self.people],
            [[item.value for item in spans] for spans in self.people],
        )

    @cached_property
    def _few(self) -> Few:
        return Few(self.people)

    def shared(self, first: int, second: int) -> Shared:
        """Return the code points shared by each two spans of two people, by their positions."""
        return self._few.shared(first, second)

    def identical(self, first: int, second: int) -> Pairs:
        """Return spans of the same fragments and label, one-to-one; of several, equal values first."""
        return self.pairs(first, second, IDENTICAL)

    def touched(self) -> list[list[int]]:
        """Return how many spans of each overlap any span of the same label of each other.

        The “any overlap, many-to-one” count of much of the literature; not symmetric.
        """
        return self.crowd.ground.touched() if self.crowd else self._few.touched()

    def match(
        self, first: int, second: int, threshold: float = ANY, same_label: bool = True
    ) -> Pairs:
        """Return the one-to-one matching of greatest total intersection, sorted.

        Args:
            threshold: ``ANY`` shared code point, or the least intersection over union, such as
                ``HALF``; pairs below it cannot be matched.
            same_label: whether only spans of one label can be matched.

        Identical spans are matched first where any intersection counts; this never lowers the
        total (for X = X, |X∩j|+|i∩X| ≤ |X|+|i∩j|). Of several such matchings the one with more
        pairs is taken, then the one whose pairs differ least at their edges, then those of equal
        value. It does not depend on the order of spans nor on who is first.
        """
        return self.pairs(first, second, matching(threshold, same_label))

    def pairs(self, first: int, second: int, rule: Rule) -> Pairs:
        """Return the spans of two people that a rule pairs, by their positions, sorted."""
        if self.crowd and first != second:
            return self.crowd.pairs(first, second, rule)
        return self._few.pairs(first, second, rule)

    def sizes(self, rule: Rule) -> list[list[int]]:
        """Return how many spans a rule pairs, for each person with each other one."""
        if rule not in self._sizes:
            found = self.crowd.sizes(rule) if self.crowd else self._few.sizes(rule)
            self._sizes[rule] = found
        return self._sizes[rule]

    def value_pairs(self, rule: Rule) -> Iterator[tuple[int, Value, Value, int]]:
        """Yield what was said of spans and of those that a rule pairs with them.

        Each as ``(m, value, other, times)``: m spans, one with those paired with it, have a value,
        and beside this value the other one was given so often. The same may come several times.
        """
        return (self.crowd or self._few).value_pairs(rule)


def matching(threshold: float = ANY, same_label: bool = True) -> Rule:
    """Return the rule of ``Pairing.match``."""
    return Rule("match", max(threshold, 0.0), same_label)


@lru_cache(maxsize=16)
def pairing_of(document: Document) -> Pairing:
    """Return the pairing of a document's annotators, in the order of their names.

    The last ones are kept, for all measures of one document ask in turn.
    """
    people = document.spans.values()
    if document.whole is not None and len(people) >= MANY:
        return OfLabel(people, pairing_of(document.whole), document.label)
    return Pairing(people, in_order=True)


class OfLabel(Pairing):
    """The spans of one label, of which the whole document has been looked at."""

    def __init__(self, people: Iterable[tuple[Span, ...]], whole: Pairing, label: str) -> None:
        super().__init__(people, in_order=True)
        self._whole = whole
        self._label = label

    def sizes(self, rule: Rule) -> list[list[int]]:
        """Return how many spans a rule pairs; those of one label are paired with no others anyway."""
        if rule.is_within_labels and self._whole.crowd:
            return self._whole.crowd.sizes(rule, self._label)
        return super().sizes(rule)


def by_overlap(
    first: Sequence[Span], second: Sequence[Span], threshold: float = ANY, same_label: bool = True
) -> list[tuple[Span, Span]]:
    """Return the matched spans of two people; the rule is that of ``Pairing.match``."""
    pairing = Pairing([tuple(first), tuple(second)])
    a, b = pairing.people
    return [(a[i], b[j]) for i, j in pairing.match(0, 1, threshold, same_label)]


def heaviest_pairs(
    first: Sequence[object], second: Sequence[object], weights: Mapping[tuple[int, int], int]
) -> Pairs:
    """Return the heaviest one-to-one matching of any two sorted lists, the same from either side."""
    clear, open_pairs = split(weights)
    if not open_pairs:
        return clear
    a: list[Order] = [(repr(first[i]),) for i in sorted({i for i, _ in open_pairs})]
    b: list[Order] = [(repr(second[j]),) for j in sorted({j for _, j in open_pairs})]
    return sorted(clear + either_way(a, b, {pair: weights[pair] for pair in open_pairs}))
