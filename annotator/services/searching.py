"""Searching all articles: by words as they are typed, as a concordance, and by patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.anatomy import lies_in, zones
from annotator.domain.article import Meta
from annotator.domain.errors import BadInput, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.search_query import BODY, SearchQuery, Term, parse_query
from annotator.domain.slices import SAVING, Slices, sliced
from annotator.domain.step import Outcome
from annotator.services import marking, patterns
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, named
from annotator.store import marks, search
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.search import Found

AROUND = 60
"""So many characters on each side of a hit are shown, in code points."""

_SPACE = re.compile(r"\s")

MARKED_AT_ONCE = 20
"""So many lines are marked in one slice."""

LIMIT = 50
"""So many articles are fetched while a person types."""

SIGNED = 1_000
"""So many texts that have the words are looked through for signs that the index does not know."""

TEXTS_FOUND, TEXTS_READ = 500, 25
"""Of so many texts those that have the words are found in one slice: by the index alone, or by reading them."""

BATCH = 50
"""So many articles go to the process of a pattern at a time."""


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


@dataclass(frozen=True, slots=True)
class Passed:
    """How many articles of all a pattern has been through, and what was found in the last one."""

    done: int
    total: int
    lines: tuple[Line, ...] = ()


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
    if query.parts:
        found, total = _in_parts(project, query, limit)
    elif any(map(_has_signs, query.wanted)):
        found, total = _with_all_signs(project, query, limit)
    else:
        found = list(search.find(project.db, query, limit))
        total = len(found) if len(found) < limit else _count(project, query, found)
    lines = tuple(line for item in found for line in _lines(item, query))
    return Result(lines, len(found), total)


@sliced
def articles_with(project: Project, typed: str) -> Slices[list[Id]]:
    """Return every article that has all the words typed, in the order in which their texts came in.

    Raises:
        Refused: a filter that makes no sense; the sentence says why.
    """
    query, db = parse_query(typed), project.db
    is_read = query.parts or any(map(_has_signs, query.wanted))
    ids: list[Id] = []
    for among in search.numbers(db, TEXTS_READ if is_read else TEXTS_FOUND):
        if is_read:
            found = search.find(db, query, -1, among=among)
            ids += [one.article for one in found if _fits(one, query) and _places(one, query)]
        else:
            ids += search.ids(db, query, among)
        yield
    return ids


def depends_on_marks(typed: str) -> bool:
    """Tell whether acts on marks change which articles ``articles_with`` finds.

    Raises:
        Refused: a filter that makes no sense.
    """
    return any(name == "has" for name, _ in parse_query(typed).filters)


def places_in(project: Project, article: Id, typed: str) -> tuple[Extent, ...]:
    """Return where in one article the words typed stand; none if the article has not all of them.

    Raises:
        Refused: a filter that makes no sense; the sentence says why.
    """
    query = parse_query(typed)
    found = search.find(project.db, query, 1, article) if query.terms else ()
    return tuple(
        _with_signs(item.text, extent, query)
        for item in found
        if _fits(item, query)
        for extent in _places(item, query)
    )


def publishers(project: Project, limit: int) -> list[str]:
    """Return the publishers with the most articles, the largest first."""
    return search.publishers(project.db, limit)


def search_pattern(
    project: Project,
    pattern: str,
    *,
    limit: int = LIMIT,
    silent_seconds: float = patterns.SILENT_SECONDS,
) -> Iterator[Passed]:
    """Yield the matches of a regular expression article by article, and between them where it is.

    Case does not matter; ``^`` and ``$`` are the edges of a line.

    Raises:
        BadInput: the pattern is no regular expression, or does not come to its end on an
            article; the sentence says where.
    """
    listed = search.titles(project.db)
    left, done = limit, 0
    with patterns.PatternProcess(pattern, silent_seconds) as process:
        for first in range(0, len(listed), BATCH):
            batch = listed[first : first + BATCH]
            texts = search.bodies(project.db, [id for id, _ in batch])
            places = process.find(texts)
            for (id, title), text in zip(batch, texts, strict=True):
                try:
                    while (found := next(places)) is None:
                        yield Passed(done, len(listed))
                except patterns.Stuck:
                    raise BadInput(
                        f"“{pattern}” does not come to an end on “{title or id}”: make it simpler, "
                        "above all where a repetition stands within a repetition."
                    ) from None
                done += 1
                lines = [_line(id, title or text[:80], text, extent) for extent in found[:left]]
                left -= len(lines)
                yield Passed(done, len(listed), tuple(lines))
                if left <= 0:
                    return


def _count(project: Project, query: SearchQuery, found: Sequence[Found]) -> int:
    """Return how many articles fit, the first of which were found; where it may, it asks the index alone."""
    if query.wanted and not query.filters and not project.db.conn.in_transaction:
        alone = project.kept(
            "texts of one article", "article", lambda: search.has_one_article_each(project.db)
        )
        if alone:
            return search.count_texts(project.db, query)
    # Of the last text some articles may be missing among those found, of earlier ones none.
    last = found[-1].number if found else 0
    before = sum(item.number < last for item in found)
    return before + search.count(project.db, query, since=last)


def _with_all_signs(project: Project, query: SearchQuery, limit: int) -> tuple[list[Found], int]:
    """Return the first articles that have the signs typed, too, and how many there are.

    Where more have the words than are looked through, it is how many have those.
    """
    kept: list[Found] = []
    for looked, item in enumerate(search.find(project.db, query, SIGNED + 1)):
        if looked == SIGNED or len(kept) == limit:
            return kept, search.count(project.db, query)
        if _fits(item, query):
            kept.append(item)
    return kept, len(kept)


def _in_parts(project: Project, query: SearchQuery, limit: int) -> tuple[list[Found], int]:
    """Return the articles that have the words in the parts asked for, and how many there are."""
    kept: list[Found] = []
    total = 0
    for item in search.find(project.db, query, -1):
        places = _places(item, query) if _fits(item, query) else ()
        if places:
            total += 1
            if limit < 0 or len(kept) < limit:
                kept.append(replace(item, places=places))
    return kept, total


def _places(item: Found, query: SearchQuery) -> tuple[Extent, ...]:
    """Return the places of an article that lie in the parts asked for."""
    if not query.parts:
        return item.places
    meta = Meta(title=item.title, extra=json.loads(item.extra))
    found = zones(meta, item.text)
    stretches = [(zone.start, zone.end) for zone in found if zone.kind.value in query.parts]
    others = [(zone.start, zone.end) for zone in found]
    in_body = BODY in query.parts
    return tuple(
        extent
        for extent in item.places
        if lies_in([extent], stretches) or (in_body and not _touches(extent, others))
    )


def _touches(extent: Extent, stretches: Sequence[Extent]) -> bool:
    return any(extent[0] < end and start < extent[1] for start, end in stretches)


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
    has_signs = any(_has_signs(term) for term in query.wanted)
    for place in item.places:
        extent = _with_signs(item.text, place, query) if has_signs else place
        yield _line(item.article, title, item.text, extent)


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
    # Of all blanks only the plain one is printable; most pieces of text have no other.
    return text if text.isprintable() else _SPACE.sub(" ", text)


@sliced
def mark_lines(project: Project, lines: Sequence[Line], layer: str) -> Slices[Outcome]:
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
        yield
    called = layer_called(project, layer)
    if not made:
        raise Refused(f"There is nothing new to mark as {called} among these lines.")
    one_article = made[0].article if len(by_article) == 1 else None
    what = named(project, made[0]) if len(made) == 1 else counted(len(made), called)
    with project.step(f"Mark {what} found by searching", one_article) as ticket:
        for number, mark in enumerate(made, 1):
            ticket.write.put(mark)
            if number % MARKED_AT_ONCE == 0:
                yield
        for article in {mark.article for mark in made}:
            marking.reopen(project, ticket.write, article, layer)
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome
