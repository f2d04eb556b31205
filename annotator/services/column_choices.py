"""What the columns of tables mean: said on the command line or in the window, and kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from annotator.domain.coded import TableLook
from annotator.domain.errors import BadInput, Problem
from annotator.formats.columns import FIELDS, key_of_columns
from annotator.formats.strict_json import parse
from annotator.settings import column_presets
from annotator.settings.places import config_folder

__all__ = ["keep", "kept", "key_of_columns", "said"]


def kept() -> column_presets.Presets:
    """Return what was said before, by the columns of the table."""
    return column_presets.load(config_folder())


def keep(look: TableLook, meaning: Mapping[str, str]) -> None:
    """Keep what the columns of a table mean, for the next table with the same columns.

    Where the folder cannot be written to, the import goes on and the choice is asked for again.
    """
    with suppress(OSError):
        column_presets.keep(config_folder(), key_of_columns(look.columns), meaning)


def said(words: str) -> dict[str, str]:
    """Return what ``text=body,title=headline`` says, or the JSON file of that name.

    Raises:
        BadInput: neither, or a field that an article does not have.
    """
    if words.endswith(".json"):
        return _from_file(Path(words))
    pairs = [pair.partition("=") for pair in words.split(",") if pair.strip()]
    meaning = {field.strip(): column.strip() for field, _, column in pairs}
    if not meaning or not all(middle for _, middle, _ in pairs):
        raise BadInput(
            f"“{words}” does not say what columns mean: write it as text=NAME,title=NAME, "
            "or name a JSON file"
        )
    return _checked(meaning, words)


def _from_file(path: Path) -> dict[str, str]:
    try:
        found = parse(path.read_bytes())
    except (OSError, Problem) as problem:
        raise BadInput(f"{path.name} cannot be used for the columns: {problem}") from None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise BadInput(
            f'{path.name} does not say what columns mean: it should be an object such as {{"text": "body"}}'
        )
    return _checked(found, path.name)


def _checked(meaning: dict[str, str], where: str) -> dict[str, str]:
    for field in meaning:
        if field not in FIELDS:
            raise BadInput(
                f"{where} names “{field}”, which is no field of an article: choose {', '.join(FIELDS)}"
            )
    return meaning
