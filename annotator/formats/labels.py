"""What labels of other tools mean here, and the label of a mark where a format has room for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.codebook import Attribute, Codebook, Kind, Layer
from annotator.domain.mark import Mark

USUAL = {
    "per": "actor:person",
    "person": "actor:person",
    "org": "actor:organisation",
    "organization": "actor:organisation",
    "organisation": "actor:organisation",
    "gpe": "actor:government",
    "norp": "actor:group",
    "source": "actor",
    "speaker": "actor",
    "holder": "actor",
    "target": "actor",
    "content": "claim",
    "quote": "claim",
    "quotation": "claim",
    "statement": "claim",
    "dna_statement": "claim",
    "verb": "cue",
    "polar_expression": "sentiment",
    "opinion": "sentiment",
}
"""Labels that many tools use; applied only where the codebook has what they mean, and told."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A layer, values that the label implies, and whether it was taken for one of ours because it is usual elsewhere."""

    layer: str
    values: Mapping[str, str]
    was_mapped: bool = False


def label_of(mark: Mark, codebook: Codebook) -> str:
    """Return ``layer:value``: the layer, and the value of its first choice if it has one."""
    first = first_choice(codebook.layer(mark.layer))
    value = mark.attributes.get(first.name) if first else None
    return _escape(mark.layer) + (f":{_escape(str(value))}" if value is not None else "")


def first_choice(layer: Layer) -> Attribute | None:
    """Return the attribute whose value is part of the label: type, mode, polarity."""
    return next((item for item in layer.attributes if item.kind is Kind.CHOICE), None)


def labels_of(layer: Layer) -> list[str]:
    """Return every label that marks of a layer may have."""
    first = first_choice(layer)
    codes = first.codes if first else ()
    own = _escape(layer.name)
    return [own, *(f"{own}:{_escape(code.name)}" for code in codes)]


class Labels:
    """Finds what a label means: our own, one a person mapped, one that differs in case, a usual one."""

    def __init__(self, codebook: Codebook, mapping: Mapping[str, str]) -> None:
        self._own: dict[str, Meaning] = {}
        for layer in codebook.layers:
            first = first_choice(layer)
            for label in labels_of(layer):
                value = label[len(_escape(layer.name)) + 1 :]
                values = {first.name: _plain(value)} if first and value else {}
                self._own.setdefault(label, Meaning(layer.name, values))
        for layer in codebook.layers:
            self._own.setdefault(layer.name, Meaning(layer.name, {}))
        self._mapping = mapping
        self._folded = {label.casefold(): own for label, own in reversed(self._own.items())}

    def find(self, label: str) -> Meaning | None:
        """Return what the label means, or None if nobody knows."""
        if label in self._mapping:
            own = self._own.get(self._mapping[label])
            return own and Meaning(own.layer, own.values)
        if label in self._own:
            return self._own[label]
        folded = label.casefold()
        usual = USUAL.get(re.sub(r"[\s-]+", "_", folded), "")
        own = self._own.get(usual)
        return self._folded.get(folded) or (own and Meaning(own.layer, own.values, was_mapped=True))


_recent: list[tuple[Codebook, Mapping[str, str], Labels]] = []


def labels_for(codebook: Codebook, mapping: Mapping[str, str]) -> Labels:
    """Return the labels of a codebook, made once for all articles of an import."""
    for known, said, labels in _recent:
        if known is codebook and said is mapping:
            return labels
    labels = Labels(codebook, mapping)
    _recent[:] = [(codebook, mapping, labels), *_recent[:1]]
    return labels


def _escape(name: str) -> str:
    return name.replace("\\", "\\\\").replace(":", "\\:")


def _plain(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name)
