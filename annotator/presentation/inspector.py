"""What the inspector shows of the mark under the caret, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.article import Article
from annotator.domain.codebook import Attribute, Code, Codebook, Kind
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Value
from annotator.domain.segments import sentence_at
from annotator.presentation import moments, topics
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.link_slots import LinkSlot, link_slots
from annotator.presentation.shortening import short
from annotator.presentation.value_keys import stored_value
from annotator.services import actor_book, history, recognising, spreading
from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a key or a click gives."""

    name: str
    label: str
    key: str
    chosen: bool
    hint: str


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of the mark.

    Attributes:
        by_typing: whether its values are found by typing, since there are many.
        hint: what holds while it is not filled in.
    """

    attribute: str
    label: str
    kind: Kind
    choices: tuple[Choice, ...]
    value: Value | None
    missing: bool
    by_typing: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Which entry of the actor book a mention stands for.

    Attributes:
        reason: what speaks for the proposed one.
        is_awaited: nobody is proposed yet, since a large book is still to be arranged (``who.arrange``).
    """

    name: str
    proposed: str
    reason: str = ""
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the mark's history."""

    at: str
    words: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Stacked:
    """One of several marks that lie under the caret."""

    mark: Id
    label: str
    words: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Inspected:
    """All that is shown of one mark.

    Attributes:
        same_here: how often its words stand again in the article, unmarked on its layer.
        before, after: the rest of the sentence that the words stand in, on one line.
        stack: the marks under the caret, smallest first, where there are several.
    """

    mark: Id
    layer: str
    label: str
    colour: tuple[str, str]
    quote: str
    fields: tuple[Field, ...]
    links: tuple[LinkSlot, ...]
    who: Who | None
    note: str
    definition: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    events: tuple[Event, ...]
    made: str
    same_here: int
    stack: tuple[Stacked, ...] = ()
    before: str = ""
    after: str = ""


def inspect(
    project: Project,
    mark: Mark,
    records: ArticleRecords,
    here: Sequence[Id] = (),
) -> Inspected:
    """Return what the inspector shows of a mark, given what else the annotator made in its article.

    Args:
        here: the marks under the caret, smallest first.
    """
    codebook = project.codebook
    layer = codebook.layer(mark.layer)
    article = project.article(mark.article)
    before, after = _around(project.text(article), mark)
    return Inspected(
        mark=mark.id,
        layer=layer.name,
        label=layer.label,
        colour=layer.colour,
        quote=mark.text,
        fields=tuple(
            _field(attribute, mark, article)
            for attribute in layer.attributes
            if not attribute.retired
        ),
        links=link_slots(project, mark, records),
        who=_who(project, mark) if mark.layer == "actor" else None,
        note=mark.note,
        definition=layer.definition.text,
        examples=layer.definition.examples,
        counter_examples=layer.definition.counter_examples,
        events=tuple(
            Event(moments.told(entry.step.at), entry.step.name, entry.step.state.value != "done")
            for entry in history.entries(project, 12, mark.id)
        ),
        made=f"{mark.made.origin.value} · {moments.told(mark.made.created)}",
        same_here=len(
            spreading.places(
                project, mark.id, wide=False, taken=records.extents_on(mark.layer)
            ).here
        ),
        before=before,
        after=after,
        stack=_stack(codebook, mark, [records.marks[id] for id in here if id in records.marks]),
    )


def _stack(codebook: Codebook, current: Mark, here: Sequence[Mark]) -> tuple[Stacked, ...]:
    if len(here) < 2:
        return ()
    return tuple(
        Stacked(mark.id, codebook.layer(mark.layer).label, short(mark.text, 28), mark is current)
        for mark in here
    )


def _around(text: str, mark: Mark) -> tuple[str, str]:
    """Return what stands before and after the words in their sentence, with the blank next to them."""
    begin, end = sentence_at(text, mark.start)[0], sentence_at(text, mark.end - 1)[1]
    before, after = text[begin : mark.start], text[mark.end : max(end, mark.end)]
    return (
        " ".join(before.split()) + (" " if before[-1:].isspace() else ""),
        (" " if after[:1].isspace() else "") + " ".join(after.split()),
    )


def _field(attribute: Attribute, mark: Mark, article: Article) -> Field:
    value = mark.attributes.get(attribute.name)
    if attribute.kind is Kind.YES_NO:
        choices = tuple(
            Choice(name, label, "", value is flag, "")
            for name, label, flag in (("yes", "Yes", True), ("no", "No", False))
        )
    else:
        choices = tuple(
            Choice(
                code.name,
                code.label or code.name,
                code.key,
                _is_chosen(value, attribute, code),
                code.definition.text,
            )
            for code in attribute.codes
            if not code.retired or _is_chosen(value, attribute, code)
        )
    return Field(
        attribute=attribute.name,
        label=attribute.label or attribute.name,
        kind=attribute.kind,
        choices=choices,
        value=value,
        missing=attribute.required and value is None,
        by_typing=topics.by_typing(attribute),
        hint=(article.meta.published or "") if attribute.kind is Kind.DATE else "",
    )


def _is_chosen(value: Value | None, attribute: Attribute, code: Code) -> bool:
    if value is None:
        return False
    if isinstance(value, tuple):
        return code.name in value
    return value == stored_value(attribute, code)


def _who(project: Project, mark: Mark) -> Who:
    if mark.actor:
        entry = actor_book.entry(project, mark.actor)
        return Who(entry.name, "")
    if not recognising.is_arranged(project):
        return Who("", "", is_awaited=True)
    found = actor_book.candidates(project, mark.id)
    if found:
        return Who("", found[0].actor.name, found[0].reason)
    return Who("", f"new: {short(mark.text)}")
