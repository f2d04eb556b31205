"""Names that stricter formats can hold: what they forbid is written as ``_x0020_`` and read back.

The notation is that of ISO 9075-14, which spreadsheets use too.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from annotator.formats.seen import Seen

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4,6})_")
_PLAIN = re.compile(r"[^A-Za-z0-9_.-]")
_XML = re.compile(r"[^A-Za-z0-9_]")
_WORD = re.compile(r"[^\w.:!?@&+=~/^<>{}()-]")

_RESERVED = {
    "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)),
}  # fmt: skip
MAX_FILE_NAME = 60
_MOST_TRIES = 50


def escaped(name: str) -> str:
    """Return a name of ASCII letters, digits, ``_``, ``-`` and ``.`` only."""
    return _escape(name, _PLAIN)


def identifier(name: str) -> str:
    """Return a name that programming languages and XML take: letters, digits and ``_``, no digit first."""
    plain = _escape(name, _XML)
    return f"_x{ord(plain[0]):04X}_{plain[1:]}" if plain[:1].isdigit() else plain


def word(name: str) -> str:
    """Return a name without white space or signs that end a word in tag files."""
    return _escape(name, _WORD)


def unescaped(name: str) -> str:
    """Return the name that one of the above was made from."""
    return _ESCAPE.sub(_character, name)


class FileNames:
    """Gives each key a file name of its own that every system can hold.

    Names given by ``new`` are remembered in a temporary file, for there may be very many.
    """

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._taken = Seen()

    def of(self, key: str, wish: str) -> str:
        """Return the file name of ``key``, made from ``wish`` the first time it is asked for."""
        known = self._given.get(key)
        if known is None:
            known = self._given[key] = self.new(key, wish)
        return known

    def new(self, key: str, wish: str) -> str:
        """Return a file name made from ``wish`` that was not given yet."""
        plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode()
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:MAX_FILE_NAME].strip("-")
        if not plain or plain.casefold() in _RESERVED:
            plain = f"{plain or 'file'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        name, number = plain, 1
        while not self._taken.add(name.casefold()):
            number += 1
            # Many articles of one title are not counted through each time.
            more = (
                number
                if number <= _MOST_TRIES
                else hashlib.sha256(f"{number}{key}".encode()).hexdigest()[:12]
            )
            name = f"{plain}-{more}"
        return name


def _escape(name: str, forbidden: re.Pattern[str]) -> str:
    safe = _ESCAPE.sub(lambda match: f"_x005F_{match.group()[1:]}", name)
    return forbidden.sub(lambda match: f"_x{ord(match.group()):04X}_", safe)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()
