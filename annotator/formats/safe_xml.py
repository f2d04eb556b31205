"""XML from strangers without entities, document types or bottomless trees; and writing what XML can hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from annotator.domain.errors import BadInput

MAX_BYTES = 300_000_000
MAX_DEPTH = 200

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(raw: bytes) -> Element:
    """Return the root; names are ``{namespace}local`` as elsewhere in Python.

    Raises:
        BadInput: no XML, too large, too deep, or with a document type, where entities hide.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(f"is larger than {MAX_BYTES / 1e6:.0f} MB, which no XML we read is")
    tree = _Tree()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise BadInput(f"is not XML that can be read ({error})") from None
    except (ValueError, LookupError) as error:
        raise BadInput(f"is in an encoding that cannot be read ({error})") from None
    return tree.root()


def text(value: str) -> str:
    """Return a text as XML content."""
    return escape(value)


def attribute(value: str) -> str:
    """Return a text as a quoted attribute."""
    return quoteattr(value)


def tag(element: str, /, **attributes: str | None) -> str:
    """Return ``name a="…" b="…"`` for a tag; attributes that are None are left out, ``_`` stands for ``:``."""
    said = (
        f" {key.replace('__', ':').rstrip('_')}={attribute(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    return element + "".join(said)


def without_controls(value: str) -> tuple[str, int]:
    """Return the text with a space for each character that XML 1.0 cannot hold, and how many there were."""
    return _FORBIDDEN.subn(" ", value)


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _refuse_doctype(*_: object) -> None:
    raise BadInput("declares a document type or entities, which are not read: save it without")


class _Tree:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadInput(f"is nested more than {MAX_DEPTH} deep")
        self._builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_clark(name))

    def data(self, data: str) -> None:
        self._builder.data(data)

    def root(self) -> Element:
        root = self._builder.close()
        if not isinstance(root, Element):  # pragma: no cover - expat refuses it before
            raise BadInput("is empty")
        return root


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name
