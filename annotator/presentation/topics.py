"""Choosing from a long list or tree of values by typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.codebook import Attribute, Code, Kind
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.step import Outcome
from annotator.presentation import leaving
from annotator.presentation.shortening import in_quotes
from annotator.presentation.used_values import UsedValues
from annotator.services import marking, new_codes
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

LONG = 9
"""A list with more values than this, or with values under each other, is chosen from by typing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One value that may be chosen.

    Attributes:
        depth: how many values it stands under.
        fits: whether it has the words typed; others are shown for what stands under them.
        is_new: whether choosing it makes it.
    """

    name: str
    label: str
    depth: int = 0
    chosen: bool = False
    fits: bool = True
    hint: str = ""
    is_new: bool = False


def by_typing(attribute: Attribute) -> bool:
    """Tell whether an attribute is chosen from by typing rather than by a row of buttons."""
    codes = [code for code in attribute.codes if not code.retired]
    if attribute.kind is Kind.SEVERAL:
        return not codes or len(codes) > LONG or any(code.parent for code in codes)
    return attribute.kind is Kind.CHOICE and (
        len(codes) > LONG or any(code.parent for code in codes)
    )


def offers(desk: Desk, name: str, words: str) -> list[Offer]:
    """Return the values of an attribute of the current mark that have these words, as a tree.

    What has none of the words but stands above one that does is kept, so that the tree
    holds together. Words that are no value yet are offered as a new one, at the end.
    """
    mark, project = desk.reader.current, desk.project
    return _offers(project, desk.used_values, mark, name, words) if project and mark else []


def prepare(desk: Desk, name: str) -> None:
    """Have the values of a list of the current mark known by the time somebody types."""
    mark, project = desk.reader.current, desk.project
    if project and mark and _takes_any(project, mark, name):
        desk.used_values.want(mark.layer, name)


def _offers(project: Project, used: UsedValues, mark: Mark, name: str, words: str) -> list[Offer]:
    attribute = project.codebook.layer(mark.layer).attribute(name)
    if attribute is None:
        return []
    value = mark.attributes.get(name)
    chosen: set[object] = set(value) if isinstance(value, tuple) else {value}
    if attribute.codes:
        found = _tree(attribute, words, chosen)
    else:
        found = [
            Offer(item, item, chosen=item in chosen)
            for item in used.of(mark.layer, name)
            if _has(item, words)
        ]
    wanted = " ".join(words.split())
    known = {text.casefold() for offer in found for text in (offer.name, offer.label)}
    if wanted and wanted.casefold() not in known and attribute.kind is Kind.SEVERAL:
        found.append(Offer(wanted, wanted, is_new=True))
    return found


def take(desk: Desk, name: str, offer: Offer) -> None:
    """Give the current mark a value, or take it off where it has it."""
    mark = desk.reader.current
    if mark is None:
        return
    if offer.is_new:
        desk.act(lambda project: new_codes.add(project, mark.id, name, offer.name))
        return
    value = mark.attributes.get(name)
    if isinstance(value, tuple) or _is_list(desk, name):
        old = value if isinstance(value, tuple) else ()
        left = tuple(item for item in old if item != offer.name)
        desk.set_value(name, (left if offer.name in old else (*old, offer.name)) or None)
    else:
        desk.toggle_value(name, offer.name)


def keep(desk: Desk, name: str, mark: Id, words: str) -> bool:
    """Give a mark the value whose words were left in its field, whatever mark is current by now.

    Words that may mean several values are told, and nothing is taken off. Tells whether the words
    were taken.
    """

    def work(project: Project) -> Outcome:
        own = project.own_mark(mark)
        if _takes_any(project, own, name):
            desk.used_values.want(own.layer, name, at_once=True)
        offer = _meant(project, desk.used_values, own, name, words)
        if offer.is_new:
            return new_codes.add(project, mark, name, offer.name)
        if offer.chosen:
            return Outcome(None)
        attribute = project.codebook.layer(own.layer).attribute(name)
        if attribute is None or attribute.kind is not Kind.SEVERAL:
            return marking.set_attribute(project, mark, name, offer.name)
        old = own.attributes.get(name)
        chosen = old if isinstance(old, tuple) else ()
        return marking.set_attribute(project, mark, name, (*chosen, offer.name))

    return leaving.keep(desk, words, work)


def _meant(project: Project, used: UsedValues, mark: Mark, name: str, words: str) -> Offer:
    """Return the value of these very words, or else the only one that has them, or a new one.

    Raises:
        Refused: none or several have them.
    """
    found = [offer for offer in _offers(project, used, mark, name, words) if offer.fits]
    known = [offer for offer in found if not offer.is_new]
    new = [offer for offer in found if offer.is_new]
    wanted = " ".join(words.split()).casefold()
    for offer in known:
        if wanted in (offer.name.casefold(), offer.label.casefold()):
            return offer
    if new and (_takes_any(project, mark, name) or not known):
        return new[0]
    if len(known) == 1:
        return known[0]
    raise Refused(
        f"{len(known)} values have the words {in_quotes(words)}: choose one of them."
        if known
        else f"No value has the words {in_quotes(words)}: choose one of those offered."
    )


def _takes_any(project: Project, mark: Mark, name: str) -> bool:
    """Tell whether an attribute is a list without codes, which takes every value as it is."""
    attribute = project.codebook.layer(mark.layer).attribute(name)
    return attribute is not None and not attribute.codes


def _is_list(desk: Desk, name: str) -> bool:
    mark, project = desk.reader.current, desk.project
    attribute = project.codebook.layer(mark.layer).attribute(name) if project and mark else None
    return attribute is not None and attribute.kind is Kind.SEVERAL


def _tree(attribute: Attribute, words: str, chosen: set[object]) -> list[Offer]:
    """Return the codes in the order of the tree, each under its parent."""
    codes = [code for code in attribute.codes if not code.retired or code.name in chosen]
    names = {code.name for code in codes}
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in names else "", []).append(code)
    found: list[Offer] = []

    def walk(parent: str, depth: int, seen: frozenset[str]) -> bool:
        """Add what stands under a value; tell whether any of it fits."""
        any_fits = False
        for code in below.get(parent, ()):
            if code.name in seen:
                continue
            place = len(found)
            fits = _has(f"{code.name} {code.label}", words)
            under = walk(code.name, depth + 1, seen | {code.name})
            if fits or under:
                found.insert(
                    place,
                    Offer(
                        code.name,
                        code.label or code.name,
                        depth,
                        code.name in chosen,
                        fits,
                        code.definition.text,
                    ),
                )
                any_fits = True
        return any_fits

    walk("", 0, frozenset())
    return found


def _has(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())
