"""Marking on each layer of the codebook, and the values of its attributes."""

from __future__ import annotations

from annotator.domain.codebook import Attribute, Code, Codebook, Layer
from annotator.presentation.commands.command import MARK, Command, has_article
from annotator.presentation.inspector import attribute_keys


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
        _value(layer, attribute, code, key)
        for key, (attribute, code) in attribute_keys(layer).items()
    ]


def _value(layer: Layer, attribute: Attribute, code: Code, key: str) -> Command:
    label = (code.label or code.name).lower()
    return Command(
        f"value.{layer.name}.{attribute.name}.{code.name}",
        f"{layer.label}: {(attribute.label or attribute.name).lower()} {label}",
        "",
        lambda desk: desk.toggle_value(attribute.name, code.name),
        (key.upper(),),
        lambda desk: desk.reader.current_layer == layer.name,
        f"{MARK}:{layer.name}",
    )
