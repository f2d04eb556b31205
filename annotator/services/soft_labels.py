"""How far annotators agree on each thing in the text, as shares instead of one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from annotator.domain.identity import Id, derived_id
from annotator.domain.mark import Mark, words_of
from annotator.formats.release.fields import SOFT_FIELDS, shaped
from annotator.services.disagreements import Case

Json = dict[str, Any]

NOT_FILLED_IN = "(not filled in)"


def soft_lines(
    cases: Iterable[Case],
    splits: Mapping[Id, str],
    people: Mapping[Id, str],
    renamed: Callable[[Id], Id],
) -> Iterator[Json]:
    """Yield a line for each thing that anybody marked of those who finished the layer.

    Args:
        people: pseudonyms by id.
    """
    for case in cases:
        marked = sorted(case.marks.items(), key=lambda item: people[item[0]])
        names = {name for mark in case.marks.values() for name in mark.attributes}
        line = {
            "id": renamed(derived_id("soft", *case.mark_ids)),
            "article": renamed(case.article),
            "split": splits.get(case.article),
            "layer": case.layer,
            "annotators": sorted(people[who] for who in case.annotators),
            "share": round(len(marked) / len(case.annotators), 6),
            "marks": [
                {
                    "annotator": people[who],
                    "id": renamed(mark.id),
                    "fragments": [list(part.extent) for part in mark.fragments],
                }
                for who, mark in marked
            ],
            "labels": [_labels(name, [mark for _, mark in marked]) for name in sorted(names)],
        }
        yield shaped(SOFT_FIELDS, line)


def _labels(name: str, marks: list[Mark]) -> Json:
    """Return who chose what; a tie has no hard label, as chance would decide it."""
    counts = Counter(
        text for mark in marks for text in words_of(mark.attributes.get(name)) or (NOT_FILLED_IN,)
    )
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    most = [value for value, count in order if 2 * count > len(marks)]
    several = any(isinstance(mark.attributes.get(name), tuple) for mark in marks)
    hard = most[0] if most and most[0] != NOT_FILLED_IN and not several else None
    return {
        "attribute": name,
        "hard": hard,
        "soft": [
            {"value": value, "count": count, "share": round(count / len(marks), 6)}
            for value, count in order
        ],
    }
