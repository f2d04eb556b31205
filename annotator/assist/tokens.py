"""Tokens: words, signs and whole quotations, each made once however often it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.assist.lexicons import Form
from annotator.assist.quotations import Quotation

CAPITAL, SMALL = "capital", "small"

STOPS = frozenset(".?!…")
"""Signs that end a sentence."""

CLOSERS = frozenset(")]}”»\"'’")
"""Signs that may stand behind its end."""

_ARABIC = ("al-", "el-")
"""How names may begin that are written with a small letter."""

_LOW_IN_TITLES = frozenset((
    "the", "and", "for", "with", "from", "that", "over", "into", "but", "nor", "its", "his", "her",
    "per", "via",
))  # fmt: skip


@dataclass(slots=True, eq=False)
class Token:
    """One word, sign or whole quotation, without its place.

    All places where a word is written alike share it, so it is never changed: what ``tagging``
    finds out makes another token.

    Attributes:
        low: the word in lower case, with straight apostrophes.
        capital: whether it begins with a capital letter.
        named: whether a name may begin with it (“Holm”, “al-Sayed”).
        case: ``CAPITAL`` or ``SMALL`` where it helps to tell a headline; empty for short words and
            signs.
        closes: whether a sentence may end behind it.
        tag, form: what kind of word it is, and which form of a reporting verb.
        doubtful: whether it may be something else beside its neighbours.
        leads: whether a cue may stand here, or before it as the speaker before a colon.
        quote: the quotation this token stands for.
        spoken: whether the quotation is long or complete enough to be what somebody said.
    """

    text: str
    low: str
    capital: bool
    named: bool
    case: str
    closes: bool
    tag: str = ""
    form: Form | None = None
    doubtful: bool = False
    leads: bool = False
    quote: Quotation | None = None
    spoken: bool = False


def low(text: str) -> str:
    """Return a text in lower case, with straight apostrophes."""
    return text.lower().replace("’", "'")


def word(text: str) -> Token:
    """Return a word or sign."""
    small = low(text)
    capital = text[0].isupper()
    case = ""
    if len(text) > 2 and text[0].isalpha() and small not in _LOW_IN_TITLES:
        case = CAPITAL if capital else SMALL
    named = capital or text[:3] in _ARABIC
    return Token(text, small, capital, named, case, text[-1] in STOPS or text[0] in CLOSERS)


def quoted(text: str, quote: Quotation, last: str, *, spoken: bool) -> Token:
    """Return a whole quotation; ``last`` is the last sign of what is quoted."""
    return Token(
        text, last, capital=False, named=False, case="", closes=True, quote=quote, spoken=spoken
    )
