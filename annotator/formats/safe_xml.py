"""XML from strangers without entities, document types or bottomless trees; and writing what XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from annotator.domain.errors import BadInput

MAX_BYTES = 300_000_000
MAX_DEPTH = 200
_CHUNK = 1 << 16

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(raw: bytes) -> Element:
    """Return the root; names are ``{namespace}local`` as elsewhere in Python.

    Raises:
        BadInput: no XML, too large, too deep, or with a document type, where entities hide.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(f"is larger than {MAX_BYTES / 1e6:.0f} MB, which no XML we read is")
    tree = _Tree()
    _feed(_parser(tree), raw, is_last=True)
    return tree.root()


class Pieces:
    """The elements of certain names of a file, one after the other; nothing else of it is held.

    An element within another one of these names comes with that one.

    Attributes:
        root: the attributes of the outermost element, once the first piece is read.
    """

    def __init__(self, file: BinaryIO, names: frozenset[str]) -> None:
        self._file = file
        self._tree = _PieceTree(names)

    @property
    def root(self) -> dict[str, str]:
        """The attributes of the outermost element."""
        return self._tree.outermost

    def __iter__(self) -> Iterator[Element]:
        """Yield each element when it has ended.

        Raises:
            BadInput: as ``parse`` does, when it comes to what is wrong.
        """
        parser = _parser(self._tree)
        while chunk := self._file.read(_CHUNK):
            _feed(parser, chunk, is_last=False)
            yield from self._tree.ready()
        _feed(parser, b"", is_last=True)
        yield from self._tree.ready()


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


def _parser(tree: _Tree) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    return parser


def _feed(parser: expat.XMLParserType, raw: bytes, *, is_last: bool) -> None:
    try:
        parser.Parse(raw, is_last)
    except expat.ExpatError as error:
        raise BadInput(f"is not XML that can be read ({error})") from None
    except (ValueError, LookupError) as error:
        raise BadInput(f"is in an encoding that cannot be read ({error})") from None


def _refuse_doctype(*_: object) -> None:
    raise BadInput("declares a document type or entities, which are not read: save it without")


class _Tree:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadInput(f"is nested more than {MAX_DEPTH} deep")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._deeper()
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


class _PieceTree(_Tree):
    """Builds nothing but the elements of certain names."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names
        self._begun_at = 0
        self._ready: list[Element] = []
        self.outermost: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._depth:
            self.outermost = dict(attributes)
        if not self._begun_at and name.rpartition("}")[2] in self._names:
            self._begun_at = self._depth + 1
            self._builder = TreeBuilder()
        if self._begun_at:
            super().start(name, attributes)
        else:
            self._deeper()

    def end(self, name: str) -> None:
        if not self._begun_at:
            self._depth -= 1
            return
        is_whole = self._depth == self._begun_at
        super().end(name)
        if is_whole:
            self._begun_at = 0
            self._ready.append(self.root())

    def data(self, data: str) -> None:
        if self._begun_at:
            super().data(data)

    def ready(self) -> list[Element]:
        """Return the elements that have ended since it was asked last."""
        ready, self._ready = self._ready, []
        return ready


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name
