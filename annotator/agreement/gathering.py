"""From what the project holds to what is compared: documents of one layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from annotator.agreement.units import Document, Span, Tie
from annotator.domain.article import Article, State, Verdict
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value, View

NOT_SAID = "(not filled in)"
"""The label of a mark without the attribute that is compared as its label."""

Labels = Callable[[Mark], str]
Values = Callable[[Mark], Value | None]


def by_layer(mark: Mark) -> str:
    """Label a mark with its layer."""
    return mark.layer


def by_attribute(name: str) -> Labels:
    """Return a labeller by the value of an attribute; several codes make one label together."""
    return partial(_labelled, name)


def attribute(name: str) -> Values:
    """Return what reads the value of an attribute."""
    return partial(_value, name)


def _labelled(name: str, mark: Mark) -> str:
    value = _value(name, mark)
    if value is None:
        return NOT_SAID
    return " + ".join(value) if isinstance(value, tuple) else str(value)


def _value(name: str, mark: Mark) -> Value | None:
    return normal(mark.attributes.get(name))


def actor(mark: Mark) -> Value | None:
    """Return the entry of the actor book a mention is tied to, if any."""
    return mark.actor


def normal(value: Value | None) -> Value | None:
    """Return several codes in one order, so that the order they were chosen in does not matter."""
    return tuple(sorted(value)) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Gathered:
    """What everybody who is done with a layer marked in one article, before it has labels and values.

    Attributes:
        marks: by annotator; somebody who finished and found nothing is there without any.
        ties: by annotator, links with the marks they lead from and to.
    """

    article: Article
    marks: Mapping[Id, Sequence[tuple[Mark, tuple[Extent, ...]]]]
    ties: Mapping[Id, Sequence[tuple[Link, Mark, Mark | None]]]
    tokens: tuple[Extent, ...] = ()

    def document(
        self, label: Labels = by_layer, value: Values | None = None, *, tied: bool = True
    ) -> Document:
        """Return it as a document in which marks are compared by a label and a value.

        Args:
            tied: whether links are looked at, too.
        """
        read = value or _no_value
        return Document(
            self.article.id,
            self.article.length,
            {
                who: tuple([Span(at, label(mark), read(mark), mark.id) for mark, at in mine])
                for who, mine in self.marks.items()
            },
            self.tokens,
            {
                who: tuple([_tie(link, start, end, label, read) for link, start, end in mine])
                for who, mine in self.ties.items()
            }
            if tied
            else {},
        )


def gathered(
    articles: Iterable[Article],
    layer: str,
    marks: Iterable[Mark],
    states: Iterable[State],
    links: Iterable[Link] = (),
    tokens: Mapping[Id, Sequence[Extent]] | None = None,
) -> tuple[Gathered, ...]:
    """Return the articles by id, with what each annotator who is done with the layer marked in it.

    *Done* and *nothing found* count, an open or missing state does not: not having looked is not
    the same as having found nothing. Only annotators' own marks enter, never gold. A mark given
    twice counts once. Every mark stays its annotator's; nothing is united.

    Args:
        links: those that start at a mark of the layer become ties; their ends may be on any layer.
        tokens: by article, needed by token measures.
    """
    done: dict[Id, set[Id]] = {}
    for state in states:
        if state.layer == layer and state.verdict is not Verdict.OPEN:
            done.setdefault(state.article, set()).add(state.annotator)
    own = {mark.id: mark for mark in marks if mark.view is View.ANNOTATOR}
    marked: dict[tuple[Id, Id], list[tuple[Mark, tuple[Extent, ...]]]] = {}
    for mark in own.values():
        if mark.layer == layer:
            at = tuple([part.extent for part in mark.fragments])
            marked.setdefault((mark.article, mark.annotator), []).append((mark, at))
    tied: dict[tuple[Id, Id], list[tuple[Link, Mark, Mark | None]]] = {}
    for link in {link.id: link for link in links if link.view is View.ANNOTATOR}.values():
        start = own.get(link.start)
        if start is not None and start.layer == layer and (link.end is None or link.end in own):
            end = own[link.end] if link.end else None
            tied.setdefault((start.article, start.annotator), []).append((link, start, end))
    by_id = {article.id: article for article in articles}
    return tuple(
        Gathered(
            by_id[id],
            {who: marked.get((id, who), ()) for who in done.get(id, ())},
            {who: tied.get((id, who), ()) for who in done.get(id, ())},
            tuple((tokens or {}).get(id, ())),
        )
        for id in sorted(by_id)
    )


def _no_value(_: Mark) -> None:
    return None


def _span(mark: Mark, label: Labels, read: Values) -> Span:
    return Span(tuple([part.extent for part in mark.fragments]), label(mark), read(mark), mark.id)


def _tie(link: Link, start: Mark, end: Mark | None, label: Labels, read: Values) -> Tie:
    begin = _span(start, label, read)
    if end is None:
        return Tie(link.type, begin, voice=link.voice.value if link.voice else "")
    return Tie(link.type, begin, _span(end, label, read), name=end.actor or end.text.casefold())
