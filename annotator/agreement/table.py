"""Which measures go together: the table of one layer, of its labels, values and links.

Every row is a ``Counted`` measure, so that one count serves the whole project, each publisher or
month (``Counted.where``) and the intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.agreement.coding import cu_alpha, k_u_alpha, u_alpha, u_alpha_relevance
from annotator.agreement.gamma import Chance, gamma
from annotator.agreement.measure import (
    DRAWS,
    SEED,
    Counted,
    Measure,
    Tallier,
    Tick,
    count,
    tally_all,
)
from annotator.agreement.pairing import HALF
from annotator.agreement.schemes import Scheme, scheme_f1
from annotator.agreement.spans import exact_f1, overlap_f1, touch_f1
from annotator.agreement.tokens import token_alpha, token_kappa
from annotator.agreement.unitizing import unitizing_alpha
from annotator.agreement.units import Document, labels_of
from annotator.agreement.values import Coefficient

OfLabel = Callable[[str], Sequence[Measure]]
"""The measures of one label by itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        label: the label it is about; None for all labels of the layer together.
    """

    label: str | None
    coefficient: Coefficient


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
    documents: Sequence[Document],
    measures: Iterable[Measure] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    tick: Tick | None = None,
    tallier: Tallier = tally_all,
    of_label: OfLabel = label_measures,
    among_labels: OfLabel = lambda label: [k_u_alpha(label)],
) -> list[Row]:
    """Return a layer's table: all labels together, then each label by itself.

    Args:
        measures: those of the whole layer, ``layer_measures`` unless given; add attributes,
            links and other variables here. Labels by themselves are shown where there are two
            or more.
        tick: told the share that is done; it may raise to stop.
        tallier: see ``measure.count``.
        of_label: measures of one label, which see the spans of that label only.
        among_labels: measures of one label, which see the others, too.
    """
    chosen = list(layer_measures() if measures is None else measures)
    labels = labels_of(documents)
    labels = labels if len(labels) > 1 else []
    among = {label: list(among_labels(label)) for label in labels}
    groups = 1 + len(labels)
    counting = _part(tick, 0, 2 * groups)
    everything = [*chosen, *(one for some in among.values() for one in some)]
    counted = count(everything, documents, counting, tallier)
    rows = _rows(None, counted[: len(chosen)], draws, seed, _part(tick, 1, 2 * groups))
    left = counted[len(chosen) :]
    for number, label in enumerate(labels, 1):
        own = list(of_label(label))
        only = [document.only(label) for document in documents] if own else []
        counting = _part(tick, 2 * number, 2 * groups)
        counted = [*count(own, only, counting, tallier), *left[: len(among[label])]]
        left = left[len(among[label]) :]
        rows += _rows(label, counted, draws, seed, _part(tick, 2 * number + 1, 2 * groups))
    return rows


def with_interval(
    counted: Counted, draws: int = DRAWS, seed: int = SEED, tick: Tick | None = None
) -> Coefficient:
    """Return the coefficient of a counted measure with its interval."""
    found = counted.coefficient()
    if found.value is None or not draws:
        return found
    return replace(found, interval=counted.interval(draws, seed, tick=tick))


def _rows(
    label: str | None, counted: Sequence[Counted], draws: int, seed: int, tick: Tick | None
) -> list[Row]:
    """Return the coefficients of counted measures with their intervals."""
    parts = max(len(counted), 1)
    return [
        Row(label, with_interval(one, draws, seed, _part(tick, at, parts)))
        for at, one in enumerate(counted)
    ]


def _part(tick: Tick | None, done: float, parts: float) -> Tick | None:
    if tick is None:
        return None
    tell = tick

    def part(share: float) -> None:
        tell((done + share) / parts)

    return part
