"""``annotator release``: a frozen, versioned dataset folder."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.common import (
    Commands,
    ProgressLine,
    answer,
    command,
    open_project,
    project_argument,
    say,
)
from annotator.domain.errors import BadInput

if TYPE_CHECKING:
    from annotator.domain.release import About


KEPT = "as last time"

SAID = (
    "name", "title", "description", "licence", "url", "contact", "citation", "purpose", "collection",
    "process", "limitations",
)  # fmt: skip
"""What is said about the dataset in a word or a sentence, as the options are called."""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "release",
        "write a dataset folder: splits, card, checksums; never overwrites",
        _run,
    )
    project_argument(parser)
    parser.add_argument(
        "parent", type=Path, metavar="DIR", help="the folder that NAME-VERSION is made in"
    )
    parser.add_argument(
        "--version",
        required=True,
        metavar="V",
        help="three numbers, such as 1.0.0; 1.0 means 1.0.0",
    )
    parser.add_argument(
        "--name", metavar="NAME", help="of the dataset (default: as last time, or of the project)"
    )
    parser.add_argument(
        "--texts",
        default="with",
        choices=("with", "snippets", "without"),
        help="whole texts, marked words only, or offsets and hashes only (default: with)",
    )
    parser.add_argument(
        "--splits",
        default="random",
        choices=("random", "time", "publisher"),
        help="how articles are divided (default: random)",
    )
    parser.add_argument(
        "--shares",
        default="0.8,0.1,0.1",
        metavar="A,B,C",
        help="of train, dev and test (default: 0.8,0.1,0.1)",
    )
    parser.add_argument(
        "--strata",
        default="publisher",
        choices=("publisher", "month", "none"),
        help="what is dealt in proportion at random (default: publisher)",
    )
    parser.add_argument("--seed", type=int, default=20260101, metavar="N", help="of the splits")
    for name, about in (
        ("title", "of the dataset, for people"),
        ("description", "what the dataset is, in a sentence or two"),
        ("licence", "of the marks, such as CC-BY-4.0"),
        ("url", "where it will be found"),
        ("contact", "who is asked to take something out"),
        ("citation", "how it is cited"),
        ("purpose", "what it was made for"),
        ("collection", "how the articles were collected"),
        ("process", "how annotators were trained and worked"),
        ("limitations", "known biases and limitations"),
    ):
        parser.add_argument(f"--{name}", metavar="TEXT", help=f"{about} (default: {KEPT})")
    parser.add_argument(
        "--creator",
        action="append",
        metavar="NAME",
        help=f"a person or group; again for more (default: {KEPT})",
    )
    parser.add_argument(
        "--majority",
        action="store_true",
        help="what most annotators said stands where nobody adjudicated (default: such articles are left out)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what it would hold, and write nothing"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.domain.release import Texts, in_full
    from annotator.domain.splits import Method, Wish
    from annotator.services import release_about, release_words, releasing
    from annotator.services.release_plan import Order

    strata = "" if arguments.strata == "none" else arguments.strata
    wish = Wish(Method(arguments.splits), _shares(arguments.shares), arguments.seed, strata)
    version = in_full(arguments.version)
    if version != arguments.version:
        say(f"{arguments.version} is written in full: {version}.")
    with open_project(arguments) as project:
        about = _about(arguments, release_about.remembered(project))
        order = Order(about, version, Texts(arguments.texts), wish, votes=arguments.majority)
        with ProgressLine() as progress:
            if arguments.dry_run:
                plan = releasing.preview(project, order, progress.tell)
                folder = None
            else:
                made = releasing.release(project, order, arguments.parent, progress.tell)
                plan, folder = made.plan, made.folder
    say(f"Wrote {folder}." if folder else "A trial: nothing was written.")
    answer(arguments, release_words.as_data(plan, folder), plan.in_words())


def _about(arguments: argparse.Namespace, last: About) -> About:
    """Return what is said about the dataset: the options, and for what has none what was said last time."""
    from annotator.services.release_about import given

    said = {name: value for name in SAID if (value := getattr(arguments, name)) is not None}
    if arguments.creator is not None:
        said["creators"] = tuple(name for name in arguments.creator if name)
    kept = [name for name in given(last) if name not in said]
    if kept:
        say(f"As last time: {', '.join(kept)}.")
    return replace(last, **said)


def _shares(text: str) -> tuple[float, float, float]:
    try:
        train, dev, test = map(float, text.split(","))
    except ValueError:
        raise BadInput(
            f"“{text}” are no shares: write three numbers, such as 0.8,0.1,0.1."
        ) from None
    return train, dev, test
