"""Frozen dataclasses that cost little until one is made.

``dataclasses`` writes six methods for each class as source and compiles them: for the hundred
classes that opening a window reads, this takes a third of the time until an article is there. Here
a class takes its fields from ``dataclasses`` and gets methods that serve all classes; only the one
that makes a record is written, when the first record is made. What they do is the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, cast

__all__ = ["dataclass", "record"]

C = TypeVar("C", bound=type[Any])

Values = Callable[[Any], tuple[Any, ...]]
"""Returns some fields of a record, in their order."""

_UNSET = object()
"""Stands for a value that is to be made anew for each record."""


def record(*, frozen: Literal[True], slots: Literal[True], order: bool = False) -> Callable[[C], C]:
    """Make a class a frozen dataclass with slots; ``order`` compares records as their tuples."""

    def make(cls: C) -> C:
        fields_alone = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)
        bare = cast("C", fields_alone(cls))
        known = dataclasses.fields(bare)
        compared = _values([each.name for each in known if each.compare])
        methods: dict[str, Callable[..., Any]] = {
            "__init__": _first_init(bare),
            "__repr__": _represent,
            "__eq__": _comparison(compared, "__eq__"),
            "__hash__": _hashing(known, compared),
            "__setattr__": _refuse_to_set,
            "__delattr__": _refuse_to_delete,
            "__getstate__": _state,
            "__setstate__": _set_state,
        }
        if order:
            for name in ("__lt__", "__le__", "__gt__", "__ge__"):
                methods[name] = _comparison(compared, name)
        own = {name for name in cls.__dict__ if name != "__hash__" or cls.__dict__[name]}
        for name, method in methods.items():
            if name not in own:
                setattr(bare, name, method)
        return bare

    return make


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = record


def _values(names: list[str]) -> Values:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple([getattr(one, name) for name in names])


def _comparison(values: Values, name: str) -> Callable[[Any, object], Any]:
    compare = getattr(tuple, name)

    def compared(self: Any, other: object) -> Any:
        return compare(values(self), values(other)) if type(other) is type(self) else NotImplemented

    return compared


def _hashing(known: tuple[dataclasses.Field[Any], ...], compared: Values) -> Callable[[Any], int]:
    values = compared
    if any(each.hash is not None for each in known):
        values = _values(
            [each.name for each in known if (each.compare if each.hash is None else each.hash)]
        )
    return lambda self: hash(values(self))


@recursive_repr()
def _represent(self: Any) -> str:
    shown = [
        f"{each.name}={getattr(self, each.name)!r}"
        for each in dataclasses.fields(self)
        if each.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: Any, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _first_init(cls: type[Any]) -> Callable[..., None]:
    """Return what makes the first record: it writes ``__init__``, which makes the others."""

    def make_first(self: Any, *given: Any, **named: Any) -> None:
        cls.__init__ = _written_init(cls)
        cls.__init__(self, *given, **named)

    return make_first


def _written_init(cls: type[Any]) -> Callable[..., None]:
    """Write what makes a record and compile it; values go past ``__setattr__``, right into the slots."""
    places: dict[str, Any] = {"_UNSET": _UNSET}
    given: list[str] = ["self"]
    by_name: list[str] = []
    lines: list[str] = []
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        places[f"_set_{name}"] = getattr(cls, name).__set__
        argument = name
        if each.default is not dataclasses.MISSING:
            places[f"_default_{name}"] = each.default
            argument = f"{name}=_default_{name}"
            value = value if each.init else f"_default_{name}"
        elif each.default_factory is not dataclasses.MISSING:
            places[f"_make_{name}"] = each.default_factory
            argument = f"{name}=_UNSET"
            made = f"_make_{name}()"
            value = f"{made} if {name} is _UNSET else {name}" if each.init else made
        if each.init:
            (by_name if each.kw_only else given).append(argument)
        lines.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    arguments = ", ".join([*given, *(["*", *by_name] if by_name else [])])
    exec(f"def __init__({arguments}):\n " + "\n ".join(lines or ["pass"]), places)  # noqa: S102
    init: Callable[..., None] = places["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    return init
