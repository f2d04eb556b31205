"""Which measures go together: the table of one layer, of its labels, values and links.

Documents can be counted in parts, also in other processes (``Look.tallied``), and the parts be put
together (``Tallied.add``); every row is a ``Counted`` measure, so that one count serves the whole
project, each publisher or month (``Counted.where``) and the intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.agreement.coding import cu_alpha, k_u_alpha, u_alpha, u_alpha_relevance
from annotator.agreement.gamma import Chance, gamma
from annotator.agreement.measure import (
    DRAWS,
    SEED,
    Counted,
    Finished,
    Measure,
    Tick,
    finished,
    part_of,
    tally_all,
)
from annotator.agreement.pairing import HALF
from annotator.agreement.schemes import Scheme, scheme_f1
from annotator.agreement.spans import exact_f1, overlap_f1, touch_f1
from annotator.agreement.sums import Columns, joined
from annotator.agreement.tokens import token_alpha, token_kappa
from annotator.agreement.unitizing import unitizing_alpha
from annotator.agreement.units import Document, labels_of
from annotator.agreement.values import Coefficient

OfLabel = Callable[[str], Sequence[Measure]]
"""The measures of one label."""

_ABSENT = ""
"""Stands for any label that no document of a part has; marks always have one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        label: the label it is about; None for all labels of the layer together.
    """

    label: str | None
    coefficient: Coefficient


@dataclass(frozen=True, slots=True)
class Look:
    """What is measured on some documents.

    Attributes:
        measures: over all labels together.
        of_label: of one label by itself, which see the spans of that label only; None where labels
            are not looked at one by one.
        among_labels: of one label, which see the others, too.
    """

    measures: tuple[Measure, ...]
    of_label: OfLabel | None = None
    among_labels: OfLabel | None = None

    def label_measures(self, label: str) -> list[Measure]:
        """Return the measures of one label in the order they are shown."""
        return [*self._own(label), *self._among(label)]

    def _own(self, label: str) -> Sequence[Measure]:
        return self.of_label(label) if self.of_label else ()

    def _among(self, label: str) -> Sequence[Measure]:
        return self.among_labels(label) if self.among_labels else ()

    def tallied(self, documents: Sequence[Document], tick: Tick | None = None) -> Tallied:
        """Return the tallies of some documents, which are sorted by id."""
        usable = [document for document in documents if len(document.spans) >= 2]
        labels = [*labels_of(documents), _ABSENT] if self.of_label or self.among_labels else []
        among = {label: self._among(label) for label in labels}
        everything = [*self.measures, *(one for some in among.values() for one in some)]
        columns = iter(tally_all(everything, usable, tick))
        whole = [next(columns) for _ in self.measures]
        left = {label: [next(columns) for _ in among[label]] for label in labels}
        own = {
            label: tally_all(self._own(label), [document.only(label) for document in usable])
            for label in labels
        }
        return Tallied(
            list(finished(documents)), whole, {label: own[label] + left[label] for label in labels}
        )


@dataclass(slots=True)
class Tallied:
    """What a look at some documents came to.

    Attributes:
        documents: who finished which, also those that fewer than two finished.
        columns: tallies of the others, by measure.
        labels: the same of each label's measures.
    """

    documents: list[Finished]
    columns: list[Columns]
    labels: dict[str, list[Columns]]

    def add(self, part: Tallied) -> None:
        """Append what the same look at the documents that follow came to."""
        for label in part.labels.keys() - self.labels.keys():
            self.labels[label] = [joined([columns]) for columns in self.labels[_ABSENT]]
        self.documents += part.documents
        own = [*self.columns, *(one for some in self.labels.values() for one in some)]
        more = [*part.columns]
        for label in self.labels:
            more += part.labels.get(label) or part.labels[_ABSENT]
        # Measures that count alike have their columns in common, which are extended once.
        for columns, found in {
            id(one): (one, two) for one, two in zip(own, more, strict=True)
        }.values():
            columns.extend(found)


def counted(look: Look, tallied: Tallied) -> Iterator[tuple[str | None, Counted]]:
    """Yield the counted measures of a look, for all labels together (None), then label by label.

    Labels by themselves are given where there are two or more.
    """
    usable = tuple(one for one in tallied.documents if len(one.annotators) >= 2)
    left_out = len(tallied.documents) - len(usable)
    for measure, columns in zip(look.measures, tallied.columns, strict=True):
        yield None, Counted(measure, usable, columns, left_out)
    labels = sorted(tallied.labels.keys() - {_ABSENT})
    for label in labels if len(labels) > 1 else ():
        for measure, columns in zip(look.label_measures(label), tallied.labels[label], strict=True):
            yield label, Counted(measure, usable, columns, left_out)


def layer_measures(with_gamma: Chance | None = None) -> list[Measure]:
    """Return the measures of a whole layer, in the order they are shown; γ only if asked for."""
    measures = [
        *(exact_f1(), overlap_f1(), overlap_f1(HALF), touch_f1()),
        *(scheme_f1(scheme) for scheme in Scheme),
        *(token_kappa(), token_kappa(union_only=True), token_alpha()),
        *(unitizing_alpha(), u_alpha(), u_alpha_relevance(), cu_alpha()),
    ]
    return [*measures, gamma(chance=with_gamma)] if with_gamma else measures


def label_measures(label: str) -> list[Measure]:
    """Return the measures of one label against everything else."""
    return [
        *(exact_f1(), overlap_f1(), token_kappa(), token_kappa(union_only=True), token_alpha()),
        *(unitizing_alpha(label), u_alpha_relevance()),
    ]


def table(
    documents: Iterable[Document],
    measures: Iterable[Measure] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    tick: Tick | None = None,
    of_label: OfLabel = label_measures,
    among_labels: OfLabel = lambda label: [k_u_alpha(label)],
) -> list[Row]:
    """Return a layer's table: all labels together, then each label by itself.

    Args:
        measures: those of the whole layer, ``layer_measures`` unless given; add attributes,
            links and other variables here.
        tick: told the share that is done; it may raise to stop.
        of_label, among_labels: see ``Look``.
    """
    chosen = layer_measures() if measures is None else measures
    look = Look(tuple(chosen), of_label, among_labels)
    given = sorted(documents, key=lambda document: document.id)
    rows = list(counted(look, look.tallied(given, part_of(tick, 0.0, 0.5))))
    share = 0.5 / max(len(rows), 1)
    return [
        Row(label, one.with_interval(draws, seed, part_of(tick, 0.5 + at * share, share)))
        for at, (label, one) in enumerate(rows)
    ]
