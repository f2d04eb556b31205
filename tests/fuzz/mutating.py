"""Spoiling good input in the ways that readers have failed at elsewhere."""

from __future__ import annotations

import random
import re

WORDS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud83d", b"\r", b"\r\n", b"\xe2\x80\xa8", b"\xc2\x85",
    b"\xf0\x9f\x98\x80", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b"[[", b",", b":", b"null", b"true", b"NaN",
    b"-1", b"0", b"1e999", b"9" * 30, b"18446744073709551616", b"1.5", b"-0", b"\t", b"\n\n", b";", b"..", b"../",
    b"/etc/passwd", b"%s", b"%00", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"<script>",
    b"&lol;", b"=cmd|' /C calc'!A0", b"*\tEquiv T1 T2", b"T1\t", b"R1\tx Arg1:T1 Arg2:T9", b"#", b"text", b"start",
    b"end", b"spans", b"id", b"source", b"B-", b"I-", b"O", b"_", b"[0]", b"NOT", b'""', b"{}", b"[]", b"\xc3(",
)  # fmt: skip


_NUMBER = re.compile(rb"[0-9]+")


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Return the input with one to a few things wrong with it."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        _CHANGES[chance.randrange(len(_CHANGES))](out, chance)
    return bytes(out)


def _flip(out: bytearray, chance: random.Random) -> None:
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _insert(out: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(out) + 1)
    out[place:place] = chance.choice(WORDS)


def _replace(out: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(out) + 1)
    out[place : place + chance.choice((1, 2, 4, 12))] = chance.choice(WORDS)


def _remove(out: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(out) + 1)
    del out[place : place + chance.choice((1, 1, 4, 40, 400))]


def _truncate(out: bytearray, chance: random.Random) -> None:
    del out[chance.randrange(len(out) + 1) :]


def _repeat(out: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(out) + 1)
    piece = out[place : place + chance.choice((1, 8, 64))]
    out[place:place] = piece * chance.choice((1, 2, 50))


def _swap(out: bytearray, chance: random.Random) -> None:
    first, second = chance.randrange(len(out) + 1), chance.randrange(len(out) + 1)
    piece = bytes(out[first : first + 16])
    out[second : second + len(piece)] = piece


def _number(out: bytearray, chance: random.Random) -> None:
    """Change a number that stands there, since offsets are what counts most."""
    found = _NUMBER.search(out, chance.randrange(len(out) + 1)) or _NUMBER.search(out)
    if found:
        out[found.start() : found.end()] = chance.choice(
            (b"0", b"-1", b"7", b"99999", b"1" * 25, b"0x1", b"1.0", b"")
        )


_CHANGES = (_flip, _insert, _replace, _remove, _truncate, _repeat, _swap, _number, _number)
