"""Which to believe, the rules or what was learned: whoever was right more often in such a case.

A case is what the two say of one stretch (both, one alone, one against the other) and by which
rule. How often each case is right is counted on articles that were not learned from, and stands
in the card of the model; rare cases lean on what is true of more general ones, as much as
proves best on those articles. Where several recognisers learned, each has a vote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from annotator.assist.job import Choice, Whole
from annotator.assist.lines import CONTINUED
from annotator.assist.proposal import ATTRIBUTE, Proposal

_LEANS = (25, 50, 100, 12, 6)
"""How many sightings of a case may weigh as much as what is known of the more general one."""

_PARTS = 5
"""Which of them is best is tried on a fifth of the articles after the other."""

EVERYTHING = Choice({"learned alone": 1.0}, 0.5)
"""When nothing was tried: what most recognisers find."""


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


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found in an article that was not learned from, and what is there.

    Attributes:
        wanted: the marks that people made.
    """

    learned: list[Whole]
    by_rule: Mapping[Whole, Proposal]
    wanted: list[Whole]


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
    """Return what to believe, from articles that were not learned from; nothing without any."""
    if not trials:
        return EVERYTHING
    sightings = [_sightings(trial) for trial in trials]
    lean = max(_LEANS, key=lambda lean: _likelihood(sightings, lean))
    choice = Choice(_shares(sightings, lean))
    beliefs = sorted({_belief(choice, item) for seen in sightings for item, _ in seen})
    best = max((_f1(replace(choice, least=least), trials) for least in beliefs), default=0.0)
    # A mark that is right more often than half the F1 makes it higher, whatever else is chosen.
    choice.least = round(best / 2, 4)
    return choice


def chosen(
    choice: Choice, votes: Sequence[Sequence[Whole]], by_rule: Mapping[Whole, Proposal]
) -> list[Candidate]:
    """Return what to propose, in reading order, from what each recogniser found.

    Those believed most come before what lies on them.
    """
    beliefs: dict[Whole, float] = defaultdict(float)
    known: dict[Whole, Candidate] = {}
    for learned in votes:
        for candidate in candidates(learned, by_rule):
            beliefs[candidate.whole] += _belief(choice, candidate) / len(votes)
            known.setdefault(candidate.whole, candidate)
    kept: list[Whole] = []
    for whole in sorted(beliefs, key=lambda whole: (-beliefs[whole], whole)):
        if beliefs[whole] >= choice.least and not any(_touch(whole, other) for other in kept):
            kept.append(whole)
    return [known[whole] for whole in sorted(kept)]


_Sightings = list[tuple[Candidate, bool]]


def _sightings(trial: Trial) -> _Sightings:
    """Return the candidates of an article, and whether each is right."""
    wanted = set(trial.wanted)
    found = candidates(trial.learned, trial.by_rule)
    return [(candidate, candidate.whole in wanted) for candidate in found]


def _shares(sightings: Iterable[_Sightings], lean: float) -> dict[str, float]:
    """Return how often each case is right, the rare ones leaning on the general ones."""
    hits: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for seen in sightings:
        for candidate, is_right in seen:
            for name in ("", *_names(candidate)):
                counts[name] += 1
                hits[name] += is_right
    general = hits[""] / max(1, counts[""])
    right: dict[str, float] = {}
    for name in sorted(counts.keys() - {""}, key=lambda name: (name.count(" | "), name)):
        parent = right.get(name.rpartition(" | ")[0], general)
        right[name] = round((hits[name] + lean * parent) / (counts[name] + lean), 4)
    return right


def _likelihood(sightings: Sequence[_Sightings], lean: float) -> float:
    """Return how well the shares of the other articles foretell those of each part."""
    total = 0.0
    for part in range(min(_PARTS, len(sightings))):
        rest = [seen for at, seen in enumerate(sightings) if at % _PARTS != part]
        choice = Choice(_shares(rest, lean))
        for candidate, is_right in (item for seen in sightings[part::_PARTS] for item in seen):
            belief = min(0.99, max(0.01, _belief(choice, candidate)))
            total += log(belief if is_right else 1 - belief)
    return total


def _f1(choice: Choice, trials: Sequence[Trial]) -> float:
    hits = size = 0
    for trial in trials:
        kept = {item.whole for item in chosen(choice, [trial.learned], trial.by_rule)}
        hits += len(kept.intersection(trial.wanted))
        size += len(kept) + len(trial.wanted)
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
