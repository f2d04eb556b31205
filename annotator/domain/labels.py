"""What people call layers, attributes and values within a sentence: their labels, not their names."""

from __future__ import annotations

from annotator.domain.attribute import Attribute, Kind
from annotator.domain.codebook import Codebook
from annotator.domain.mark import Value, words_of


def in_sentence(label: str) -> str:
    """Return a label without its capitals; a word with one beyond its beginning (“EU”) stays as it is."""
    return " ".join(
        word.lower() if word[1:] == word[1:].lower() else word for word in label.split()
    )


def layer(codebook: Codebook, name: str) -> str:
    """Return what a layer is called; its name if the codebook has none such."""
    return in_sentence(codebook.layer(name).label) if codebook.has_layer(name) else name


def attribute(codebook: Codebook, layer: str, name: str) -> str:
    """Return what an attribute of a layer is called; its name if the codebook has none such."""
    known = codebook.layer(layer).attribute(name) if codebook.has_layer(layer) else None
    return in_sentence(known.label or name) if known else name


def value(attribute: Attribute | None, value: Value) -> str:
    """Return a value as it is called, several with commas between them.

    What one chooses from a few loses its capitals; entries of a list, which are often names,
    keep them, and so does what was typed.
    """
    told = [_called(attribute, word) for word in words_of(value)]
    is_chosen = attribute is not None and attribute.kind in (Kind.CHOICE, Kind.SCALE)
    return ", ".join(map(in_sentence, told) if is_chosen else told)


def _called(attribute: Attribute | None, name: str) -> str:
    code = attribute.code(name) if attribute else None
    return code.label or name if code else name
