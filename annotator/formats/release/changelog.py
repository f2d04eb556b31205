"""CHANGELOG.md of a dataset: what each version brought against the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotator.domain.release import Release, Version, version_of

ARTICLE, TEXT, ABOUT = "article", "text", "about"
"""Counts and prints that are of no layer."""


def changelog(name: str, releases: Sequence[Release]) -> str:
    """Return CHANGELOG.md of releases, the lowest version first; the newest is told first."""
    lines = [f"# {name}: changes"]
    for earlier, later in reversed([(None, releases[0]), *pairwise(releases)]):
        lines += ["", f"## {later.version} · {later.day}", "", *_changes(earlier, later)]
    return "\n".join(lines) + "\n"


def expected_version(earlier: Release, later: Release) -> Version:
    """Return the lowest version that says what changed: meanings, articles added, or corrections."""
    major, minor, patch = version_of(earlier.version)
    if later.codebook != earlier.codebook or earlier.splits.keys() - later.splits.keys():
        return major + 1, 0, 0
    if later.splits.keys() - earlier.splits.keys():
        return major, minor + 1, 0
    return major, minor, patch + 1


def _changes(earlier: Release | None, later: Release) -> Iterator[str]:
    if earlier is None:
        yield f"- First version: {later.counts.get(ARTICLE, 0):,} articles."
        for layer, count in later.counts.items():
            if layer != ARTICLE:
                yield f"- {layer}: {count:,} marks."
        return
    added = sorted(later.prints.keys() - earlier.prints.keys())
    gone = sorted(earlier.prints.keys() - later.prints.keys())
    if added:
        yield f"- {_articles(len(added))} added."
    if gone:
        yield f"- {_articles(len(gone))} taken out."
    if later.codebook != earlier.codebook:
        yield f"- Codebook: version {earlier.codebook} became {later.codebook}."
    moved = sum(
        split != later.splits[id] for id, split in earlier.splits.items() if id in later.splits
    )
    if moved:
        yield f"- {_articles(moved)} changed their split."
    yield from _layers(earlier, later)
    people = len(later.people) - len(earlier.people)
    if people:
        yield f"- Annotators: {len(earlier.people)} became {len(later.people)}."


def _layers(earlier: Release, later: Release) -> Iterator[str]:
    both = earlier.prints.keys() & later.prints.keys()
    names = dict.fromkeys(
        name for prints in (*earlier.prints.values(), *later.prints.values()) for name in prints
    )
    silent = True
    for name in (TEXT, ABOUT, *(name for name in names if name not in (TEXT, ABOUT))):
        changed = sorted(
            id for id in both if earlier.prints[id].get(name) != later.prints[id].get(name)
        )
        before, after = earlier.counts.get(name, 0), later.counts.get(name, 0)
        if not changed and before == after:
            continue
        silent = False
        what = {TEXT: "Texts", ABOUT: "What is known about articles"}.get(name, name)
        counts = "" if name in (TEXT, ABOUT) else f"; {before:,} marks became {after:,}"
        yield f"- {what}: changed in {_articles(len(changed))}{counts}."
    if silent and earlier.prints.keys() == later.prints.keys():
        yield "- No mark changed."


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
