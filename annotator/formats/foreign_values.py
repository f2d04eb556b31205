"""Values of other tools as texts, and texts as the values that an attribute wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.domain.codebook import Kind


def typed(kind: Kind, texts: list[str]) -> Any:
    """Return texts as the kind of attribute wants them; what does not fit stays a text, to be refused."""
    if kind is Kind.SEVERAL:
        return texts
    text = texts[0] if len(texts) == 1 else ", ".join(texts)
    if kind is Kind.YES_NO:
        return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(
            text.casefold(), text
        )
    if kind is Kind.SCALE and text.lstrip("-").isdecimal() and len(text) < 10:
        return int(text)
    return text


def freeze_words(words: str) -> str:
    r"""Return quoted words with the line ends of frozen texts."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def texts(value: object) -> list[str]:
    """Return any JSON value as the texts of one attribute."""
    if isinstance(value, list):
        return [one for item in value for one in texts(item)]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [] if value is None else [str(value)]


def values_of(raw: object) -> dict[str, list[str]]:
    """Return a JSON object of values as texts."""
    if not isinstance(raw, dict):
        return {}
    found: Iterable[tuple[str, list[str]]] = (
        (str(name), texts(item)) for name, item in raw.items()
    )
    return {name: said for name, said in found if said}
