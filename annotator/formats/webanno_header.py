"""The header of WebAnno TSV 3: which layers there are, and what each column of theirs holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_ROLE, _BASE = "ROLE_", "BT_"


class Shape(Enum):
    """What the annotations of a layer are."""

    SPAN = "#T_SP="
    RELATION = "#T_RL="
    CHAIN = "#T_CH="


@dataclass(frozen=True, slots=True)
class Slot:
    """Two columns of a layer: the roles of its slots, and after them what fills these.

    Attributes:
        column: of the roles, counted within the layer.
        name: of the feature; the role of slots that say none.
        ends: the layer of what fills the slots.
    """

    column: int
    name: str
    ends: str


@dataclass(frozen=True, slots=True)
class HeaderLayer:
    """A layer of the header.

    Attributes:
        features: the columns of values, counted within the layer, by name; "" where a layer has no features.
        first: its first column in a line.
        width: how many columns it has.
        ends: of a relation, the layer of what it joins.
    """

    shape: Shape
    name: str
    features: dict[str, int]
    slots: tuple[Slot, ...]
    first: int
    width: int
    ends: str = ""

    @property
    def columns(self) -> slice:
        """Where its columns stand in a line."""
        return slice(self.first, self.first + self.width)


def layer_of(line: str, first: int) -> HeaderLayer | None:
    """Return the layer that a line of the header names, its columns from ``first`` on; None for other lines."""
    shape = next((shape for shape in Shape if line.startswith(shape.value)), None)
    if shape is None:
        return None
    name, *columns = line.removeprefix(shape.value).split("|")
    columns = columns or [""]
    features: dict[str, int] = {}
    slots: list[Slot] = []
    ends = ""
    for number, column in enumerate(columns):
        if number and columns[number - 1].startswith(_ROLE):
            slots.append(Slot(number - 1, _slot_name(columns[number - 1], name), column))
        elif column.startswith(_BASE) and shape is Shape.RELATION:
            ends = column.removeprefix(_BASE)
        elif not column.startswith(_ROLE):
            features[column] = number
    return HeaderLayer(shape, name, features, tuple(slots), first, len(columns), ends)


def _slot_name(column: str, layer: str) -> str:
    """Return the feature of ``ROLE_layer:feature_type``."""
    return column.removeprefix(_ROLE).removeprefix(f"{layer}:").partition("_")[0]
