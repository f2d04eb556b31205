"""``annotator train``: learn a suggester from the articles that are done."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.common import (
    Commands,
    answer,
    command,
    open_project,
    project_argument,
    say,
)

if TYPE_CHECKING:
    from annotator.services.training import News


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "train", "learn a suggester from the articles that are done", _run)
    project_argument(parser)
    parser.add_argument(
        "out",
        type=Path,
        nargs="?",
        metavar="OUT_DIR",
        help="the folder to make (default: the project's name, among the kept models)",
    )
    parser.add_argument(
        "--layer", action="append", default=[], metavar="L", help="only this layer; repeatable"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="default: 0")
    parser.add_argument(
        "--steps", type=int, metavar="N", help="at most (default: by the number of articles)"
    )
    parser.add_argument(
        "--curve",
        action="store_true",
        help="learn from an eighth, a quarter and a half of the articles first, to see what more would bring",
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import models, training

    with open_project(arguments) as project:
        out = arguments.out or models.models_folder() / project.path.stem
        job = training.prepare(
            project, out, arguments.layer, seed=arguments.seed, steps=arguments.steps,
            curve=arguments.curve,
        )  # fmt: skip
    card = training.train_job(job, out, _tell)
    lines = [
        f"Trained {card['name']} {card['version']} in {out}.",
        *training.card_in_words(card),
    ]
    answer(arguments, card, lines)


def _tell(news: News | None) -> bool:
    if news and news.step and (news.step % 100 == 0 or news.step == news.of):
        say(news.in_words())
    return True
