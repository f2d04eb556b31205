"""Which to believe, the rules or what was learned: whoever was right more often in such a case.

A case is what the two say of one stretch (both, one alone, one against the other) and by which
rule. How often each case is right is counted on the articles held out of learning, and stands
in the card of the model; rare cases lean on what is true of more general ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.assist.job import Choice, Whole
from annotator.assist.lines import CONTINUED
from annotator.assist.proposal import ATTRIBUTE, Proposal

_LEAN = 25
"""So many sightings of a case weigh as much as what is known of the more general one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mark that somebody proposes.

    Attributes:
        case: what is known of it, the most general first.
        proposal: what the rules say of it; None where they do not propose it.
    """

    whole: Whole
    case: tuple[str, ...]
    proposal: Proposal | None = None


Trial = tuple[list[Candidate], list[Whole]]
"""The candidates of an article, and the marks that people made there."""


def label_of(layer: str, labels: Iterable[str]) -> str:
    """Return the one label of a layer whose marks have no labels of their own, else nothing."""
    plain = {label.removesuffix(CONTINUED) for label in labels}
    return layer if plain == {layer} else ""


def ruled(proposals: Iterable[Proposal], layer: str, label: str) -> dict[Whole, Proposal]:
    """Return what the rules propose on a layer, labelled as the marks there are."""
    attribute = ATTRIBUTE.get(layer, "")
    return {
        (item.extents, label or str(item.attributes.get(attribute) or layer)): item
        for item in proposals
        if item.layer == layer
    }


def candidates(learned: Sequence[Whole], by_rule: Mapping[Whole, Proposal]) -> list[Candidate]:
    """Return what either proposes on one layer, each mark once."""
    found = []
    mine = set(learned)
    for whole in dict.fromkeys((*learned, *by_rule)):
        item = by_rule.get(whole)
        others: Iterable[Whole] = learned if item is not None else by_rule
        beside = next((other for other in others if _touch(whole, other)), None)
        told = item if item is not None or beside is None else by_rule[beside]
        manner = (_manner(told), told.kind) if told is not None else ()
        if item is not None and whole in mine:
            case = "both"
        else:
            who = "rules" if item is not None else "learned"
            case = f"{who} against, {_relation(whole, beside)}" if beside else f"{who} alone"
        found.append(Candidate(whole, (case, *manner), item))
    return found


def learn_choice(trials: Sequence[Trial]) -> Choice:
    """Return what to believe, from the candidates of articles and the marks that people made there."""
    hits: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for found, wanted in trials:
        for candidate in found:
            for name in _names(candidate):
                counts[name] += 1
                hits[name] += candidate.whole in wanted
    total = sum(len(found) for found, _ in trials)
    general = sum(c.whole in wanted for found, wanted in trials for c in found) / max(1, total)
    choice = Choice()
    for name in sorted(counts, key=lambda name: (name.count(" | "), name)):
        parent = choice.right.get(name.rpartition(" | ")[0], general)
        choice.right[name] = round((hits[name] + _LEAN * parent) / (counts[name] + _LEAN), 4)
    steps = sorted({_belief(choice, candidate) for found, _ in trials for candidate in found})
    choice.least = max([0.0, *steps], key=lambda least: (_f1(choice, least, trials), -least))
    return choice


def chosen(choice: Choice, found: list[Candidate]) -> list[Candidate]:
    """Return the candidates to propose, in reading order; those believed most come before what lies on them."""
    return _chosen(choice, choice.least, found)


def _chosen(choice: Choice, least: float, found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for belief, _, candidate in sorted(
        ((-_belief(choice, item), number, item) for number, item in enumerate(found)),
        key=lambda row: row[:2],
    ):
        if -belief >= least and not any(_touch(candidate.whole, o.whole) for o in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda item: item.whole)


def _f1(choice: Choice, least: float, trials: Sequence[Trial]) -> float:
    hits = size = 0
    for found, wanted in trials:
        kept = {candidate.whole for candidate in _chosen(choice, least, found)}
        hits += len(kept.intersection(wanted))
        size += len(kept) + len(wanted)
    return 2 * hits / size if size else 0.0


def _belief(choice: Choice, candidate: Candidate) -> float:
    """Return how often such a candidate is right, by the most special case that is known."""
    known = [choice.right[name] for name in _names(candidate) if name in choice.right]
    return known[-1] if known else 0.0


def _names(candidate: Candidate) -> list[str]:
    return [" | ".join(candidate.case[: end + 1]) for end in range(len(candidate.case))]


def _manner(item: Proposal) -> str:
    """Return what kind of mark the rules take it for, and how sure they are."""
    return f"{item.attributes.get(ATTRIBUTE.get(item.layer, ''), '')} {item.score:.1f}".strip()


def _touch(one: Whole, other: Whole) -> bool:
    return any(a < d and c < b for a, b in one[0] for c, d in other[0])


def _relation(one: Whole, other: Whole) -> str:
    """Tell how a mark lies to the one it overlaps."""
    begin, end = one[0][0][0] - other[0][0][0], one[0][-1][1] - other[0][-1][1]
    if not begin and not end:
        return "the same ends"
    if not begin:
        return "shorter" if end < 0 else "longer"
    if not end:
        return "begins later" if begin > 0 else "begins earlier"
    return "otherwise"
