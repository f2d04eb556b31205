"""JSON arrays read object by object, so that memory holds one of them however long the file is."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Collection, Generator, Iterator
from typing import Any, BinaryIO, TypeAlias

from annotator.domain.errors import BadInput
from annotator.formats.strict_json import STRICT, refuse_lone

Alone: TypeAlias = Callable[[dict[str, Any]], Any]
"""Makes the one item of an object that holds no list of them."""

CHUNK = 1 << 16
DEPTH = 10
"""So many objects may be wrapped round a list."""
_BLANK = " \t\r\n"


def items_in(file: BinaryIO, most: int) -> Iterator[Any]:
    """Yield the items of an array, or the one value there is; strict as ``strict_json.parse``.

    Args:
        most: characters that one item may have.

    Raises:
        BadInput: at the place where the file stops being JSON; what came before was yielded.
    """
    text = _Text(file, most)
    if text.next_sign() != "[":
        yield text.value()
    else:
        yield from _array(text)
    text.end()


def items_under(
    file: BinaryIO, most: int, lists: Collection[str], within: Collection[str], alone: Alone
) -> Iterator[Any]:
    """Yield the items of an array, or of the first array that an object has under one of ``lists``.

    The array may stand in an object under one of ``within``. Of an object without such an array
    ``alone`` makes the one item, or raises LookupError. Raises like ``items_in``.
    """
    text = _Text(file, most)
    rest: dict[str, Any] | None = None
    match text.next_sign():
        case "[":
            yield from _array(text)
        case "{":
            rest = yield from _under(text, lists, within)
        case _:
            text.value()
            rest = {}
    text.end()
    if rest is not None:
        yield alone(rest)


def _array(text: _Text) -> Iterator[Any]:
    """Yield the items of the array that the text stands at."""
    text.skip()
    if text.next_sign() == "]":
        text.skip()
        return
    while True:
        yield text.value()
        if text.comma_or("]", "list"):
            return


def _under(
    text: _Text, lists: Collection[str], within: Collection[str], depth: int = 0
) -> Generator[Any, None, dict[str, Any] | None]:
    """Yield the items of an array in the object that the text stands at; return its members if there is none."""
    text.skip()
    rest: dict[str, Any] = {}
    seen: set[str] = set()
    found = False
    if text.next_sign() == "}":
        text.skip()
        return rest
    while True:
        key = text.key()
        if key in seen:
            raise BadInput(f"names the key “{key}” twice")
        seen.add(key)
        sign = text.next_sign()
        if sign == "[" and key in lists and not found:
            found = True
            yield from _array(text)
        elif sign == "{" and key in within and not found and depth < DEPTH:
            rest[key] = yield from _under(text, lists, within, depth + 1)
            found = rest[key] is None
        else:
            value = text.value()
            if not found:
                rest[key] = value
        if text.comma_or("}", "object"):
            return None if found else rest


class _Text:
    """The text of a file as far as it was read; what was used is dropped."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._read = 0
        self._is_whole = False

    def next_sign(self) -> str:
        """Return the next character that is not blank, empty at the end of the file."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        """Go past one character."""
        self._at += 1

    def key(self) -> str:
        """Return the key of a member and go past it and its colon."""
        if self.next_sign() != '"':
            raise self.broken("there should be a key in quotation marks")
        key = str(self.value())
        if self.next_sign() != ":":
            raise self.broken("there should be a colon")
        self.skip()
        return key

    def comma_or(self, close: str, what: str) -> bool:
        """Go past a comma, or past the end; tell whether it was the end."""
        sign = self.next_sign()
        if sign not in (",", close):
            raise self.broken(f"there should be a comma or the end of the {what}")
        self.skip()
        return sign == close

    def end(self) -> None:
        """Raise BadInput if there is anything more."""
        if self.next_sign():
            raise self.broken("there is something after the end")

    def value(self) -> Any:
        """Return the next value and go past it."""
        self.next_sign()
        while True:
            try:
                value, end = STRICT.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                raise self.broken(error.msg, error.pos) from None
            except RecursionError:
                raise BadInput("is nested too deeply to be ours") from None
            except BadInput:
                raise
            except ValueError as error:
                raise BadInput(f"is not JSON that can be read ({error})") from None
            if isinstance(value, int | float) and self._may_go_on(end):
                self._more()
                continue
            if "\\u" in self._text[self._at : end]:
                refuse_lone(value)
            self._at = end
            return value

    def _may_go_on(self, end: int) -> bool:
        """Tell whether a number may go on in what was not read yet, as “1” does in “1.5” and “1e-9”."""
        return not self._is_whole and len(self._text) - end <= len("e-")

    def broken(self, what: str, at: int | None = None) -> BadInput:
        """Return the problem at a place."""
        place = self._dropped + (self._at if at is None else at) + 1
        return BadInput(f"is not JSON: {what} at character {place}")

    def _more(self) -> bool:
        """Read as much again as there is; tell whether there was more."""
        if self._is_whole:
            return False
        self._text, self._at, self._dropped = (
            self._text[self._at :],
            0,
            self._dropped + self._at,
        )
        if len(self._text) > self._most:
            raise BadInput(
                f"has an object of more than {self._most / 1e6:.0f} million characters: split the file"
            )
        raw = self._file.read(max(CHUNK, len(self._text)))
        try:
            self._text += self._decode.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            raise BadInput(f"is not UTF-8 (byte {self._read + error.start})") from None
        self._read += len(raw)
        self._is_whole = not raw
        return bool(raw)
