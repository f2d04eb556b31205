"""The keys that give a mark its values, and the values they stand for."""

from __future__ import annotations

from annotator.domain.codebook import Attribute, Code, Kind, Layer
from annotator.domain.mark import Value


def attribute_keys(layer: Layer) -> dict[str, tuple[Attribute, Code]]:
    """Return which key gives which value while a mark of this layer is current."""
    return {
        code.key: (attribute, code)
        for attribute in layer.attributes
        if not attribute.retired
        for code in attribute.codes
        if code.key and not code.retired
    }


def yes_no_keys(layer: Layer) -> dict[str, tuple[Attribute, bool]]:
    """Return which digit says yes or no to an attribute: those that no value of the layer has."""
    asked = [
        (attribute, flag)
        for attribute in layer.attributes
        if attribute.kind is Kind.YES_NO and not attribute.retired
        for flag in (True, False)
    ]
    taken = attribute_keys(layer)
    free = [digit for digit in "1234567890" if digit not in taken]
    return dict(zip(free, asked, strict=False))


def stored_value(attribute: Attribute, code: Code) -> Value:
    """Return the value that a code stands for: a scale point is a number."""
    return int(code.name) if attribute.kind is Kind.SCALE else code.name
