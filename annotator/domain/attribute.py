"""An attribute of a layer: what it holds, which values it takes, and what each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.mark import Value


class Kind(StrEnum):
    """What an attribute holds."""

    CHOICE = "choice"
    SEVERAL = "several"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes/no"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Definition:
    """What an item means: Markdown, with examples and counter-examples."""

    text: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed value of an attribute.

    Attributes:
        name: what is stored and exported.
        label: what is shown, if not the name.
        key: the key that sets it while a mark is selected.
        colour: light and dark theme, where the value shows in the text by a colour of its own.
        parent: the code it stands under in a tree.
    """

    name: str
    label: str = ""
    key: str = ""
    colour: tuple[str, str] | None = None
    parent: str = ""
    definition: Definition = Definition()
    retired: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to be said about each mark of a layer."""

    name: str
    kind: Kind
    codes: tuple[Code, ...] = ()
    label: str = ""
    required: bool = False
    default: Value | None = None
    definition: Definition = Definition()
    retired: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind in (Kind.CHOICE, Kind.SCALE) and not self.codes:
            raise Refused(f"The attribute “{self.name}” needs at least one value to choose from.")

    def code(self, name: str) -> Code | None:
        """Return the code of that name, retired or not."""
        return next((code for code in self.codes if code.name == name), None)

    def check(self, value: Value) -> Value:
        """Return the value in the form it is stored, or raise Refused saying what is allowed."""
        return _CHECKS[self.kind](self, value)


def _check_choice(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, str) and attribute.code(value):
        return value
    raise Refused(f"“{value}” is no value of {attribute.name}: choose {_allowed(attribute)}.")


def _check_several(attribute: Attribute, value: Value) -> Value:
    if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
        raise Refused(f"{_called(attribute)} takes a list of values, not “{value}”.")
    for item in value:
        if attribute.codes and not attribute.code(item):
            raise Refused(
                f"“{item}” is no value of {attribute.name}: choose from {_allowed(attribute)}."
            )
    return tuple(dict.fromkeys(value))


def _check_text(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, str) and value:
        return value
    raise Refused(f"{_called(attribute)} takes a text.")


def _check_date(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, str) and _is_date(value):
        return value
    raise Refused(f"{_called(attribute)} takes a date such as 2026-11-21, not “{value}”.")


def _is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day that exists, the day also with a time."""
    if not re.match("[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ]|$)|$)|$)", text):
        return False
    try:
        datetime.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def _check_yes_no(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, bool):
        return value
    raise Refused(f"{_called(attribute)} takes yes or no, not “{value}”.")


def _check_scale(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and attribute.code(str(value)):
        return value
    raise Refused(f"“{value}” is no point of {attribute.name}: choose {_allowed(attribute)}.")


def _called(attribute: Attribute) -> str:
    """Return what an attribute is called, as a sentence begins."""
    called = attribute.label or attribute.name
    return called[:1].upper() + called[1:]


def _allowed(attribute: Attribute) -> str:
    names = [code.name for code in attribute.codes if not code.retired]
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


_CHECKS = {
    Kind.CHOICE: _check_choice,
    Kind.SEVERAL: _check_several,
    Kind.TEXT: _check_text,
    Kind.DATE: _check_date,
    Kind.YES_NO: _check_yes_no,
    Kind.SCALE: _check_scale,
}
