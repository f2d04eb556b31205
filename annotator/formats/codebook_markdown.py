"""A codebook as Markdown: to read and print, to edit by hand, and to read in again without loss.

Each item is a heading, then a list of facts, then its definition, then examples and
counter-examples as lists under a line of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.codebook import Attribute, Code, Codebook, Definition, Layer, LinkType
from annotator.domain.codebook_json import FORMAT, from_json
from annotator.domain.errors import BadInput

EXAMPLES, COUNTER_EXAMPLES = "**Examples**", "**Counter-examples**"

_HEADING = re.compile(r"(#{1,4}) (?:(Layer|Attribute|Value|Link): )?(.*)")
_FACT = re.compile(r"- ([a-z ]+): (.*)")
_LEVELS = {"Layer": 2, "Attribute": 3, "Value": 4, "Link": 2}
_GUARDED = re.compile(r"\\*(#|- |  |\*\*(Examples|Counter-examples)\*\*$)|\\")


def write(book: Codebook) -> str:
    """Return the codebook as Markdown."""
    lines = [f"# {book.name}", "", *_guard(book.description)]
    for layer in book.layers:
        lines += ["", *_layer(layer)]
    for link in book.links:
        lines += ["", *_link(link)]
    return "\n".join(lines).rstrip("\n") + "\n"


def read(text: str) -> Codebook:
    """Return the codebook that ``write`` wrote, or that a person wrote in the same shape.

    Raises:
        BadInput: not a codebook, with the line where it stops being one.
    """
    sections = list(_sections(text))
    if not sections or sections[0].kind:
        raise BadInput("is not a codebook: its first line should be “# ” and the name")
    data: dict[str, Any] = {
        "format": FORMAT, "name": sections[0].title, "description": "\n".join(sections[0].text()),
        "layers": [], "links": [],
    }  # fmt: skip
    for section in sections[1:]:
        _take(section, data)
    return from_json(data)


@dataclass
class _Section:
    """One heading and what stands below it."""

    number: int
    kind: str
    title: str
    lines: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, str]:
        """Return the list right below the heading."""
        found = {}
        for line in _trimmed(self.lines):
            match = _FACT.fullmatch(line)
            if not match:
                break
            found[match[1]] = match[2]
        return found

    def text(self) -> list[str]:
        """Return the lines of the definition."""
        lines = _trimmed(self.lines)
        while lines and self.kind and _FACT.fullmatch(lines[0]):
            del lines[0]
        ends = [lines.index(mark) for mark in (EXAMPLES, COUNTER_EXAMPLES) if mark in lines]
        return [_unguarded(line) for line in _trimmed(lines[: min(ends)] if ends else lines)]

    def list_under(self, mark: str) -> list[str]:
        """Return the items of the list under a line such as ``**Examples**``."""
        if mark not in self.lines:
            return []
        found: list[str] = []
        for line in self.lines[self.lines.index(mark) + 1 :]:
            if line.startswith("- "):
                found.append(line[2:])
            elif line.startswith("  ") and found:
                found[-1] += f"\n{line[2:]}"
            elif line.strip():
                break
        return found


def _layer(layer: Layer) -> Iterator[str]:
    yield f"## Layer: {layer.label}"
    yield from _facts(
        name=layer.name, key=layer.key, shape=layer.shape.value, colour=", ".join(layer.colour),
        retired=layer.retired, note=layer.note,
    )  # fmt: skip
    yield from _definition(layer.definition)
    for attribute in layer.attributes:
        yield ""
        yield from _attribute(attribute)


def _attribute(attribute: Attribute) -> Iterator[str]:
    default = attribute.default
    yield f"### Attribute: {attribute.label or attribute.name}"
    yield from _facts(
        name=attribute.name, label=_label(attribute), kind=attribute.kind.value, required=attribute.required,
        default="" if default is None else json.dumps(default, ensure_ascii=False),
        retired=attribute.retired, note=attribute.note,
    )  # fmt: skip
    yield from _definition(attribute.definition)
    for code in attribute.codes:
        yield ""
        yield from _code(code)


def _code(code: Code) -> Iterator[str]:
    yield f"#### Value: {code.label or code.name}"
    yield from _facts(
        name=code.name, label=_label(code), key=code.key, colour=", ".join(code.colour or ()), under=code.parent,
        retired=code.retired, note=code.note,
    )  # fmt: skip
    yield from _definition(code.definition)


def _link(link: LinkType) -> Iterator[str]:
    yield f"## Link: {link.label or link.name}"
    facts = {"from": link.start, "to": ", ".join(link.ends)}
    yield from _facts(
        name=link.name, label=_label(link), **facts, key=link.key, several=link.several, voices=link.voices,
        required=link.required, retired=link.retired, note=link.note,
    )  # fmt: skip
    yield from _definition(link.definition)


def _label(item: Attribute | Code | LinkType) -> str:
    """Return the label where the heading cannot tell it from the name."""
    return item.label if item.label == item.name else ""


def _facts(**facts: str | bool) -> Iterator[str]:
    yield ""
    for name, value in facts.items():
        if value:
            yield f"- {name}: {'yes' if value is True else value}"


def _definition(definition: Definition) -> Iterator[str]:
    if definition.text:
        yield ""
        yield from _guard(definition.text)
    for mark, examples in (
        (EXAMPLES, definition.examples),
        (COUNTER_EXAMPLES, definition.counter_examples),
    ):
        if examples:
            yield ""
            yield mark
            yield ""
            yield from (f"- {_indented(example)}" for example in examples)


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _guard(text: str) -> Iterator[str]:
    """Yield the lines of a text; those that look like ours get a backslash in front."""
    for line in text.split("\n") if text else []:
        yield f"\\{line}" if _GUARDED.match(line) or (not line.strip() and line) else line


def _unguarded(line: str) -> str:
    return line[1:] if line.startswith("\\") else line


def _trimmed(lines: list[str]) -> list[str]:
    """Return lines without the empty ones before and after."""
    begin, end = 0, len(lines)
    while begin < end and not lines[begin]:
        begin += 1
    while end > begin and not lines[end - 1]:
        end -= 1
    return lines[begin:end]


def _sections(text: str) -> Iterator[_Section]:
    section: _Section | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        match = _HEADING.fullmatch(line)
        if match:
            if section:
                yield section
            kind = match[2] or ""
            level = _LEVELS.get(kind, 1)
            if len(match[1]) != level:
                raise BadInput(
                    f"is not a codebook that can be read: line {number} should begin with "
                    f"{'#' * level} for “{line.lstrip('# ')}”"
                )
            section = _Section(number, kind, match[3])
        elif section:
            section.lines.append(line)
        elif line.strip():
            raise BadInput("is not a codebook: its first line should be “# ” and the name")
    if section:
        yield section


def _take(section: _Section, data: dict[str, Any]) -> None:
    """Add what a section says to the codebook in JSON."""
    facts = section.facts()
    item: dict[str, Any] = {
        "name": facts.get("name", section.title),
        "label": section.title,
        "definition": {
            "text": "\n".join(section.text()),
            "examples": section.list_under(EXAMPLES),
            "counter_examples": section.list_under(COUNTER_EXAMPLES),
        },
        "key": facts.get("key", ""),
        "required": facts.get("required") == "yes",
        "retired": facts.get("retired") == "yes",
        "note": facts.get("note", ""),
    }
    if item["label"] == item["name"] and section.kind != "Layer":
        item["label"] = facts.get("label", "")
    colour = [part.strip() for part in facts.get("colour", "").split(",") if part.strip()]
    where = f"line {section.number}, “{section.title}”"
    try:
        if section.kind == "Layer":
            item |= {"shape": facts["shape"], "colour": colour, "attributes": []}
            data["layers"].append(item)
        elif section.kind == "Attribute":
            default = json.loads(facts["default"]) if facts.get("default") else None
            item |= {"kind": facts["kind"], "default": default, "codes": []}
            data["layers"][-1]["attributes"].append(item)
        elif section.kind == "Value":
            item |= {"colour": colour or None, "parent": facts.get("under", "")}
            data["layers"][-1]["attributes"][-1]["codes"].append(item)
        else:
            ends = [part.strip() for part in facts["to"].split(",")]
            item |= {"start": facts["from"], "ends": ends}
            item |= {name: facts.get(name) == "yes" for name in ("several", "voices")}
            data["links"].append(item)
    except KeyError as missing:
        raise BadInput(
            f"is not a codebook that can be read: {where} does not say its {missing}"
        ) from None
    except (IndexError, ValueError):
        raise BadInput(
            f"is not a codebook that can be read: {where} stands in no layer or attribute, or its default is none"
        ) from None
