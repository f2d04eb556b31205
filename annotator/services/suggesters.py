"""Which suggesters there are: the rules, and the models in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.codebook import CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.errors import NotFound
from annotator.services import models
from annotator.settings.places import resources_folder

if TYPE_CHECKING:
    from annotator.assist.proposal import Proposes


def suggesters(names: Sequence[str] = (), codebook: Codebook | None = None) -> list[Proposes]:
    """Return the suggesters of these names, or the rules that suit the codebook if none is named.

    A name may also be a folder with a model in it.

    Raises:
        NotFound: there is none of a name.
        BadInput: a folder holds no model.
    """
    known = available()
    if not names:
        return [known[1] if codebook is not None and is_about_attribution(codebook) else known[0]]
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
    from annotator.assist.as_written import AsWritten
    from annotator.assist.rules import Rules

    lexicons = resources_folder() / "lexicons"
    return [Rules(lexicons), AsWritten(lexicons), *models.kept(), *models.installed()]


def is_about_attribution(codebook: Codebook) -> bool:
    """Tell whether sources are marked as they are written: claims and cues, but nothing is judged."""
    layers = {layer.name: layer for layer in codebook.layers if not layer.retired}
    claim = layers.get(CLAIM)
    return (
        claim is not None
        and CUE in layers
        and SENTIMENT not in layers
        and claim.attribute("stance") is None
    )
