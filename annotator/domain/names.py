"""Names of actors: when two of them are the same, short for each other, or parts of one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "der", "und")
)
"""Words that acronyms mostly leave out."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_POSSESSIVE = re.compile("['’]s$|(?<=s)['’]$")
_IN_BRACKETS = re.compile(r"\(\s*([^\W\d_][\w.&-]{1,11})\s*\)")
_BEFORE_BRACKETS = 160
"""How far before its brackets a long form may begin, in code points."""


def folded(name: str) -> str:
    """Return a name for comparing: no case, accents, punctuation, leading article or odd spaces.

    ``Da’esh`` and ``daesh`` fold to one, so do ``the U.N.`` and ``UN``.
    """
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip())).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "ـ")
    words = _WORD.findall(_APOSTROPHES.sub("", _without_dots(letters)))
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def without_possessive(words: str, text: str) -> str:
    """Return a name without its *’s*, if the text has it without, too.

    *Iraq’s* is Iraq where the article also says *Iraq*; *McDonald’s* is called so.
    """
    bare = _POSSESSIVE.sub("", words)
    stands_alone = rf"(?<!\w){re.escape(bare)}(?![\w'’])"
    return bare if bare != words and re.search(stands_alone, text) else words


def initials(name: str) -> str:
    """Return the acronym a name of several words would have, in lower case, or nothing.

    Small words are left out: *Bureau of Land Management* gives ``blm``.
    """
    words = [word for word in folded(name).split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_acronym(words: str) -> bool:
    """Tell whether words look like an acronym: one word, two to eight letters, nearly all capitals."""
    letters = [sign for sign in words if sign.isalpha()]
    return (
        len(words.split()) == 1
        and 2 <= len(letters) <= 8
        and sum(sign.isupper() for sign in letters) >= max(2, len(letters) - 1)
    )


def without_case(words: str) -> str:
    """Return what words share that are told apart by capitals alone: “He” and “he”, but not “US” and “us”."""
    return words if is_acronym(words) else words.casefold()


def usual_spelling(counts: Mapping[str, int]) -> str:
    """Return the most frequent of several spellings; of equally frequent ones the first by its letters."""
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def is_part_of(words: str, name: str) -> bool:
    """Tell whether folded ``words`` are the end or the start of the longer folded ``name``.

    The words must be whole: *haddad* is part of *amal haddad*, *had* is not.
    """
    return name != words and (name.endswith(f" {words}") or name.startswith(f"{words} "))


def short_forms(text: str) -> dict[str, str]:
    """Return what the text itself abbreviates: ``Long Form (ABC)`` gives ``ABC`` → ``Long Form``.

    The letters of the short form must be the initials of the words before the brackets,
    with or without words such as *of*.
    """
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        short = match.group(1)
        before = text[max(match.start() - _BEFORE_BRACKETS, 0) : match.start()].rstrip()
        long = _long_form(short, before) if is_acronym(short) else ""
        if long:
            found.setdefault(short, long)
    return found


def _long_form(short: str, before: str) -> str:
    """Return the shortest stretch at the end of ``before`` that spells the short form out."""
    limit = min(len(short) + 5, 2 * len(short)) + 1
    words = re.split(r"\s+", before.rsplit("\n", 1)[-1])[-limit:]
    letters = [sign.casefold() for sign in short if sign.isalnum()]
    for count in range(2, len(words) + 1):
        tail = words[-count:]
        candidate = " ".join(tail)
        if candidate[0].casefold() == letters[0] and _spells(letters, tail):
            return candidate
    return ""


def _spells(letters: list[str], words: list[str]) -> bool:
    """Tell whether the letters are the initials of the words, small words left out or counted."""
    heads = [word.lstrip("“\"'‘(")[:1].casefold() for word in words]
    big = [head for head, word in zip(heads, words, strict=True) if word.casefold() not in _SMALL]
    return letters in (heads, big)


def _without_dots(text: str) -> str:
    """Join letters that dots part: ``u.n.`` is ``un``."""
    return re.sub(r"\b(?:\w\.){2,}", lambda match: match.group().replace(".", "") + " ", text)
