"""A codebook as JSON, the form it is stored and exchanged in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from annotator.domain.codebook import (
    Attribute,
    Code,
    Codebook,
    Definition,
    Kind,
    Layer,
    LinkType,
    Shape,
)
from annotator.domain.errors import BadInput, Refused
from annotator.domain.policy import Policy

FORMAT = "annotator-codebook/1"

Json = dict[str, Any]


def to_json(codebook: Codebook) -> Json:
    """Return the codebook as plain JSON values, always the same keys in the same order.

    How suggestions are used is only written where it differs from what is usual.
    """
    used = codebook.suggesting
    said = {"suggesting": {**asdict(used), "first": list(used.first)}} if used != Policy() else {}
    return {
        "format": FORMAT,
        "name": codebook.name,
        "description": codebook.description,
        **said,
        "layers": [_layer_out(layer) for layer in codebook.layers],
        "links": [_link_out(link) for link in codebook.links],
    }


def from_json(data: object) -> Codebook:
    """Return the codebook that ``to_json`` wrote; missing optional keys take their default.

    Raises:
        BadInput: not a codebook, or one that contradicts itself.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput(f"is not a codebook: its “format” should be “{FORMAT}”")
    try:
        return Codebook(
            name=_text(data, "name"),
            description=_text(data, "description", ""),
            layers=tuple(map(_layer_in, data["layers"])),
            links=tuple(map(_link_in, data.get("links", []))),
            suggesting=_policy_in(data.get("suggesting", {})),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"is a damaged codebook: {type(error).__name__} at {error}") from None
    except Refused as refused:
        raise BadInput(f"is a codebook that contradicts itself: {refused}") from None


def _policy_in(data: Json) -> Policy:
    usual = Policy()
    return Policy(
        tuple(str(name) for name in data.get("first", usual.first)),
        int(data.get("kept_back", usual.kept_back)),
        int(data.get("by_chance", usual.by_chance)),
    )


def _definition_out(definition: Definition) -> Json:
    return {
        "text": definition.text,
        "examples": list(definition.examples),
        "counter_examples": list(definition.counter_examples),
    }


def _note_out(item: Code | Attribute | Layer | LinkType) -> Json:
    """Return the note where there is one: codebooks without any stay as they were, byte by byte."""
    return {"note": item.note} if item.note else {}


def _code_out(code: Code) -> Json:
    return {
        "name": code.name,
        "label": code.label,
        "key": code.key,
        "colour": list(code.colour) if code.colour else None,
        "parent": code.parent,
        "definition": _definition_out(code.definition),
        "retired": code.retired,
        **_note_out(code),
    }


def _attribute_out(attribute: Attribute) -> Json:
    default = attribute.default
    return {
        "name": attribute.name,
        "kind": attribute.kind.value,
        "label": attribute.label,
        "required": attribute.required,
        "default": list(default) if isinstance(default, tuple) else default,
        "codes": [_code_out(code) for code in attribute.codes],
        "definition": _definition_out(attribute.definition),
        "retired": attribute.retired,
        **_note_out(attribute),
    }


def _layer_out(layer: Layer) -> Json:
    return {
        "name": layer.name,
        "label": layer.label,
        "key": layer.key,
        "shape": layer.shape.value,
        "colour": list(layer.colour),
        "attributes": [_attribute_out(attribute) for attribute in layer.attributes],
        "definition": _definition_out(layer.definition),
        "retired": layer.retired,
        **_note_out(layer),
    }


def _link_out(link: LinkType) -> Json:
    return {
        "name": link.name,
        "start": link.start,
        "ends": list(link.ends),
        "label": link.label,
        "key": link.key,
        "several": link.several,
        "voices": link.voices,
        "required": link.required,
        "definition": _definition_out(link.definition),
        "retired": link.retired,
        **_note_out(link),
    }


def _definition_in(data: Mapping[str, Any]) -> Definition:
    found = data.get("definition", {})
    return Definition(
        text=_text(found, "text", ""),
        examples=_texts(found, "examples"),
        counter_examples=_texts(found, "counter_examples"),
    )


def _code_in(data: Mapping[str, Any]) -> Code:
    return Code(
        name=_text(data, "name"),
        label=_text(data, "label", ""),
        key=_text(data, "key", ""),
        colour=_colour_in(data["colour"]) if data.get("colour") else None,
        parent=_text(data, "parent", ""),
        definition=_definition_in(data),
        retired=bool(data.get("retired", False)),
        note=" ".join(_text(data, "note", "").split()),
    )


def _attribute_in(data: Mapping[str, Any]) -> Attribute:
    default = data.get("default")
    return Attribute(
        name=_text(data, "name"),
        kind=Kind(data["kind"]),
        label=_text(data, "label", ""),
        required=bool(data.get("required", False)),
        default=tuple(default) if isinstance(default, list) else default,
        codes=tuple(map(_code_in, data.get("codes", []))),
        definition=_definition_in(data),
        retired=bool(data.get("retired", False)),
        note=" ".join(_text(data, "note", "").split()),
    )


def _layer_in(data: Mapping[str, Any]) -> Layer:
    return Layer(
        name=_text(data, "name"),
        label=_text(data, "label", "") or _text(data, "name"),
        key=_text(data, "key", ""),
        shape=Shape(data["shape"]),
        colour=_colour_in(data["colour"]),
        attributes=tuple(map(_attribute_in, data.get("attributes", []))),
        definition=_definition_in(data),
        retired=bool(data.get("retired", False)),
        note=" ".join(_text(data, "note", "").split()),
    )


def _colour_in(pair: list[Any]) -> tuple[str, str]:
    light, dark = pair
    return str(light), str(dark)


def _link_in(data: Mapping[str, Any]) -> LinkType:
    return LinkType(
        name=_text(data, "name"),
        start=_text(data, "start"),
        ends=_texts(data, "ends"),
        label=_text(data, "label", ""),
        key=_text(data, "key", ""),
        several=bool(data.get("several", False)),
        voices=bool(data.get("voices", False)),
        required=bool(data.get("required", False)),
        definition=_definition_in(data),
        retired=bool(data.get("retired", False)),
        note=" ".join(_text(data, "note", "").split()),
    )


def _text(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data[key] if default is None else data.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"“{key}”, which should be a text")
    return value


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = data.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"“{key}”, which should be a list of texts")
    return tuple(values)
