"""Quotations told from reported speech by their quotation marks, as several languages set them."""

from __future__ import annotations

from annotator.domain.fragment import Fragment

_OPENING = '“„«»"‘‚‹”'
_CLOSING = '”“»«"’›'


def mode(text: str, fragments: tuple[Fragment, ...]) -> str:
    """Return ``direct``, ``mixed`` or ``reported``: what the signs around and within words tell.

    Args:
        text: of the article.
        fragments: of the claim, all of which stand in quotation marks if it is direct.
    """
    if all(_stands_in_quotes(text, part) for part in fragments):
        return "direct"
    inside = any(sign in part.slice for part in fragments for sign in '“„«"')
    return "mixed" if inside else "reported"


def _stands_in_quotes(text: str, part: Fragment) -> bool:
    before = text[: part.start].rstrip(" \u00a0\u202f")[-1:]
    own = part.slice[0]
    after = _sign_after(text, part.end)
    opens = before in _OPENING if before else False
    closes = (after in _CLOSING if after else False) or part.slice[-1] in _CLOSING
    return (opens or own in _OPENING) and closes


def _sign_after(text: str, end: int) -> str:
    """Return the sign that follows a quotation; French sets a space before its closing mark."""
    rest = text[end : end + 3].lstrip(",.!?;")
    spaced = rest.lstrip(" \u00a0\u202f")
    return spaced[:1] if spaced.startswith(("»", "›")) else rest[:1]
