"""The choices of a network as words: how windows and the command line give them, and what can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from annotator.analysis.events import Duplicates
from annotator.analysis.networks import ALLOWED, Combine
from annotator.analysis.normalising import Norm
from annotator.analysis.windows import Unit
from annotator.domain.codebook import Codebook, Layer
from annotator.domain.codebook import Kind as Holds
from annotator.domain.errors import BadInput
from annotator.domain.mark import View
from annotator.domain.network import Kind
from annotator.services.network_gathering import Filter, Order
from annotator.services.network_values import qualifier, variables

COMBINES = {kind: tuple(map(str, ways)) for kind, (ways, _) in ALLOWED.items()}
"""The ways of combining each kind of network has; the first is the usual one."""

NORMS = {kind: tuple(map(str, norms)) for kind, (_, norms) in ALLOWED.items()}

QUALIFIES = (Holds.CHOICE, Holds.YES_NO, Holds.SCALE)


def with_choice(order: Order, name: str, value: str) -> Order:
    """Return an order with another choice; another kind brings its usual ones.

    Args:
        name: a field of ``Order``, or ``whose``: ``annotator:`` for everybody's marks,
            ``annotator:NAME`` for one person's, ``gold:``.
        value: as a word; for the flags ``yes`` or nothing.

    Raises:
        BadInput: a day, a filter or a number that cannot be read, or a range that ends before it begins.
    """
    choose: dict[str, Callable[[], Order]] = {
        "kind": lambda: replace(
            order, kind=Kind(value), layer="", rows="", columns="", qualifier="",
            combine=None, norm=Norm.NONE, only=(), without=(),
        ),
        "rows": lambda: replace(order, rows=value),
        "columns": lambda: replace(order, columns=value),
        "qualifier": lambda: replace(order, qualifier=value),
        "combine": lambda: replace(order, combine=Combine(value)),
        "norm": lambda: replace(order, norm=Norm(value)),
        "duplicates": lambda: replace(order, duplicates=Duplicates(value)),
        "since": lambda: replace(order, since=day(value)),
        "until": lambda: replace(order, until=day(value)),
        "unit": lambda: replace(order, unit=Unit(value) if value else None),
        "size": lambda: replace(order, size=int(value)),
        "only": lambda: replace(order, only=filters(value)),
        "without": lambda: replace(order, without=filters(value)),
        "whose": lambda: _whose(order, value),
        "isolates": lambda: replace(order, isolates=bool(value)),
        "linked_only": lambda: replace(order, linked_only=bool(value)),
        "voices": lambda: replace(order, voices=bool(value)),
        "middle": lambda: replace(order, middle=bool(value)),
        "weighted": lambda: replace(order, weighted=bool(value)),
    }  # fmt: skip
    return choose[name]()


def with_layer(order: Order, codebook: Codebook, layer: str) -> Order:
    """Return an order for the marks of another layer, with the first things that it can be counted by."""
    names = variables(codebook, codebook.layer(layer))
    chosen = replace(
        order, layer=layer, rows=names[0], columns=names[1], qualifier="", only=(), without=()
    )
    if qualifier(codebook.layer(layer)) is None:
        return replace(chosen, combine=Combine.IGNORE)
    return chosen


def qualifiers(layer: Layer) -> list[str]:
    """Return the attributes that can tell stances apart."""
    return [item.name for item in layer.attributes if item.kind in QUALIFIES and not item.retired]


def usual_combine(kind: Kind) -> Combine:
    """Return the usual way of combining of a kind."""
    return ALLOWED[kind][0][0]


def day(text: str) -> date | None:
    """Return the day of a text, None of an empty one.

    Raises:
        BadInput: a text that is no day.
    """
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise BadInput(f"“{text}” is no day: write it as 2024-03-01.") from None


def filters(text: str) -> tuple[Filter, ...]:
    """Return the filters of a text such as ``topics=dues,night; publisher=Courier``.

    Raises:
        BadInput: a part that is no filter.
    """
    return tuple(one_filter(part) for part in text.split(";") if part.strip())


def one_filter(text: str) -> Filter:
    """Return a filter given as ``name=value,value``."""
    name, sign, values = text.partition("=")
    found = tuple(value.strip() for value in values.split(",") if value.strip())
    if not sign or not found:
        raise BadInput(f"“{text.strip()}” is no filter: write it as topics=dues,night.")
    return name.strip(), found


def whose(order: Order) -> str:
    """Return whose marks an order counts, as ``with_choice`` takes it."""
    return f"{order.view}:{order.annotator}"


def _whose(order: Order, value: str) -> Order:
    view, _, person = value.partition(":")
    return replace(order, view=View(view), annotator=person)
