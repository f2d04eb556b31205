"""Every format networks are written in: one line each. They hold numbers and names, no articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from annotator.domain.errors import BadInput
from annotator.domain.network import Network
from annotator.formats.network_graphs import GexfWriter, GraphmlWriter
from annotator.formats.network_tables import DlWriter, EdgeWriter, MatrixWriter


class NetworkWriter(Protocol):
    """Writes one network into one text file."""

    name: str
    suffix: str
    about: str

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line; ``facts`` say how it was made, for formats that can hold them."""


NETWORK_WRITERS: tuple[NetworkWriter, ...] = (
    MatrixWriter(),
    EdgeWriter(),
    GraphmlWriter(),
    GexfWriter(),
    DlWriter(),
)


def writer_for(path: Path, name: str = "") -> NetworkWriter:
    """Return the writer of a name, or for no name the first whose suffix the file has; raise BadInput if there is none."""
    for writer in NETWORK_WRITERS:
        if writer.name == name or (not name and writer.suffix == path.suffix.lower()):
            return writer
    known = ", ".join(f"{writer.name} ({writer.suffix})" for writer in NETWORK_WRITERS)
    if name:
        raise BadInput(f"“{name}” is no format of networks: choose {known}.")
    raise BadInput(
        f"“{path.name}” does not tell the format: end it in one of these, or name one: {known}."
    )
