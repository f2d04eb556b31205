"""What a person types to search articles, taken word by word; nothing they type is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain.anatomy import ZoneKind
from annotator.domain.errors import Refused

FILTERS = ("publisher", "title", "author", "after", "before", "has", "split")
"""Words that narrow the articles when a colon and a value follow: ``publisher:"The Dock Post"``."""

IN, BODY = "in", "body"
PARTS = (BODY, *(kind.value for kind in ZoneKind))
"""What ``in:`` may name; the body is all that is no other part."""

_PIECE = re.compile(
    r'(?P<minus>-)?(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in the text.

    Attributes:
        words: as they were typed; case and accents do not matter.
        is_begun: the last word may go on, as while it is being typed.
        is_unwanted: articles with these words are left out.
    """

    words: str
    is_begun: bool = False
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Terms that an article has to have, and filters on what is known about it.

    Attributes:
        parts: of the article in which the words are looked for, such as ``headline``; none: anywhere.
    """

    terms: tuple[Term, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    parts: frozenset[str] = frozenset()

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that are looked for."""
        return tuple(term for term in self.terms if not term.is_unwanted)


def parse_query(typed: str, *, as_typed: bool = False) -> SearchQuery:
    """Read what a person typed: words, “phrases” in quotation marks, -unwanted ones and filters.

    Signs have no other meaning: ``C++``, ``it's``, ``AND`` and a single ``"`` are looked for as
    they stand.

    Args:
        as_typed: the last word may be only begun.

    Raises:
        Refused: a date that is none, no part of an article, or nothing to look for but what is unwanted.
    """
    terms: list[Term] = []
    filters: list[tuple[str, str]] = []
    parts: set[str] = set()
    plain = typed.replace("“", '"').replace("”", '"').replace("„", '"')
    for match in _PIECE.finditer(plain):
        name = (match["name"] or "").lower()
        value = match["phrase"] if match["phrase"] is not None else match["word"]
        if name == IN and not match["minus"]:
            if value not in PARTS:
                raise Refused(
                    f"“{value}” is no part of an article: write in: and one of {', '.join(PARTS)}."
                )
            parts.add(value)
            continue
        if name in FILTERS and not match["minus"]:
            if name in ("after", "before") and not _DATE.fullmatch(value):
                raise Refused(f"“{value}” is no date: write {name}:2026, {name}:2026-03 or a day.")
            filters.append((name, value))
            continue
        words = f"{match['name']}:{value}" if match["name"] else value
        if any(sign.isalnum() for sign in words):
            begun = as_typed and match.end() == len(plain) and match["phrase"] is None
            terms.append(Term(words, begun, bool(match["minus"])))
    query = SearchQuery(tuple(terms), tuple(filters), frozenset(parts))
    if terms and not query.wanted and not filters:
        raise Refused("Say also what to look for, not only what to leave out.")
    if parts and not query.wanted:
        raise Refused("Say also which words to look for in that part of the articles.")
    return query
