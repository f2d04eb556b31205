"""``annotator models``: which models are kept, how they compare; remove one."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command
from annotator.domain.counts import counted


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "models", "list and compare trained models, remove one", _run)
    parser.add_argument("--remove", metavar="NAME", help="remove this model")


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import models

    if arguments.remove:
        models.remove(arguments.remove)
        answer(arguments, {"removed": arguments.remove}, [f"Removed {arguments.remove}."])
        return
    rows = models.comparison()
    others = [model.maker.name for model in models.installed()]
    lines = [
        f"{row['name']} {row['version']} {row['layer']}: learned {counted(row['spans'], 'span')} of "
        f"{counted(row['articles'], 'article')}; F1 exact {_shown(row['exact_f1'])}, "
        f"overlap {_shown(row['overlap_f1'])} on {row['held_out']}"
        for row in rows
    ]
    lines += [f"{name}: an installed spaCy pipeline" for name in others]
    data = {"models": rows, "installed": others}
    answer(arguments, data, lines or [f"No models yet in {models.models_folder()}."])


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
