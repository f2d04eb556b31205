"""How good the rules are: ``python -m tests.bench.suggestions FOLDER``.

FOLDER holds either PolNeAR's ``text`` and ``attributions``, or articles coded in the shape of
the JSON samples (``doc``, ``actors``, ``claims``, ``sentiments``) with ``--texts`` naming the
folder of their texts. Exact counts equal fragments, overlap any shared character, matched one
to one by the longest shared part.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.assist.attributions import attributions
from annotator.assist.proposal import Proposal, Request
from annotator.assist.rules import Rules
from annotator.settings.places import resources_folder
from tests.bench import polnear
from tests.bench.polnear import ROLES, Span


@dataclass(slots=True)
class Score:
    """Counts of one layer over all articles."""

    proposed: int = 0
    wanted: int = 0
    exact: int = 0
    overlap: int = 0

    def add(self, proposed: Iterable[Span], wanted: Iterable[Span]) -> list[tuple[Span, Span]]:
        """Count one article; return the overlapping pairs."""
        ours, theirs = sorted(set(proposed)), sorted(set(wanted))
        pairs = matched(ours, theirs)
        self.proposed += len(ours)
        self.wanted += len(theirs)
        self.exact += len(set(ours) & set(theirs))
        self.overlap += len(pairs)
        return pairs

    def line(self, name: str) -> str:
        """Return one line of the table."""
        return f"{name:10s} {self.proposed:6d} {self.wanted:6d}  exact {_f(self, self.exact)}  overlap {_f(self, self.overlap)}"


def _f(score: Score, hits: int) -> str:
    precision = hits / score.proposed if score.proposed else 0.0
    recall = hits / score.wanted if score.wanted else 0.0
    both = 2 * hits / (score.proposed + score.wanted) if hits else 0.0
    return f"P {precision:.3f} R {recall:.3f} F {both:.3f}"


def matched(ours: Sequence[Span], theirs: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pair spans that share characters, longest shared part first, each once."""
    found = []
    for mine in ours:
        for other in theirs:
            shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in other)
            if shared:
                found.append((-shared, mine, other))
    taken_ours: set[Span] = set()
    taken_theirs: set[Span] = set()
    pairs = []
    for _, mine, other in sorted(found):
        if mine not in taken_ours and other not in taken_theirs:
            taken_ours.add(mine)
            taken_theirs.add(other)
            pairs.append((mine, other))
    return pairs


def score_polnear(folder: Path) -> dict[str, Score]:
    """Score the rules against one part of PolNeAR; its content spans include quotation marks."""
    scores = {role: Score() for role in ROLES}
    lexicons = resources_folder() / "lexicons"
    words, seconds = 0, 0.0
    for article in polnear.read(folder):
        begin = time.perf_counter()
        found = attributions(article.text, "en", lexicons).attributions
        seconds += time.perf_counter() - begin
        words += len(article.text.split())
        contents = [
            [*item.outer, *(part for later in item.later for part in later.outer)] for item in found
        ]
        ours = {
            "source": [(item.source,) for item in found if item.source],
            "cue": [(item.cue,) for item in found if item.cue],
            "content": [tuple(content) for content in contents],
        }
        for role in ROLES:
            scores[role].add(ours[role], article.spans[role])
    print(f"{words} words, {words / seconds:.0f} words a second")
    return scores


def score_coded(folder: Path, texts: Path) -> dict[str, Score]:
    """Score the rules against coded articles, and print how often source and polarity are right."""
    scores = {layer: Score() for layer in ("actor", "claim", "sentiment")}
    right, polar = [0, 0], [0, 0]
    rules = Rules(resources_folder() / "lexicons")
    for path in sorted(folder.glob("*.json")):
        coded = json.loads(path.read_text(encoding="utf-8"))
        with (texts / coded["doc"]).open(encoding="utf-8", newline="") as opened:
            text = opened.read()
        proposals = rules.propose(Request(text, "en"))
        for layer, score in scores.items():
            ours = {_hull(item): item for item in proposals if item.layer == layer}
            theirs = {((item["start"], item["end"]),): item for item in coded[f"{layer}s"]}
            for mine, other in score.add(ours, theirs):
                if layer == "claim":
                    same = _same_source(text, proposals, ours[mine], coded, theirs[other])
                    right = [right[0] + same, right[1] + 1]
                if layer == "sentiment":
                    same = ours[mine].attributes["polarity"] == theirs[other]["polarity"]
                    polar = [polar[0] + same, polar[1] + 1]
    print(f"source right on {right[0]} of {right[1]} matched claims")
    print(f"polarity right on {polar[0]} of {polar[1]} matched expressions")
    return scores


def _hull(proposal: Proposal) -> Span:
    return ((proposal.extents[0][0], proposal.extents[-1][1]),)


def _same_source(
    text: str, proposals: list[Proposal], ours: Proposal, coded: dict, theirs: dict
) -> bool:
    number = dict(ours.links).get("source")
    wanted = next((item for item in coded["actors"] if item["id"] == theirs["source"]), None)
    if not isinstance(number, int) or wanted is None:
        return not isinstance(number, int) and wanted is None
    ((start, end),) = proposals[number].extents
    if text[start:end].lower() == wanted["text"].lower():
        return True
    return start < wanted["end"] and wanted["start"] < end


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    scores = (
        score_coded(chosen.folder, chosen.texts) if chosen.texts else score_polnear(chosen.folder)
    )
    print(f"{'layer':10s} {'ours':>6s} {'theirs':>6s}")
    for name, score in scores.items():
        print(score.line(name))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
