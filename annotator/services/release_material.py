"""What of a project goes into a release: finished work only, article by article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

from annotator.domain.adjudication import gold_id
from annotator.domain.article import Article, Verdict
from annotator.domain.coded import ANNOTATOR, GOLD, CodedArticle
from annotator.domain.identity import Id
from annotator.formats.release.changelog import ABOUT, TEXT
from annotator.services import comparing, disagreements
from annotator.services.coding import coded_articles
from annotator.services.disagreements import Case
from annotator.services.majority import majority
from annotator.store import adjudications
from annotator.store.connection import Database

SHORT = 12
"""So many hexadecimal digits tell one state of a layer from another."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of a release.

    Attributes:
        own: what each annotator finished of it, by name; never empty.
        final: what goes into the splits: adjudicated, or of the one annotator who finished it;
            None while several did and not all is decided.
    """

    id: Id
    own: tuple[CodedArticle, ...]
    final: CodedArticle | None

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those who finished a layer of it."""
        return tuple(coded.annotator or "" for coded in self.own)


def pieces(
    db: Database, undecided: Iterable[Id], voted: Mapping[Id, Sequence[Case]] | None = None
) -> Iterator[Piece]:
    """Yield every article that somebody finished a layer of, by id; memory holds one at a time.

    Args:
        undecided: articles in which several annotators were compared and not all is decided.
        voted: the cases of such articles, if what most said is to stand for a decision.
    """
    waiting = frozenset(undecided)
    golds = _grouped(coded_articles(db, GOLD))
    for (id, own), (_, gold) in zip(_grouped(coded_articles(db, ANNOTATOR)), golds, strict=True):
        finished = tuple(
            kept for coded in own if coded.annotator and (kept := _finished(coded)) is not None
        )
        if finished:
            final = _final(finished, gold, id in waiting)
            if final is None and voted is not None:
                final = majority(finished, voted.get(id, ()))
            yield Piece(id, finished, final)


def cases(db: Database) -> tuple[list[Case], set[Id]]:
    """Return everything that two or more who are done marked, and the articles not decided on."""
    found = disagreements.cases(comparing.read(db, with_tokens=False))
    decided = {mark for one in adjudications.all(db) for mark in one.marks}
    undecided = {case.article for case in found if not decided.issuperset(case.mark_ids)}
    return found, undecided


def prints(piece: Piece, people: Mapping[str, Id], article: Article) -> dict[str, str]:
    """Return a short hash of the text, of what is known about the article, and of each layer.

    Two releases differ in an article exactly where these do.
    """
    meta = article.meta
    known = [getattr(meta, name) for name in ("title", "author", "publisher", "url", "published", "language", "licence")]  # fmt: skip
    found = {TEXT: article.text_sha256[:SHORT], ABOUT: _hash([known, article.duplicate_group])}
    said: dict[str, list[object]] = {}
    lines = [*piece.own, *([piece.final] if piece.final else [])]
    for coded in lines:
        who = [coded.view, people.get(coded.annotator or "", "")]
        links: dict[Id, list[object]] = {}
        for link in sorted(coded.links, key=lambda link: link.id):
            end = link.end or (link.voice.value if link.voice else None)
            links.setdefault(link.start, []).append([link.type, end])
        for layer, verdict in coded.states.items():
            if verdict is not Verdict.OPEN:
                said.setdefault(layer, []).append([who, verdict.value])
        for mark in coded.marks:
            values = {name: mark.attributes[name] for name in sorted(mark.attributes)}
            words = [list(part.extent) for part in mark.fragments]
            said.setdefault(mark.layer, []).append(
                [who, mark.id, words, values, mark.actor, mark.made.origin, links.get(mark.id)]
            )
    return found | {layer: _hash(sorted(map(_dump, said[layer]))) for layer in sorted(said)}


def _grouped(lines: Iterator[CodedArticle]) -> Iterator[tuple[Id, list[CodedArticle]]]:
    for id, some in groupby(lines, key=lambda coded: coded.id or ""):
        yield id, list(some)


def _finished(coded: CodedArticle) -> CodedArticle | None:
    """Return the work on layers that are done; None if none is."""
    done = _done(coded)
    return _only(coded, done) if done else None


def _final(
    own: Sequence[CodedArticle], gold: Sequence[CodedArticle], is_open: bool
) -> CodedArticle | None:
    decided = next((coded for coded in gold if coded.annotator), None)
    if len(own) == 1 and decided is None:
        return own[0]
    if is_open:
        return None
    finished = Counter(layer for coded in own for layer in _done(coded))
    alone = {layer for layer, count in finished.items() if count == 1}
    if decided is None:
        decided = replace(own[0], view=GOLD, annotator=None, marks=(), links=(), actors=())
    return _completed(decided, own, alone, set(finished))


def _completed(
    gold: CodedArticle, own: Sequence[CodedArticle], alone: set[str], finished: set[str]
) -> CodedArticle:
    """Return adjudicated work with what one annotator alone finished, where there was nothing to decide."""
    alone -= {mark.layer for mark in gold.marks}
    marks = [*gold.marks, *(mark for one in own for mark in one.marks if mark.layer in alone)]
    ids = {mark.id for mark in marks}
    links = list(gold.links)
    for link in (link for one in own for link in one.links):
        # What such a mark is tied to may have been adjudicated: then its gold mark is meant.
        end = gold_id(link.end) if link.end and link.end not in ids else link.end
        if link.start in ids and (end is None or end in ids):
            links.append(replace(link, end=end))
    marked = {mark.layer for mark in marks}
    actors = {actor.id: actor for one in (gold, *own) for actor in one.actors}
    wanted = {mark.actor for mark in marks}
    return replace(
        gold,
        states={
            layer: Verdict.DONE if layer in marked else Verdict.NOTHING_FOUND
            for layer in sorted(finished | marked)
        },
        actors=tuple(actor for id, actor in sorted(actors.items()) if id in wanted),
        marks=tuple(marks),
        links=tuple(links),
    )


def _done(coded: CodedArticle) -> set[str]:
    return {layer for layer, verdict in coded.states.items() if verdict is not Verdict.OPEN}


def _only(coded: CodedArticle, layers: set[str]) -> CodedArticle:
    """Return a coding with the marks of some layers, and the links and actors that remain."""
    marks = tuple(mark for mark in coded.marks if mark.layer in layers)
    ids = {mark.id for mark in marks}
    actors = {mark.actor for mark in marks}
    return replace(
        coded,
        states={layer: verdict for layer, verdict in coded.states.items() if layer in layers},
        marks=marks,
        links=tuple(
            link for link in coded.links if link.start in ids and (not link.end or link.end in ids)
        ),
        actors=tuple(actor for actor in coded.actors if actor.id in actors),
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _hash(value: object) -> str:
    return sha256(_dump(value).encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]
