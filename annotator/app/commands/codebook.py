"""``annotator codebook``: the codebook of a project, out to a file and in again."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument

if TYPE_CHECKING:
    from annotator.domain.codebook import Codebook


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "codebook", "show, export or exchange the codebook", _run)
    project_argument(parser)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--export",
        type=Path,
        metavar="FILE",
        help="write it as Markdown (.md), REFI-QDA (.qdc) or JSON (.json)",
    )
    ways.add_argument(
        "--import",
        dest="source",
        metavar="FILE",
        help="put the codebook of a file, or a ready one, in force as a new version; what it lacks is retired",
    )

    parser.add_argument(
        "--suggest-first",
        metavar="LAYERS",
        help="layers whose suggestions are shown at once, with commas between them; others come "
        "as a second look (“none”: all do)",
    )
    parser.add_argument(
        "--never-suggest", type=int, metavar="N", help="articles of 100 that never show suggestions"
    )
    parser.add_argument(
        "--by-chance", type=int, metavar="N", help="articles of 100 that the queue takes by chance"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import codebook_editing, codebooks

    with open_project(arguments) as project:
        lines = []
        if arguments.source:
            outcome = codebook_editing.adopt(project, codebooks.find(arguments.source))
            lines.append("In force now." if outcome.step else "It is in force already.")
        shares = arguments.never_suggest, arguments.by_chance
        if arguments.suggest_first is not None or shares != (None, None):
            outcome = codebook_editing.use_suggestions(
                project, first=_layers(arguments.suggest_first),
                kept_back=shares[0], by_chance=shares[1],
            )  # fmt: skip
            lines.append("In force now." if outcome.step else "It is in force already.")
        if arguments.export:
            codebooks.save(project.codebook, arguments.export)
            lines.append(f"Wrote {arguments.export}.")
        book, version = project.codebook, project.book.version
    data = {
        "name": book.name,
        "version": version,
        "layers": [layer.name for layer in book.open_layers],
        "suggesting": asdict(book.suggesting),
        "links": [link.id for link in book.links if not link.retired],
        "written": str(arguments.export) if arguments.export else None,
    }
    answer(arguments, data, [*lines, *_in_words(book, version)])


def _layers(words: str | None) -> list[str] | None:
    if words is None:
        return None
    return [name.strip() for name in words.split(",") if name.strip() not in ("", "none")]


def _in_words(book: Codebook, version: int) -> list[str]:
    lines = [f"{book.name}, version {version}"]
    for layer in book.open_layers:
        names = [item.label or item.name for item in layer.attributes if not item.retired]
        lines.append(f"  {layer.label}: {', '.join(names) or 'no attributes'}")
    lines += [
        f"  {link.start} → {link.name} → {' or '.join(link.ends)}"
        for link in book.links
        if not link.retired
    ]
    used = book.suggesting
    at_once = ", ".join(used.first) or "no layer"
    lines.append(
        f"  Suggestions: at once for {at_once}, then as a second look; never in "
        f"{used.kept_back} of 100 articles; {used.by_chance} of 100 come by chance"
    )
    return lines
