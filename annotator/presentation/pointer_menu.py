"""What the menu at the pointer offers: the most used at the top, the rest in menus of their own by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from annotator.domain.codebook import Attribute, Kind, LinkType
from annotator.domain.errors import NotFound
from annotator.domain.mark import Mark, Value
from annotator.presentation import topics, tying
from annotator.presentation.menu_items import Branch, Entry, Item
from annotator.presentation.shortening import begun, short
from annotator.presentation.value_keys import stored_value
from annotator.services import linking

if TYPE_CHECKING:
    from annotator.presentation.commands import Command
    from annotator.presentation.desk import Desk

FIELDS = 5
"""A layer with more attributes than this has them in one menu, so that the first one stays short."""

WORDS = 40
"""Characters of a mark's words that tell it from the others."""

ANSWERS = ("suggestion.accept", "suggestion.change", "suggestion.reject")
"""How the ids of the commands begin that answer a suggestion."""


def groups(desk: Desk) -> list[list[Item]]:
    """Return what can be done now with what lies under the pointer, group by group, none of them empty."""
    known = {command.id: command for command in desk.commands if command.available(desk)}
    reader = desk.reader
    mark = reader.current
    found: list[list[Item]]
    if reader.linking:
        found = [
            _partner(desk, known, mark) if mark else [],
            [Entry(known["mark.release"], "Cancel: tie nothing")],
        ]
    elif mark and not reader.has_selection:
        found = [
            _values(desk, known, mark),
            _ties(desk, known, mark),
            _entries(known, "mark.who", "mark.who-else", "mark.note", "edit.delete"),
            _more(desk, known, mark),
        ]
    elif reader.article is None:
        found = [
            _entries(known, "project.import", "project.import_folder"),
            _entries(known, "project.new", "project.open"),
        ]
    else:
        found = [
            _entries(known, *(id for id in known if id.startswith(ANSWERS))),
            _entries(known, *(id for id in known if id.startswith("mark.as."))),
            _once_more(desk, known),
        ]
    found.append(_entries(known, "edit.undo", "edit.redo"))
    return [group for group in found if group]


def _entries(known: Mapping[str, Command], *ids: str) -> list[Item]:
    return [Entry(known[id]) for id in ids if id in known]


def _once_more(desk: Desk, known: Mapping[str, Command]) -> list[Item]:
    """What goes on from the mark that was made or chosen last, where there is one."""
    if desk.reader.recent in desk.reader.marks:
        return _entries(known, "mark.join", "mark.again")
    return _entries(known, "mark.again") if desk.again else []


def _branch(title: str, items: Iterable[Item]) -> list[Item]:
    found = tuple(items)
    return [Branch(title, found)] if found else []


def _partner(desk: Desk, known: Mapping[str, Command], mark: Mark) -> list[Item]:
    """The tie that is being made, to the mark under the pointer, if the codebook allows it."""
    project, words = desk.project, short(mark.text, WORDS)
    if project is None or desk.reader.linking is None:
        return []
    start, type = desk.reader.linking
    try:
        ties = linking.fitting(project, start, mark.id)
    except NotFound:
        return []
    if type == tying.ANY:
        return [Entry(known["link.pick"], f"Tie to {words}")] if ties else []
    tie = f"{begun(tying.called(desk, start, type))}: {words}"
    return [Entry(known["link.pick"], tie)] if (start, type, mark.id) in ties else []


def _values(desk: Desk, known: Mapping[str, Command], mark: Mark) -> list[Item]:
    """The values that a key gives, a menu for each attribute; those that are typed lead to their field."""
    if desk.project is None:
        return []
    found: list[Item] = []
    typed = {"mark.topics": topics.by_typing, "mark.date": _is_date}
    for attribute in desk.project.codebook.layer(mark.layer).attributes:
        start = f"value.{mark.layer}.{attribute.name}."
        value = mark.attributes.get(attribute.name)
        title = attribute.label or attribute.name.capitalize()
        field = next((id for id, is_so in typed.items() if is_so(attribute)), "")
        if field and not attribute.retired:
            # The key goes to the first field of its kind.
            del typed[field]
            found.append(Entry(known[field], f"{title} …"))
        found += _branch(
            title,
            (
                Entry(known[start + name], words, is_current=_has(value, stored))
                for name, words, stored in _named(attribute)
                if start + name in known
            ),
        )
    return found if len(found) <= FIELDS else _branch("Values", found)


def _is_date(attribute: Attribute) -> bool:
    return attribute.kind is Kind.DATE


def _has(value: Value | None, stored: Value) -> bool:
    return stored in value if isinstance(value, tuple) else value == stored


def _named(attribute: Attribute) -> list[tuple[str, str, Value]]:
    """Return the values of an attribute: as commands call them, as people do, as they are stored."""
    if attribute.kind is Kind.YES_NO:
        return [("yes", "Yes", True), ("no", "No", False)]
    return [
        (code.name, code.label or code.name, stored_value(attribute, code))
        for code in attribute.codes
        if not code.retired
    ]


def _ties(desk: Desk, known: Mapping[str, Command], mark: Mark) -> list[Item]:
    """The first tie of the layer, which is whose words or feeling it is; the others in a menu."""
    kinds = desk.project.codebook.links_from(mark.layer) if desk.project else ()
    begin = _entries(known, "link.begin")
    if not kinds:
        return begin
    others = [item for kind in kinds[1:] for item in _tie(desk, known, mark, kind)]
    return [
        *_tie(desk, known, mark, kinds[0]),
        *_entries(known, "link.voice", "link.unknown"),
        *_branch("Other ties", [*others, *begin]),
    ]


def _tie(desk: Desk, known: Mapping[str, Command], mark: Mark, kind: LinkType) -> list[Item]:
    """The tie to whom the key would tie, by name, and the choice of another."""
    # To find out that there is nobody takes a look at every mark.
    project = desk.project if any(map(desk.reader.count, kind.ends)) else None
    try:
        nearest = linking.nearest(project, mark.id, kind.name) if project else None
    except NotFound:
        # An act that goes on has taken the mark away.
        nearest = None
    words = short(nearest.text, WORDS) if nearest else "the nearest"
    ids = ((f"link.{kind.id}", words), (f"link.{kind.id}.choose", "choose …"))
    return [Entry(known[id], f"{begun(kind.called)}: {which}") for id, which in ids if id in known]


def _more(desk: Desk, known: Mapping[str, Command], mark: Mark) -> list[Item]:
    """What is done with a mark now and then."""
    page, project = desk.reader.page, desk.project
    here = [other for other in page.marks_at(page.caret) if not other.ghost]
    layers = [
        Entry(known[id], layer.label)
        for layer in (project.codebook.open_layers if project else ())
        if layer.name != mark.layer and (id := f"mark.as.{layer.name}") in known
    ]
    return [
        *_entries(known, *(["mark.choose"] if len(here) > 1 else [])),
        *_entries(known, *(["mark.cut"] if len(mark.fragments) > 1 else [])),
        *_branch("Turn into", layers),
        *_branch("Mark more", _entries(known, "mark.again", "mark.all", "mark.all-articles")),
    ]
