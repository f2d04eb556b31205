"""From what the project holds to what is compared: documents of one layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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

    def label(mark: Mark) -> str:
        value = normal(mark.attributes.get(name))
        if value is None:
            return NOT_SAID
        return " + ".join(value) if isinstance(value, tuple) else str(value)

    return label


def attribute(name: str) -> Values:
    """Return what reads the value of an attribute."""

    def value(mark: Mark) -> Value | None:
        return normal(mark.attributes.get(name))

    return value


def actor(mark: Mark) -> Value | None:
    """Return the entry of the actor book a mention is tied to, if any."""
    return mark.actor


def normal(value: Value | None) -> Value | None:
    """Return several codes in one order, so that the order they were chosen in does not matter."""
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def gather(
    articles: Iterable[Article],
    layer: str,
    marks: Iterable[Mark],
    states: Iterable[State],
    links: Iterable[Link] = (),
    label: Labels = by_layer,
    value: Values | None = None,
    tokens: Mapping[Id, Sequence[Extent]] | None = None,
) -> tuple[Document, ...]:
    """Return the articles with what each annotator who is done with the layer marked in it.

    *Done* and *nothing found* count, an open or missing state does not: not having looked is not
    the same as having found nothing. Only annotators' own marks enter, never gold. A mark given
    twice counts once. Every span stays its annotator's; nothing is united.

    Args:
        links: those that start at a mark of the layer become ties; their ends may be on any layer.
        label, value: what is compared as kind and as value of a mark.
        tokens: by article, needed by token measures.
    """
    done: dict[Id, set[Id]] = {}
    for state in states:
        if state.layer == layer and state.verdict is not Verdict.OPEN:
            done.setdefault(state.article, set()).add(state.annotator)
    own = {mark.id: mark for mark in marks if mark.view is View.ANNOTATOR}
    spans = {key: _span(mark, label, value) for key, mark in own.items()}
    marked: dict[tuple[Id, Id], list[Span]] = {}
    for key, mark in own.items():
        if mark.layer == layer:
            marked.setdefault((mark.article, mark.annotator), []).append(spans[key])
    tied: dict[tuple[Id, Id], list[Tie]] = {}
    for link in {link.id: link for link in links if link.view is View.ANNOTATOR}.values():
        start = own.get(link.start)
        if start is not None and start.layer == layer and (link.end is None or link.end in own):
            tied.setdefault((start.article, start.annotator), []).append(_tie(link, own, spans))
    return tuple(
        Document(
            article.id,
            article.length,
            {who: tuple(marked.get((article.id, who), ())) for who in done.get(article.id, ())},
            tuple((tokens or {}).get(article.id, ())),
            {who: tuple(tied.get((article.id, who), ())) for who in done.get(article.id, ())},
        )
        for article in sorted(
            {article.id: article for article in articles}.values(), key=lambda one: one.id
        )
    )


def _span(mark: Mark, label: Labels, value: Values | None) -> Span:
    return Span(
        tuple(part.extent for part in mark.fragments),
        label(mark),
        value(mark) if value else None,
        mark.id,
    )


def _tie(link: Link, marks: Mapping[Id, Mark], spans: Mapping[Id, Span]) -> Tie:
    start = spans[link.start]
    if link.end is None:
        return Tie(link.type, start, voice=link.voice.value if link.voice else "")
    end = marks[link.end]
    return Tie(link.type, start, spans[link.end], name=end.actor or end.text.casefold())
