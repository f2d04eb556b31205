"""How bytes become the frozen text of an article, and which characters count as visible.

Offsets everywhere in this package are Unicode code points into that text.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.errors import BadInput, DoubtfulEncoding

MAX_ARTICLE_BYTES = 20_000_000
"""A larger file is a collection, not an article; the window would need gigabytes to lay it out."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ILL_FITTING = re.compile(
    "[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
    )
    + "]"
)

_SIGNS_OF_ILL = (b"\0", b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""In UTF-8 every text with an ill-fitting character has one of these; hardly any other text does."""

_INVISIBLE = frozenset(
    map(
        chr,
        (
            0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E,
            *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
            0x2800, 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC),
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecodedText:
    r"""A text as it will be kept for ever, and how it came out of its bytes.

    Attributes:
        text: the frozen text; line ends are ``\n``, a leading byte-order mark is gone.
        encoding: the codec that decoded it.
        newlines: line ends found: ``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``.
        had_bom: whether a byte-order mark was dropped.
        source_sha256: of the bytes as they came.
        text_sha256: of ``text`` in UTF-8.
    """

    text: str
    encoding: str
    newlines: str
    had_bom: bool
    source_sha256: str
    text_sha256: str


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def decode(raw: bytes, encoding: str | None = None) -> DecodedText:
    """Decode an article strictly: byte-order mark, then ``encoding``, then UTF-8, never a guess.

    Raises:
        DoubtfulEncoding: the bytes are not UTF-8 and no encoding was named.
        BadInput: too large, empty, wrong for the named encoding, or with characters that
            no text can hold (NUL, lone surrogates, noncharacters).
    """
    if len(raw) > MAX_ARTICLE_BYTES:
        raise BadInput(
            f"is {len(raw) / 1e6:.0f} MB and an article may have {MAX_ARTICLE_BYTES / 1e6:.0f} MB: "
            "split it into its articles first"
        )
    codec, bom = _codec_of(raw, encoding)
    decoded = _decode_strictly(
        raw[len(bom) :], codec, len(bom), named=encoding is not None or bool(bom)
    )
    kept, newlines = freeze(decoded)
    return DecodedText(
        text=kept,
        encoding=codec,
        newlines=newlines,
        had_bom=bool(bom) or decoded.startswith("\ufeff"),
        source_sha256=hashlib.sha256(raw).hexdigest(),
        text_sha256=sha256_of(kept),
    )


def encoding_of(pieces: Iterable[bytes], encoding: str | None = None) -> str:
    """Return the codec that decodes a long file strictly, without holding it: as ``decode`` does.

    Raises:
        DoubtfulEncoding: the bytes are not UTF-8 and no encoding was named.
        BadInput: wrong for the encoding named.
    """
    decoder: codecs.IncrementalDecoder | None = None
    codec, named = "utf-8", encoding is not None
    skipped = 0
    for piece in pieces:
        if decoder is None:
            codec, bom = _codec_of(piece, encoding)
            named = named or bool(bom)
            _refuse_wide(piece, named=named)
            decoder = codecs.getincrementaldecoder(codec)()
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            start = max(error.start - 200, 0)
            near = error.object[start : error.start + 20_000]
            _decode_strictly(near, codec, skipped + start, named=named)
            raise BadInput(f"is not valid {codec} near byte {skipped}") from None
        except (LookupError, UnicodeError, TypeError):
            raise _no_encoding(codec) from None
        skipped += len(piece)
    try:
        if decoder is not None:
            decoder.decode(b"", True)
    except UnicodeError:
        raise BadInput(f"ends in the middle of a character, read as {codec}") from None
    return "utf-8-sig" if codec == "utf-8" else codec


def freeze(text: str) -> tuple[str, str]:
    """Return the text as it will be kept, and the kind of line ends it had.

    Leading byte-order marks are dropped (programs that join files leave several), CR LF and
    CR become LF; nothing else is changed. A text that is frozen already stays as it is.

    Raises:
        BadInput: nothing visible in it, or characters that no text can hold.
    """
    without_bom = text.lstrip("\ufeff")
    kinds = _newline_kinds(without_bom)
    kept = (
        without_bom.replace("\r\n", "\n").replace("\r", "\n")
        if "\r" in without_bom
        else without_bom
    )
    if _may_be_ill(kept) and (ill := _ILL_FITTING.search(kept)):
        raise BadInput(_ill_fitting_message(kept, ill.start()))
    if not kept or trim(kept, 0, len(kept)) is None:
        raise BadInput("has no text in it: there is nothing to read or mark")
    return kept, kinds


def readable(name: str) -> str:
    """Return a file name, or a word of the command line, as proper text.

    Python keeps bytes that are no text in the encoding of the system as half characters, which
    nothing can store or print; they are read as UTF-8, and what is not even that becomes “�”.
    """
    return os.fsencode(name).decode("utf-8", "replace")


def is_visible(character: str) -> bool:
    """Tell whether a character can stand at the edge of a mark (no space, control or invisible sign)."""
    if character.isascii():
        return " " < character < "\x7f"
    if character in _INVISIBLE or character.isspace():
        return False
    return unicodedata.category(character) not in ("Cc", "Zs", "Zl", "Zp")


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return ``[start, end)`` without invisible characters at its edges, or None if none is left."""
    while start < end and not is_visible(text[start]):
        start += 1
    while end > start and not is_visible(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None


def _codec_of(raw: bytes, encoding: str | None) -> tuple[str, bytes]:
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return codec, bom
    if encoding is None:
        return "utf-8", b""
    try:
        return codecs.lookup(encoding).name, b""
    except (LookupError, ValueError):
        raise _no_encoding(encoding) from None


def _decode_strictly(raw: bytes, codec: str, skipped: int, *, named: bool) -> str:
    _refuse_wide(raw, named=named)
    try:
        return raw.decode(codec, "strict")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"byte {error.start + skipped} (line {line})"
        if named:
            raise BadInput(
                f"is not valid {codec} at {where}: choose the encoding it was saved in"
            ) from None
        raise DoubtfulEncoding(
            f"is not UTF-8 at {where}: name its encoding (for example --encoding {_candidates(raw)[0]})",
            _candidates(raw),
        ) from None
    except (LookupError, UnicodeError):  # Python also calls rot13 and zip codecs
        raise _no_encoding(codec) from None


def _refuse_wide(raw: bytes, *, named: bool) -> None:
    """Raise DoubtfulEncoding for UTF-16 without its mark: in plain letters it would pass for UTF-8."""
    if not named and _is_surely_wide(raw):
        candidates = _candidates(raw)
        raise DoubtfulEncoding(
            f"looks like UTF-16 without its mark: name its encoding (for example --encoding {candidates[0]})",
            candidates,
        )


def _is_wide(raw: bytes) -> bool:
    return raw[:400].count(0) * 4 > len(raw[:400])


def _is_surely_wide(raw: bytes) -> bool:
    """Tell whether every other byte is mostly NUL, and hardly any between: no file has that by damage."""
    few, many = sorted((raw[:400:2].count(0), raw[1:400:2].count(0)))
    return many >= 4 and many * 4 > len(raw[:400]) and few * 8 <= many


def _no_encoding(name: str) -> BadInput:
    return BadInput(
        f"was to be read as “{name}”, which is no encoding of text known here: name another"
    )


_FARTHER = ("shift_jis", "euc-jp", "gb18030", "big5", "euc-kr")
"""Encodings of scripts with thousands of signs."""


def _candidates(raw: bytes) -> tuple[str, ...]:
    """Return encodings worth offering to a person; never used without asking."""
    if _is_wide(raw):
        low_first = raw[1:400:2].count(0) >= raw[:400:2].count(0)
        return ("utf-16-le", "utf-16-be") if low_first else ("utf-16-be", "utf-16-le")
    if any(0x80 <= byte < 0xA0 for byte in raw):
        return ("cp1252", "cp1250", "cp1251", "cp1256", "mac-roman", *_FARTHER)
    return ("cp1252", "iso8859-1", "iso8859-2", "cp1251", "cp1256", "koi8-r", *_FARTHER)


def _newline_kinds(text: str) -> str:
    crlf = text.count("\r\n")
    found = {
        "crlf": crlf,
        "cr": text.count("\r") - crlf,
        "lf": text.count("\n") - crlf,
    }
    present = [kind for kind, count in found.items() if count]
    if not present:
        return "none"
    return present[0] if len(present) == 1 else "mixed"


def _may_be_ill(text: str) -> bool:
    """Tell whether it is worth looking at every character for one that no text can hold."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return True
    return any(sign in raw for sign in _SIGNS_OF_ILL)


def _ill_fitting_message(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    character = text[offset]
    code = f"U+{ord(character):04X}"
    if character == "\0":
        return (
            f"has a NUL character in line {line}, so it is no plain text "
            "(or is UTF-16 without its mark): save it as UTF-8 and try again"
        )
    kind = (
        "half a character (a lone surrogate)"
        if 0xD800 <= ord(character) <= 0xDFFF
        else "a noncharacter"
    )
    return f"has {kind}, {code}, in line {line}: remove it and try again"
