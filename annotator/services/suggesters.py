"""Which suggesters there are: the rules, and the models in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.errors import NotFound
from annotator.settings.places import resources_folder

if TYPE_CHECKING:
    from annotator.assist.proposal import Proposes


def suggesters(names: Sequence[str] = ()) -> list[Proposes]:
    """Return the suggesters of these names, or the rules if none is named.

    Raises:
        NotFound: there is none of a name.
    """
    known = available()
    if not names:
        return known[:1]
    by_name = {item.maker.name: item for item in known}
    for name in names:
        if name not in by_name:
            raise NotFound(
                f"There is no suggester “{name}”: choose from {', '.join(sorted(by_name))}."
            )
    return [by_name[name] for name in dict.fromkeys(names)]


def available() -> list[Proposes]:
    """Return all suggesters, the rules first; nothing heavy is loaded before one is asked."""
    from annotator.assist.rules import Rules

    return [Rules(resources_folder() / "lexicons")]
