"""Marking on each layer of the codebook, and the values of its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.codebook import Attribute, Code, Codebook, Layer
from annotator.presentation.commands.command import MARK, Command, has_article
from annotator.presentation.value_keys import attribute_keys, yes_no_keys

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def commands(codebook: Codebook) -> tuple[Command, ...]:
    """Return the commands of every layer that is in use."""
    return (
        *(_layer(layer) for layer in codebook.open_layers),
        *(_hold(layer) for layer in codebook.open_layers),
        *(_show(layer) for layer in codebook.open_layers),
        *(command for layer in codebook.open_layers for command in _values(layer)),
    )


def _layer(layer: Layer) -> Command:
    name = layer.name
    return Command(
        f"mark.as.{name}",
        f"Mark as {layer.label.lower()}",
        "Mark",
        lambda desk: desk.mark(name),
        (layer.key.upper(),) if layer.key else (),
        has_article,
    )


def _hold(layer: Layer) -> Command:
    name = layer.name
    return Command(
        f"mark.hold.{name}",
        f"Hold {layer.label.lower()}: every selection marks",
        "Mark",
        lambda desk: desk.hold(name),
        (f"Shift+{layer.key.upper()}",) if layer.key else (),
        has_article,
    )


def _show(layer: Layer) -> Command:
    name = layer.name
    return Command(
        f"view.layer.{name}",
        f"Show or hide {layer.label.lower()}",
        "View",
        lambda desk: desk.toggle_layer(name),
        (f"Alt+{layer.key.upper()}",) if layer.key else (),
        has_article,
    )


def _values(layer: Layer) -> list[Command]:
    return [
        *(
            _value(layer, attribute, code, key)
            for key, (attribute, code) in attribute_keys(layer).items()
        ),
        *(
            _yes_no(layer, attribute, key, flag=flag)
            for key, (attribute, flag) in yes_no_keys(layer).items()
        ),
    ]


def _value(layer: Layer, attribute: Attribute, code: Code, key: str) -> Command:
    label = (code.label or code.name).lower()
    return Command(
        f"value.{layer.name}.{attribute.name}.{code.name}",
        f"{layer.label}: {(attribute.label or attribute.name).lower()} {label}",
        "",
        lambda desk: desk.toggle_value(attribute.name, code.name),
        (key.upper(),),
        lambda desk: _is_current(desk, layer),
        f"{MARK}:{layer.name}",
    )


def _yes_no(layer: Layer, attribute: Attribute, key: str, *, flag: bool) -> Command:
    word = "yes" if flag else "no"
    return Command(
        f"value.{layer.name}.{attribute.name}.{word}",
        f"{layer.label}: {(attribute.label or attribute.name).lower()} {word}",
        "",
        lambda desk: desk.set_value(attribute.name, flag),
        (key,),
        lambda desk: _is_current(desk, layer),
        f"{MARK}:{layer.name}",
    )


def _is_current(desk: Desk, layer: Layer) -> bool:
    """Tell whether keys act on a mark of the layer; not while a partner is being chosen."""
    return desk.reader.current_layer == layer.name and desk.reader.linking is None
