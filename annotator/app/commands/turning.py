"""What ``undo`` and ``redo`` share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.app.commands.common import answer, open_project
from annotator.domain.errors import Problem

if TYPE_CHECKING:
    from annotator.domain.step import Outcome


def turn(arguments: argparse.Namespace, act: Callable[..., Outcome], word: str) -> None:
    """Undo or redo as many acts as asked for; what could be turned stays turned, and is told."""
    if arguments.count < 1:
        raise Problem("The number of acts must be 1 or more.")
    names: list[str] = []
    with open_project(arguments) as project:
        for _ in range(arguments.count):
            try:
                outcome = act(project, anybody=True)
            except Problem:
                if not names:
                    raise
                break
            if outcome.step:
                names.append(outcome.step.name)
    answer(arguments, {"acts": names}, [f"{word}: {name}" for name in names])
