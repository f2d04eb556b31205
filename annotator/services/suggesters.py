"""Which suggesters there are: the rules, and the models in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import NotFound
from annotator.services import models
from annotator.settings.places import resources_folder

if TYPE_CHECKING:
    from annotator.assist.proposal import Proposes


def suggesters(names: Sequence[str] = ()) -> list[Proposes]:
    """Return the suggesters of these names, or the rules if none is named.

    A name may also be a folder with a model in it.

    Raises:
        NotFound: there is none of a name.
        BadInput: a folder holds no model.
    """
    known = available()
    if not names:
        return known[:1]
    by_name = {item.maker.name: item for item in known}
    chosen: list[Proposes] = []
    for name in dict.fromkeys(names):
        if name in by_name:
            chosen.append(by_name[name])
        elif Path(name).is_dir():
            chosen.append(models.at(Path(name)))
        else:
            raise NotFound(
                f"There is no suggester “{name}”: choose from {', '.join(sorted(by_name))}, "
                "or name the folder of a model."
            )
    return chosen


def available() -> list[Proposes]:
    """Return all suggesters, the rules first; nothing heavy is loaded before one is asked."""
    from annotator.assist.rules import Rules

    return [Rules(resources_folder() / "lexicons"), *models.kept(), *models.installed()]
