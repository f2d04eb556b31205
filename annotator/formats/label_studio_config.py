"""The labelling configuration under which Label Studio shows what we write, and the names in it."""

from __future__ import annotations

from annotator.domain.codebook import Codebook, Kind
from annotator.formats.flat import ENTITY, VOICE
from annotator.formats.names import escaped
from annotator.formats.safe_xml import attribute as quoted

HEAD = "annotator"
"""The key of a task under which we keep what is known about its article."""
TASKS = "tasks.json"
CONFIG = "labeling-config.xml"
PERSON = "annotator"
"""The control that says who coded a task."""
STATE = "state:"
"""How the controls begin that say how far a layer is."""
WRITTEN_OUT = (Kind.TEXT, Kind.DATE)
"""Attributes whose values are typed, not chosen."""
_STATES = ("open", "done", "nothing found")


def labelling_config(codebook: Codebook) -> str:
    """Return the configuration under which Label Studio shows what we write."""
    lines = [
        "<View>",
        f'  <TextArea name={quoted(PERSON)} toName="text"/>',
        '  <Labels name="label" toName="text">',
    ]
    lines += [
        f"    <Label value={quoted(layer.name)} background={quoted(layer.colour[1])}/>"
        for layer in codebook.layers
    ]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>', "  <Relations>"]
    types = dict.fromkeys([link.name for link in codebook.links] + ["_fragment"])
    lines += [f"    <Relation value={quoted(name)}/>" for name in types]
    lines.append("  </Relations>")
    for layer in codebook.layers:
        when = f'toName="text" perRegion="true" whenTagName="label" whenLabelValue={quoted(layer.name)}'
        for item in layer.attributes:
            name = quoted(control(layer.name, item.name))
            if item.kind in WRITTEN_OUT:
                lines.append(f"  <TextArea name={name} {when}/>")
                continue
            several = "multiple" if item.kind is Kind.SEVERAL else "single-radio"
            codes = [code.name for code in item.codes] or ["yes", "no"]
            lines += _choices(name, f'{when} choice="{several}"', codes)
        for link in codebook.links_from(layer.name):
            if link.voices:
                name = quoted(control(layer.name, link.name + VOICE))
                lines += _choices(name, f'{when} choice="multiple"', ["author", "unknown"])
        lines.append(f"  <TextArea name={quoted(control(layer.name, ENTITY))} {when}/>")
        lines += _choices(quoted(STATE + escaped(layer.name)), 'toName="text"', list(_STATES))
    return "\n".join([*lines, "</View>", ""])


def _choices(name: str, options: str, names: list[str]) -> list[str]:
    return [
        f"  <Choices name={name} {options}>",
        *(f"    <Choice value={quoted(choice)}/>" for choice in names),
        "  </Choices>",
    ]


def control(layer: str, name: str) -> str:
    """Return the name of the control that holds an attribute of a layer."""
    return f"{escaped(layer)}:{escaped(name)}"
