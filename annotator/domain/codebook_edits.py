"""Changing a codebook as a value: items put in or exchanged, never taken out; and telling two apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.domain.codebook import Attribute, Code, Codebook, Layer, LinkType
from annotator.domain.errors import Refused

Item = Layer | Attribute | Code | LinkType

T = TypeVar("T", bound=Layer | Attribute | Code)


@dataclass(frozen=True, slots=True)
class Path:
    """Names an item: a layer; with ``attribute`` one of its attributes; with ``code`` one of its values.

    With ``link`` it is a link type that begins at the layer.
    """

    layer: str
    attribute: str = ""
    code: str = ""
    link: str = ""

    @property
    def words(self) -> str:
        """The item in words: ``code oppose of claim.stance``."""
        if self.link:
            return f"link {self.layer} → {self.link}"
        if self.code:
            return f"value {self.code} of {self.layer}.{self.attribute}"
        return (
            f"attribute {self.layer}.{self.attribute}" if self.attribute else f"layer {self.layer}"
        )


def items(book: Codebook) -> Iterator[tuple[Path, Item]]:
    """Yield every item with its path, in the order of the codebook."""
    for layer in book.layers:
        yield Path(layer.name), layer
        for attribute in layer.attributes:
            yield Path(layer.name, attribute.name), attribute
            for code in attribute.codes:
                yield Path(layer.name, attribute.name, code.name), code
    for link in book.links:
        yield Path(link.start, link=link.name), link


def item(book: Codebook, path: Path) -> Item:
    """Return the item of that path; raise Refused if there is none."""
    for found, thing in items(book):
        if found == path:
            return thing
    raise Refused(f"The codebook has no {path.words}.")


def put(book: Codebook, path: Path, thing: Item) -> Codebook:
    """Return the codebook with the item of that path exchanged, or added at the end of its kind.

    The name of the item must be that of the path.
    """
    if isinstance(thing, LinkType):
        known = [link.id for link in book.links]
        links = [thing if link.id == thing.id else link for link in book.links]
        return replace(book, links=tuple(links if thing.id in known else [*links, thing]))
    if isinstance(thing, Layer):
        layers = _with(book.layers, thing)
        return replace(book, layers=layers)
    layer = book.layer(path.layer)
    if isinstance(thing, Attribute):
        layer = replace(layer, attributes=_with(layer.attributes, thing))
    else:
        attribute = layer.attribute(path.attribute)
        if attribute is None:
            raise Refused(f"The codebook has no {Path(path.layer, path.attribute).words}.")
        codes = _with(attribute.codes, thing)
        layer = replace(layer, attributes=_with(layer.attributes, replace(attribute, codes=codes)))
    return replace(book, layers=_with(book.layers, layer))


def renamed_code(book: Codebook, path: Path, name: str) -> Codebook:
    """Return the codebook with another name for one value, in its old place.

    Values under it in a tree stay under it, and a default that named it names it still.
    """
    attribute = item(book, Path(path.layer, path.attribute))
    assert isinstance(attribute, Attribute)  # noqa: S101  (the path says so)
    codes = tuple(
        replace(
            code,
            name=name if code.name == path.code else code.name,
            parent=name if code.parent == path.code and path.code else code.parent,
        )
        for code in attribute.codes
    )
    default = name if attribute.default == path.code else attribute.default
    return put(
        book, Path(path.layer, path.attribute), replace(attribute, codes=codes, default=default)
    )


def missing(old: Codebook, new: Codebook) -> list[Path]:
    """Return the items of the old codebook that the new one does not have."""
    there = {path for path, _ in items(new)}
    return [path for path, _ in items(old) if path not in there]


def keeping(old: Codebook, new: Codebook) -> Codebook:
    """Return the new codebook with everything it lacks of the old one added, retired."""
    for path in missing(old, new):
        if path in missing(
            old, new
        ):  # not yet come along with the layer or attribute it belongs to
            new = put(new, path, replace(item(old, path), retired=True))
    return new


def differences(old: Codebook, new: Codebook) -> list[str]:
    """Tell in words what changed from one codebook to the other, item by item."""
    before = dict(items(old))
    told = [f"name to “{new.name}”"] if old.name != new.name else []
    if old.description != new.description:
        told.append("description")
    if old.suggesting != new.suggesting:
        told.append("when suggestions are shown")
    for path, thing in items(new):
        was = before.get(path)
        if was is None:
            told.append(f"add {path.words}")
        elif thing.retired != was.retired:
            told.append(f"{'retire' if thing.retired else 'bring back'} {path.words}")
        elif thing.definition != was.definition:
            told.append(f"definition of {path.words}")
        elif _own(thing) != _own(was):
            told.append(f"change {path.words}")
    return told or (["order"] if old != new else [])


def redefined(old: Codebook, new: Codebook) -> list[Path]:
    """Return the items whose definition changed between two versions."""
    before = dict(items(old))
    return [
        path
        for path, thing in items(new)
        if path in before and before[path].definition != thing.definition
    ]


def _own(thing: Item) -> Item:
    """Return an item without what is told of its parts."""
    if isinstance(thing, Layer):
        return replace(thing, attributes=())
    if isinstance(thing, Attribute):
        codes = tuple(Code(code.name) for code in thing.codes[:1])
        return replace(thing, codes=codes)
    return thing


def _with(things: tuple[T, ...], thing: T) -> tuple[T, ...]:
    """Return the things with the one of that name exchanged, or added at the end."""
    if all(other.name != thing.name for other in things):
        return (*things, thing)
    return tuple(thing if other.name == thing.name else other for other in things)
