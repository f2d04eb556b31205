"""The codebook: layers, attributes, link types and what each of them means. It is data.

Items are never deleted, only retired, so that every mark made under an old version keeps
its meaning. Each may have a note, one line for those who write the codebook; it is no part of
what the item means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.attribute import Attribute, Code, Definition, Kind
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.domain.policy import Policy

__all__ = [
    "ACTOR", "CLAIM", "COLOURS", "CUE", "SENTIMENT", "Attribute", "Code", "Codebook",
    "CodebookVersion", "Definition", "Kind", "Layer", "LinkType", "Shape",
]  # fmt: skip

ACTOR = "actor"
CLAIM = "claim"
CUE = "cue"
SENTIMENT = "sentiment"

COLOURS = (
    ("#0072b2", "#56b4e9"), ("#8a5a00", "#e6a83c"), ("#6b6f76", "#9aa0a6"), ("#c2410c", "#ff8a5c"),
    ("#00795a", "#3ecf9a"), ("#8e3b76", "#e29ac6"), ("#5b5f97", "#a5a9e0"), ("#7a6a00", "#d8c84a"),
)  # fmt: skip
"""Pairs for the light and the dark theme that stand out, and differ also for the colour-blind."""


class Shape(StrEnum):
    """How a layer is drawn, so that colour is never alone (DESIGN: shapes)."""

    BOX = "box"
    BRACKETS = "brackets"
    DOTTED = "dotted"
    WAVE = "wave"
    DASHED = "dashed"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of mark.

    Attributes:
        key: the key that makes a mark of this layer from the selection.
        colour: light and dark theme, ``#rrggbb``.
    """

    name: str
    label: str
    key: str
    shape: Shape
    colour: tuple[str, str]
    attributes: tuple[Attribute, ...] = ()
    definition: Definition = field(default_factory=Definition)
    retired: bool = False
    note: str = ""

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name, retired or not."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


@dataclass(frozen=True, slots=True)
class LinkType:
    """A typed tie and the layers it may join.

    Attributes:
        start: layer the link begins at.
        ends: layers it may lead to.
        several: whether one mark may have more than one.
        voices: whether “the author” and “unknown” are allowed instead of a mark.
    """

    name: str
    start: str
    ends: tuple[str, ...]
    label: str = ""
    key: str = ""
    several: bool = False
    voices: bool = False
    required: bool = False
    definition: Definition = field(default_factory=Definition)
    retired: bool = False
    note: str = ""

    @property
    def id(self) -> str:
        """Name and starting layer: two layers may each have a link of one name."""
        return f"{self.start}→{self.name}"

    @property
    def called(self) -> str:
        """What people read: the label, or else the name."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that may be marked, and how."""

    name: str
    layers: tuple[Layer, ...]
    links: tuple[LinkType, ...] = ()
    description: str = ""
    suggesting: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        _refuse_doubles("layer", (layer.name for layer in self.layers))
        for layer in self.layers:
            _refuse_doubles(f"attribute of {layer.name}", (item.name for item in layer.attributes))
            for attribute in layer.attributes:
                _refuse_doubles(
                    f"value of {attribute.name}", (code.name for code in attribute.codes)
                )
        _refuse_doubles("link type", (link.id for link in self.links))
        self._refuse_loose_links()

    def layer(self, name: str) -> Layer:
        """Return the layer, retired or not; raise Refused if there is none of that name."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise Refused(f"The codebook has no layer “{name}”: add it to the codebook first.")

    def has_layer(self, name: str) -> bool:
        """Tell whether there is a layer of that name, retired or not."""
        return any(layer.name == name for layer in self.layers)

    @property
    def open_layers(self) -> tuple[Layer, ...]:
        """Layers that are not retired, in order."""
        return tuple(layer for layer in self.layers if not layer.retired)

    def links_from(self, layer: str) -> tuple[LinkType, ...]:
        """Return the link types that begin at a layer and are not retired, in order."""
        return tuple(link for link in self.links if link.start == layer and not link.retired)

    def link(self, layer: str, name: str) -> LinkType:
        """Return the link type that begins at ``layer``; raise Refused if there is none."""
        for link in self.links:
            if link.start == layer and link.name == name:
                return link
        raise Refused(
            f"The codebook has no link “{name}” from {layer}: add it to the codebook first."
        )

    def link_called(self, layer: str, name: str) -> str:
        """Return what people call a link that begins at ``layer``; its name if the codebook has none such."""
        known = (link.called for link in self.links if (link.start, link.name) == (layer, name))
        return next(known, name)

    def check_attributes(self, layer: str, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values in stored form and in the codebook's order.

        Raises:
            Refused: an attribute the layer does not have, or a value it does not allow.
        """
        known = self.layer(layer)
        unknown = [name for name in values if known.attribute(name) is None]
        if unknown:
            raise Refused(
                f"The layer “{layer}” has no attribute “{unknown[0]}”: add it to the codebook first."
            )
        return {
            attribute.name: attribute.check(values[attribute.name])
            for attribute in known.attributes
            if attribute.name in values
        }

    def check_link(self, type: str, start: str, end: str | None) -> LinkType:
        """Return the link type if it may join these layers (``end`` None: a voice); else raise Refused."""
        link = self.link(start, type)
        if end is None and not link.voices:
            raise Refused(f"The {type} of a {start} must be a mark, not the author or “unknown”.")
        if end is not None and end not in link.ends:
            allowed = " or ".join(link.ends)
            raise Refused(f"The {type} of a {start} must be a mark of layer {allowed}, not {end}.")
        return link

    def _refuse_loose_links(self) -> None:
        names = {layer.name for layer in self.layers}
        for link in self.links:
            for end in (link.start, *link.ends):
                if end not in names:
                    raise Refused(
                        f"The link “{link.name}” names a layer “{end}” that the codebook does not have."
                    )


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A codebook as it stood from one moment on; marks name the version they were made under."""

    version: int
    codebook: Codebook
    annotator: Id | None
    created: str


def _refuse_doubles(what: str, names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name.strip():
            raise Refused(f"A {what} needs a name.")
        if name in seen:
            raise Refused(f"The codebook has the {what} “{name}” twice.")
        seen.add(name)
