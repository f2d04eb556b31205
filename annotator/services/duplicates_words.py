"""What a search for copies found, in words and as plain values."""

from __future__ import annotations

from annotator.domain.article import Article
from annotator.services.duplicates import Found
from annotator.services.propagating import Copied
from annotator.services.wording import counted, quoted


def in_words(found: Found, *, grouped: bool = False, copied: Copied | None = None) -> list[str]:
    """Return groups and doubtful pairs in lines."""
    known = found.articles
    lines = [
        (
            f"{counted(len(found.groups), 'group')} of copies with {counted(sum(map(len, found.groups)), 'article')}; "
            f"{counted(len(found.doubtful), 'pair')} to look at."
        )
    ]
    for number, group in enumerate(found.groups, 1):
        lines.append(f"Group {number}:")
        lines += [f"  {_named(one)}" for one in group]
    for pair in found.doubtful:
        lines.append(
            f"{pair.containment:4.0%} in common: {_named(known[pair.one])} and {_named(known[pair.other])}"
        )
    if grouped:
        lines.append(f"Grouped: {counted(len(found.ungrouped), 'group')}, in one step.")
    elif found.ungrouped:
        lines.append(f"Not grouped yet: {counted(len(found.ungrouped), 'group')}; --group does it.")
    if copied:
        lines.append(copied.in_words())
    return lines


def as_data(
    found: Found, *, grouped: bool = False, copied: Copied | None = None
) -> dict[str, object]:
    """Return plain values for JSON."""
    return {
        "groups": [[one.id for one in group] for group in found.groups],
        "doubtful": [
            {"one": pair.one, "other": pair.other, "containment": round(pair.containment, 4)}
            for pair in found.doubtful
        ],
        "grouped": len(found.ungrouped) if grouped else 0,
        "propagated": {"marks": copied.marks, "links": copied.links} if copied else None,
    }


def _named(article: Article) -> str:
    facts = [article.meta.publisher, article.meta.published]
    said = ", ".join(fact for fact in facts if fact)
    return f"{quoted(article.title)} ({said})" if said else quoted(article.title)
