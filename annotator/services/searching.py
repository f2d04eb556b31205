"""Searching all articles: by words as they are typed, as a concordance, and by patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.errors import BadInput, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.search_query import SearchQuery, Term, parse_query
from annotator.domain.step import Outcome
from annotator.services import marking
from annotator.services.project import Project
from annotator.services.wording import counted, named
from annotator.store import articles, marks, search
from annotator.store.search import Found

AROUND = 60
"""So many characters on each side of a hit are shown, in code points."""

LIMIT = 200
"""So many articles are fetched while a person types."""


@dataclass(frozen=True, slots=True)
class Line:
    """One hit with what stands around it, on one line.

    Attributes:
        extent: where the hit is, in code points.
        left, words, right: what is shown; line ends have become blanks.
    """

    article: Id
    title: str
    extent: Extent
    left: str
    words: str
    right: str


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: lines, of how many articles, and of how many there are."""

    lines: tuple[Line, ...]
    shown: int
    total: int


def search_words(
    project: Project, typed: str, *, as_typed: bool = False, limit: int = LIMIT
) -> Result:
    """Find the articles that have all the words typed.

    Raises:
        Refused: a filter that makes no sense; the sentence says why.
    """
    query = parse_query(typed, as_typed=as_typed)
    if not query.terms and not query.filters:
        return Result((), 0, 0)
    found = [item for item in search.find(project.db, query, limit) if _fits(item, query)]
    total = len(found) if len(found) < limit else search.count(project.db, query)
    lines = tuple(line for item in found for line in _lines(item, query))
    return Result(lines, len(found), total)


def search_pattern(project: Project, pattern: str, *, limit: int = LIMIT) -> Iterator[Line | None]:
    """Yield every match of a regular expression, article by article; None after an article without.

    Raises:
        BadInput: the pattern is no regular expression; the sentence says where.
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInput(f"“{pattern}” is no regular expression: {error}.") from None
    left = limit
    for article, text in articles.in_id_order(project.db):
        yield None
        for match in compiled.finditer(text):
            if match.start() < match.end():
                yield _line(article.id, article.title, text, match.span())
                left -= 1
            if left <= 0:
                return


def _fits(item: Found, query: SearchQuery) -> bool:
    """Tell whether signs that the index does not know, as in “C++”, are there too."""
    signed = [term for term in query.wanted if _has_signs(term)]
    if not signed:
        return True
    folded = item.text.casefold()
    return all(term.words.casefold() in folded for term in signed)


def _lines(item: Found, query: SearchQuery) -> Iterator[Line]:
    title = item.title or item.text[:80].split("\n", maxsplit=1)[0]
    if not item.places:
        yield Line(item.article, title, (0, 0), "", "", _flat(item.text[: 2 * AROUND]))
        return
    for extent in item.places:
        yield _line(item.article, title, item.text, _with_signs(item.text, extent, query))


def _with_signs(text: str, extent: Extent, query: SearchQuery) -> Extent:
    """Return the hit with the signs that were typed around its words: “C++” rather than “C”."""
    start, end = extent
    for term in query.wanted:
        before = next((at for at, sign in enumerate(term.words) if sign.isalnum()), 0)
        first, last = start - before, start - before + len(term.words)
        if _has_signs(term) and text[max(first, 0) : last].casefold() == term.words.casefold():
            return max(first, 0), last
    return start, end


def _has_signs(term: Term) -> bool:
    return any(not (sign.isalnum() or sign.isspace()) for sign in term.words)


def _line(article: Id, title: str, text: str, extent: Extent) -> Line:
    start, end = extent
    return Line(
        article,
        title,
        extent,
        _flat(text[max(start - AROUND, 0) : start]),
        _flat(text[start:end]),
        _flat(text[end : end + AROUND]),
    )


def _flat(text: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in text)


def mark_lines(project: Project, lines: Sequence[Line], layer: str) -> Outcome:
    """Mark what was found on a layer, in one step; what is marked there already is left out.

    Raises:
        Refused: everything is marked already, or the layer is retired.
    """
    by_article: dict[Id, set[Extent]] = {}
    for line in lines:
        if line.extent[0] < line.extent[1]:
            by_article.setdefault(line.article, set()).add(line.extent)
    made = []
    for article, extents in by_article.items():
        text = project.text(project.article(article))
        own = marks.of_article(project.db, article, project.annotator.id)
        taken = {(mark.start, mark.end) for mark in own if mark.layer == layer}
        made += [
            marking.new_mark(project, article, text, [extent], layer)
            for extent in sorted(extents - taken)
        ]
    if not made:
        raise Refused(f"There is nothing new to mark as {layer} among these lines.")
    one_article = made[0].article if len(by_article) == 1 else None
    what = named(made[0]) if len(made) == 1 else counted(len(made), layer)
    with project.step(f"Mark {what} found by searching", one_article) as ticket:
        for mark in made:
            ticket.write.put(mark)
        for article in {mark.article for mark in made}:
            marking.reopen(project, ticket.write, article, layer)
    return ticket.outcome
