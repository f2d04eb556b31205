"""Scores of one coding of articles against another: marks, labels, values and links.

Exact asks for the same fragments, overlap for any shared character, matched one to one by the
longest shared part; tokens compares word by word. Counts are added over articles (micro).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.agreement.matching import heaviest
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.domain.segments import tokens
from annotator.services.wording import counted

LABELS = {"actor": "type", "claim": "mode", "sentiment": "polarity"}
"""Which attribute is the label of a layer, for scores label by label."""

LINKS = {"claim": ("source",), "sentiment": ("holder", "target")}
"""Links that are compared on matched marks."""


@dataclass(slots=True)
class Tally:
    """What was proposed, what was wanted, and what is both."""

    proposed: int = 0
    wanted: int = 0
    both: int = 0

    def add(self, proposed: int, wanted: int, both: int) -> None:
        """Count one article."""
        self.proposed += proposed
        self.wanted += wanted
        self.both += both

    def as_data(self) -> dict[str, float | int | None]:
        """Return counts with precision, recall and F1; None where nothing can be said."""
        total = self.proposed + self.wanted
        return {
            "predicted": self.proposed,
            "reference": self.wanted,
            "both": self.both,
            "precision": _share(self.both, self.proposed),
            "recall": _share(self.both, self.wanted),
            "f1": _share(2 * self.both, total),
        }


@dataclass(slots=True)
class Scores:
    """All scores.

    Attributes:
        marks: by layer (and ``layer: label``), then by ``exact``, ``overlap`` and ``tokens``.
        right: by what is compared on matched marks (``claim source``, ``actor type``): how
            often it is the same, and of how many.
        confusions: layer and attribute, value predicted, value wanted: how often.
    """

    articles: int = 0
    marks: dict[str, dict[str, Tally]] = field(default_factory=dict)
    right: dict[str, tuple[int, int]] = field(default_factory=dict)
    confusions: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def as_data(self) -> dict[str, object]:
        """Return the scores as plain data."""
        return {
            "articles": self.articles,
            "marks": {
                name: {kind: tally.as_data() for kind, tally in kinds.items()}
                for name, kinds in sorted(self.marks.items())
            },
            "on_matched": {
                name: {"right": right, "of": of, "share": _share(right, of)}
                for name, (right, of) in sorted(self.right.items())
            },
            "confusions": [
                {"what": what, "predicted": mine, "reference": theirs, "count": count}
                for (what, mine, theirs), count in self.confusions.most_common()
            ],
        }

    def in_words(self) -> list[str]:
        """Return a table."""
        lines = [counted(self.articles, "article"), ""]
        lines.append(
            f"{'':26} {'pred.':>6} {'ref.':>6}   {'exact P/R/F':^16} {'overlap P/R/F':^16} {'tokens P/R/F':^16}"
        )
        for name, kinds in sorted(self.marks.items()):
            cells = " ".join(_cell(kinds[kind]) for kind in ("exact", "overlap", "tokens"))
            exact = kinds["exact"]
            lines.append(f"{name:26} {exact.proposed:6,} {exact.wanted:6,}   {cells}")
        lines.append("")
        lines += [
            f"{name} is right on {right:,} of {of:,} matched"
            for name, (right, of) in sorted(self.right.items())
        ]
        lines += [
            f"{what}: {count:,} × “{mine}” instead of “{theirs}”"
            for (what, mine, theirs), count in self.confusions.most_common(20)
        ]
        return lines


def score(pairs: Iterable[tuple[CodedArticle, CodedArticle]]) -> Scores:
    """Return the scores of predicted against wanted codings of the same articles."""
    scores = Scores()
    for predicted, wanted in pairs:
        scores.articles += 1
        layers = {mark.layer for coded in (predicted, wanted) for mark in coded.marks}
        for layer in sorted(layers):
            mine = [mark for mark in predicted.marks if mark.layer == layer]
            theirs = [mark for mark in wanted.marks if mark.layer == layer]
            text = wanted.text or predicted.text
            words = text.text if text else ""
            _count(scores, layer, mine, theirs, words)
            attribute = LABELS.get(layer)
            for label in sorted({_value(mark, attribute) for mark in (*mine, *theirs)} - {""}):
                _count(
                    scores,
                    f"{layer}: {label}",
                    [mark for mark in mine if _value(mark, attribute) == label],
                    [mark for mark in theirs if _value(mark, attribute) == label],
                    words,
                )
            _compare(scores, layer, matched(mine, theirs), predicted, wanted)
    return scores


def matched(mine: list[Mark], theirs: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Return the pairs of marks that share characters, one to one, most shared first."""
    order = sorted(range(len(theirs)), key=lambda number: theirs[number].start)
    edges = {}
    for row, mark in enumerate(mine):
        for number in order:
            if theirs[number].start >= mark.end:
                break
            weight = shared(mark, theirs[number])
            if weight:
                edges[row, number] = float(weight)
    return [(mine[row], theirs[column]) for row, column in heaviest(edges)]


