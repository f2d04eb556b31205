"""Making, changing and deleting marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.domain import labels, quotation
from annotator.domain.article import State, Verdict
from annotator.domain.codebook import CLAIM, Layer
from annotator.domain.errors import Refused
from annotator.domain.fragment import Extent, Fragment, place
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Origin, Provenance, Value, View
from annotator.domain.slices import SAVING, Slices, sliced
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, named
from annotator.store import states
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer

T = TypeVar("T")

BATCH = 100
"""So many marks are changed in one slice."""

REMOVED_AT_ONCE = 20
"""So many marks are deleted in one slice, each with its links."""

TOLD_BY_WORDS = frozenset({"mode", "date"})
"""Attributes that belong to the words of one mark and are not carried over to others."""


def mark(
    project: Project,
    article: Id,
    extents: Iterable[Extent],
    layer: str,
    attributes: Mapping[str, Value] | None = None,
) -> Outcome:
    """Mark a selection, trimmed of blank space, on a layer.

    Attributes not given take the default of the codebook. A layer that the annotator had
    called “nothing found” in this article is open again.

    Raises:
        Refused: nothing visible selected, outside the text, or a retired layer.
    """
    text = project.text(project.article(article))
    made = new_mark(project, article, text, extents, layer, attributes)
    with project.step(f"Mark {named(project, made)}", article) as ticket:
        ticket.write.put(made)
        reopen(project, ticket.write, article, layer)
    return ticket.outcome


def new_mark(
    project: Project,
    article: Id,
    text: str,
    extents: Iterable[Extent],
    layer: str,
    attributes: Mapping[str, Value] | None = None,
    origin: Origin = Origin.MANUAL,
) -> Mark:
    """Return a mark that is not written yet, with the codebook's defaults for values not given.

    Raises:
        Refused: nothing visible in the extents, outside the text, or a retired layer.
    """
    kind = _usable(project, layer)
    fragments = place(text, extents)
    values = {**_defaults(kind, text, fragments), **(attributes or {})}
    return Mark(
        id=project.file.new_id(),
        article=article,
        view=View.ANNOTATOR,
        layer=layer,
        fragments=fragments,
        made=project.provenance(origin),
        attributes=project.codebook.check_attributes(layer, values),
    )


def reopen(project: Project, write: Writer, article: Id, layer: str) -> None:
    """Open a layer again that was called “nothing found” in an article, within a step."""
    verdicts = states.of_article(project.db, article, project.annotator.id)
    if verdicts.get(layer) is Verdict.NOTHING_FOUND:
        write.put(State(article, project.annotator.id, layer, Verdict.OPEN, project.file.clock()))


def add_fragment(project: Project, mark_id: Id, extents: Iterable[Extent]) -> Outcome:
    """Add words to a mark: a further fragment, joined to those it touches."""
    old = project.own_mark(mark_id)
    text = project.text(project.article(old.article))
    fragments = place(text, [*(part.extent for part in old.fragments), *extents])
    return _change(project, f"Add words to {named(project, old)}", old, fragments=fragments)


def remove_fragment(project: Project, mark_id: Id, offset: int) -> Outcome:
    """Take the fragment that covers ``offset`` out of a mark.

    Raises:
        Refused: it is the only one; a mark is deleted, not emptied.
    """
    old = project.own_mark(mark_id)
    rest = tuple(part for part in old.fragments if not part.start <= offset < part.end)
    if not rest:
        raise Refused("This is the only fragment of the mark: delete the mark instead.")
    return _change(project, f"Take words out of {named(project, old)}", old, fragments=rest)


def reshape(project: Project, mark_id: Id, extents: Iterable[Extent]) -> Outcome:
    """Give a mark other bounds; links stay, since they go by id."""
    old = project.own_mark(mark_id)
    text = project.text(project.article(old.article))
    fragments = place(text, extents)
    return _change(project, f"Change the bounds of {named(project, old)}", old, fragments=fragments)


def relabel(project: Project, mark_id: Id, layer: str) -> Outcome:
    """Move a mark to another layer.

    Attributes and links that the other layer does not have are taken off in the same
    step, so undo brings them back.
    """
    old = project.own_mark(mark_id)
    kind = _usable(project, layer)
    if old.layer == layer:
        return Outcome(None)
    text = project.text(project.article(old.article))
    kept = {name: value for name, value in old.attributes.items() if _fits(kind, name, value)}
    changed = replace(
        old,
        layer=layer,
        attributes=project.codebook.check_attributes(
            layer, {**_defaults(kind, text, old.fragments), **kept}
        ),
        actor=old.actor if layer == "actor" else None,
        made=_touched(project, old),
    )
    name = f"Turn {named(project, old)} into {layer_called(project, layer)}"
    with project.step(name, old.article) as ticket:
        ticket.write.put(changed)
        for link in project.links_of(mark_id):
            if not _still_fits(project, link, changed):
                ticket.write.remove(link)
        reopen(project, ticket.write, old.article, layer)
    return ticket.outcome


def set_attribute(project: Project, mark_id: Id, name: str, value: Value | None) -> Outcome:
    """Give a mark the value of one attribute, or take it off (None)."""
    return set_attribute_of_all(project, [mark_id], name, value)


@sliced
def set_attribute_of_all(
    project: Project, mark_ids: Sequence[Id], name: str, value: Value | None
) -> Slices[Outcome]:
    """Give many marks the value of one attribute, in one step; slice by slice for a window."""
    olds: list[Mark] = []
    for ids in _batches(mark_ids):
        olds += [project.own_mark(id) for id in ids]
        yield
    if not olds:
        return Outcome(None)
    what = named(project, olds[0]) if len(olds) == 1 else counted(len(olds), "mark")
    title = f"Set {_in_words(project, olds[0].layer, name, what, value)}"
    with project.step(title, _one_article(olds)) as ticket:
        for batch in _batches(olds):
            changed = []
            for old in batch:
                values = {key: kept for key, kept in old.attributes.items() if key != name}
                if value is not None:
                    values[name] = value
                new = replace(old, attributes=project.codebook.check_attributes(old.layer, values))
                if new != old:
                    changed.append(replace(new, made=_touched(project, old)))
            ticket.write.put_all(changed)
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def set_note(project: Project, mark_id: Id, note: str) -> Outcome:
    """Write a note on a mark."""
    old = project.own_mark(mark_id)
    return _change(project, f"Note on {named(project, old)}", old, note=note)


@sliced
def delete(project: Project, mark_ids: Sequence[Id]) -> Slices[Outcome]:
    """Delete marks with the links that begin or end at them, in one step; undo restores all."""
    olds: list[Mark] = []
    for ids in _batches(mark_ids):
        olds += [project.own_mark(id) for id in ids]
        yield
    if not olds:
        return Outcome(None)
    what = named(project, olds[0]) if len(olds) == 1 else counted(len(olds), "mark")
    with project.step(f"Delete {what}", _one_article(olds)) as ticket:
        for number, old in enumerate(olds, 1):
            for link in project.links_of(old.id):
                ticket.write.remove(link)
            ticket.write.remove(old)
            if number % REMOVED_AT_ONCE == 0:
                yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def mark_like(project: Project, article: Id, extents: Iterable[Extent], model: Id) -> Outcome:
    """Mark a selection as another mark is: its layer, its values, not what its own words told.

    Raises:
        Refused: nothing visible selected, outside the text, or a retired layer.
    """
    found = project.own_mark(model)
    values = {name: value for name, value in found.attributes.items() if name not in TOLD_BY_WORDS}
    return mark(project, article, extents, found.layer, values)


def _batches(many: Sequence[T]) -> Iterator[Sequence[T]]:
    return (many[first : first + BATCH] for first in range(0, len(many), BATCH))


def _change(
    project: Project,
    name: str,
    old: Mark,
    *,
    fragments: tuple[Fragment, ...] | None = None,
    note: str | None = None,
) -> Outcome:
    changed = replace(
        old,
        fragments=old.fragments if fragments is None else fragments,
        note=old.note if note is None else note,
    )
    with project.step(name, old.article) as ticket:
        if changed != old:
            ticket.write.put(replace(changed, made=_touched(project, old)))
    return ticket.outcome


def _touched(project: Project, old: Mark) -> Provenance:
    """Return the provenance of a mark that is changed now; an accepted suggestion is an edited one."""
    suggested = old.made.origin is Origin.SUGGESTED
    return replace(
        old.made,
        modified=project.file.clock(),
        codebook_version=project.book.version,
        origin=Origin.EDITED if suggested else old.made.origin,
    )


def _usable(project: Project, layer: str) -> Layer:
    kind = project.codebook.layer(layer)
    if kind.retired:
        raise Refused(f"The layer “{kind.label}” is retired: bring it back in the codebook first.")
    return kind


def _defaults(kind: Layer, text: str, fragments: tuple[Fragment, ...]) -> dict[str, Value]:
    values = {
        attribute.name: attribute.default
        for attribute in kind.attributes
        if attribute.default is not None and not attribute.retired
    }
    mode = kind.attribute("mode")
    if kind.name == CLAIM and mode and not mode.retired:
        values["mode"] = quotation.mode(text, fragments)
    return {name: value for name, value in values.items() if _fits(kind, name, value)}


def _fits(kind: Layer, name: str, value: Value) -> bool:
    attribute = kind.attribute(name)
    if attribute is None or attribute.retired:
        return False
    try:
        attribute.check(value)
    except Refused:
        return False
    return True


def _still_fits(project: Project, link: Link, changed: Mark) -> bool:
    start = changed if link.start == changed.id else project.own_mark(link.start)
    end = None
    if link.end is not None:
        end = changed if link.end == changed.id else project.own_mark(link.end)
    try:
        project.codebook.check_link(link.type, start.layer, end.layer if end else None)
    except Refused:
        return False
    return True


def _in_words(project: Project, layer: str, name: str, what: str, value: Value | None) -> str:
    kind = project.codebook.layer(layer).attribute(name)
    words = "nothing" if value is None else labels.value(kind, value)
    return f"{labels.attribute(project.codebook, layer, name)} of {what} to {words}"


def _one_article(marks: list[Mark]) -> Id | None:
    articles = {mark.article for mark in marks}
    return articles.pop() if len(articles) == 1 else None
