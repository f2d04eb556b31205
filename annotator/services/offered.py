"""Which formats there are, in words, for the command line and the window."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "jsonl"
"""The one that carries the most, and is written unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: what the command line calls it.
        about: what it holds, in a few words.
        written: what is written: what people call it, a colon, and what it carries.
        suffix: how what is written usually ends; empty where nothing is.
        cannot_carry: what is left out whatever the project.
        tells_view: whether suggestions can be told from marks in it.
        needs_text: whether it makes no sense without the texts.
        several: whether several files are written: a folder, or one file if its name ends in .zip.
    """

    name: str
    about: str
    reads: bool
    writes: bool
    suffix: str = ""
    cannot_carry: tuple[str, ...] = ()
    tells_view: bool = False
    needs_text: bool = False
    written: str = ""
    several: bool = False

    @property
    def title(self) -> str:
        """What people call it."""
        return self.written.partition(": ")[0]

    @property
    def carries(self) -> str:
        """What it carries, as a sentence."""
        said = self.written.partition(": ")[2]
        return f"{said[:1].upper()}{said[1:]}."


def formats() -> list[Format]:
    """Return all formats: those that are read in the order in which they are tried, then the others."""
    from annotator.formats.registry import READERS, WRITERS

    written = {
        writer.name: Format(
            writer.name,
            writer.about,
            False,
            True,
            writer.suffix,
            writer.cannot_carry,
            writer.tells_view,
            writer.needs_text,
            writer.about,
            not getattr(writer, "packed", True),
        )
        for writer in WRITERS
    }
    found = []
    for reader in READERS:
        out = written.pop(reader.name, None)
        found.append(
            Format(
                reader.name,
                reader.about,
                True,
                out is not None,
                out.suffix if out else "",
                out.cannot_carry if out else (),
                out is not None and out.tells_view,
                out is not None and out.needs_text,
                out.written if out else "",
                out is not None and out.several,
            )
        )
    return [*found, *written.values()]