def shared(one: Mark, other: Mark) -> int:
    """Return how many characters two marks share."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.fragments
        for b in other.fragments
    )


def _count(scores: Scores, name: str, mine: list[Mark], theirs: list[Mark], text: str) -> None:
    kinds = scores.marks.setdefault(
        name, {kind: Tally() for kind in ("exact", "overlap", "tokens")}
    )
    ours, wanted = Counter(map(_extents, mine)), Counter(map(_extents, theirs))
    kinds["exact"].add(len(mine), len(theirs), (ours & wanted).total())
    kinds["overlap"].add(len(mine), len(theirs), len(matched(mine, theirs)))
    if text:
        covered, asked = _words(mine, text), _words(theirs, text)
        kinds["tokens"].add(len(covered), len(asked), len(covered & asked))


def _compare(
    scores: Scores,
    layer: str,
    pairs: list[tuple[Mark, Mark]],
    predicted: CodedArticle,
    wanted: CodedArticle,
) -> None:
    """Compare values and links of matched marks."""
    ours, theirs = _ends(predicted), _ends(wanted)
    for mine, other in pairs:
        for attribute in sorted({*mine.attributes, *other.attributes}):
            one, two = _value(mine, attribute), _value(other, attribute)
            if not two:
                continue
            _right(scores, f"{layer} {attribute}", same=one == two)
            if one != two:
                scores.confusions[f"{layer} {attribute}", one or "nothing", two] += 1
        for type in LINKS.get(layer, ()):
            one_end, two_end = ours.get((mine.id, type), []), theirs.get((other.id, type), [])
            _right(scores, f"{layer} {type}", same=_same_ends(one_end, two_end))


def _right(scores: Scores, name: str, *, same: bool) -> None:
    right, of = scores.right.get(name, (0, 0))
    scores.right[name] = (right + same, of + 1)


def _ends(coded: CodedArticle) -> Mapping[tuple[Id, str], list[Mark | str]]:
    """Return where the links of each mark lead, by mark and link type."""
    by_id = {mark.id: mark for mark in coded.marks}
    found: dict[tuple[Id, str], list[Mark | str]] = {}
    for link in coded.links:
        end = _end(link, by_id)
        if end is not None:
            found.setdefault((link.start, link.type), []).append(end)
    return found


def _end(link: Link, by_id: Mapping[Id, Mark]) -> Mark | str | None:
    return str(link.voice) if link.voice else by_id.get(link.end or "")


def _same_ends(mine: list[Mark | str], theirs: list[Mark | str]) -> bool:
    """Tell whether links lead to the same: places that overlap, the same words, the same voice.

    No link and the author's voice are the same here: both say that no actor is the source.
    """
    one = [end for end in mine if isinstance(end, Mark)]
    two = [end for end in theirs if isinstance(end, Mark)]
    if not one or not two:
        return not one and not two
    return any(shared(a, b) or a.text.casefold() == b.text.casefold() for a in one for b in two)


def _value(mark: Mark, attribute: str | None) -> str:
    value = mark.attributes.get(attribute or "")
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _extents(mark: Mark) -> tuple[tuple[int, int], ...]:
    return tuple(part.extent for part in mark.fragments)


def _words(marks: list[Mark], text: str) -> set[tuple[int, int]]:
    return {
        token
        for mark in marks
        for part in mark.fragments
        for token in tokens(text, part.start, part.end)
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _cell(tally: Tally) -> str:
    data = tally.as_data()
    return "/".join(
        f"{data[name]:.2f}" if data[name] is not None else "   –"
        for name in ("precision", "recall", "f1")
    )
