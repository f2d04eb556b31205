"""Tying marks to each other, and to a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.codebook import Codebook, LinkType
from annotator.presentation import tying
from annotator.presentation.commands.command import LINKING, MARK, Command, has_mark
from annotator.presentation.reader import PARTNERS

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def commands(codebook: Codebook) -> tuple[Command, ...]:
    """Return the commands of every link type that is in use, and those for voices."""
    return (
        *(
            command
            for kind in codebook.links
            if not kind.retired
            for command in _of_type(codebook, kind)
        ),
        Command(
            "link.voice",
            "The author says or feels this",
            "Link",
            lambda desk: desk.tie_author(),
            ("V",),
            _takes_voice,
            MARK,
        ),
        Command(
            "link.unknown",
            "Source or holder is unknown",
            "Link",
            lambda desk: desk.tie_unknown(),
            ("Shift+V",),
            _takes_voice,
            MARK,
        ),
        Command(
            "link.begin",
            "From here: tie this mark to another one",
            "Link",
            tying.begin,
            ("L",),
            lambda desk: has_mark(desk) and desk.reader.linking is None,
            MARK,
        ),
        Command(
            "link.pick",
            "Tie to the mark under the caret",
            "",
            lambda desk: desk.end_link(),
            ("Enter", "L"),
            lambda desk: desk.reader.linking is not None,
            LINKING,
        ),
        *(_partner(number) for number in range(1, PARTNERS + 1)),
    )


def _partner(number: int) -> Command:
    return Command(
        f"link.partner.{number}",
        f"Tie to proposal {number}",
        "",
        lambda desk: desk.take_partner(number),
        (str(number),),
        lambda desk: desk.reader.linking is not None and len(desk.reader.partners) >= number,
        LINKING,
    )


def _of_type(codebook: Codebook, kind: LinkType) -> tuple[Command, Command]:
    """Two commands for a link type: tie to the nearest, and choose."""
    keys = (kind.key.upper(),) if kind.key else ()
    words = f"{codebook.layer(kind.start).label}: {kind.called}"

    def here(desk: Desk) -> bool:
        return desk.reader.current_layer == kind.start

    return (
        Command(
            f"link.{kind.id}",
            f"{words} is the nearest",
            "Link",
            lambda desk: desk.tie_to_nearest(kind.name),
            keys,
            here,
            f"{MARK}:{kind.start}",
        ),
        Command(
            f"link.{kind.id}.choose",
            f"{words}, choose …",
            "Link",
            lambda desk: desk.begin_link(kind.name),
            tuple(f"Shift+{key}" for key in keys),
            here,
            f"{MARK}:{kind.start}",
        ),
    )


def _takes_voice(desk: Desk) -> bool:
    layer = desk.reader.current_layer
    return bool(
        desk.project
        and layer
        and any(link.voices for link in desk.project.codebook.links_from(layer))
    )
