"""Networks as tables: a matrix, a list of ties, and the DL files of UCINET and visone."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from annotator.domain.network import Network


def number(value: float) -> str:
    """Return a number as short as it can be without losing anything."""
    return str(int(value)) if value == int(value) else repr(value)


class _Given:
    """A file that gives a line back instead of keeping it, so that a table comes line by line."""

    def write(self, line: str) -> str:
        return line


class MatrixWriter:
    """A row for each row, its name first; opens in any spreadsheet."""

    name = "matrix"
    suffix = ".csv"
    about = "the matrix as CSV"

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line."""
        row = csv.writer(_Given(), lineterminator="\n").writerow
        yield row(["", *network.columns])
        for name, values in zip(network.rows, network.matrix(), strict=True):
            yield row([name, *map(number, values)])


class EdgeWriter:
    """One line for each tie, with the number of marks behind it; each pair of a one-mode network once."""

    name = "edges"
    suffix = ".tsv"
    about = "a list of ties, tab-separated: source, target, weight, marks"

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line."""
        row = csv.writer(_Given(), lineterminator="\n", delimiter="\t").writerow
        yield row(["source", "target", "weight", "marks"])
        for (at, other), value in network.cells.items():
            marks = len(network.marks_between(at, other))
            yield row([network.rows[at], network.columns[other], number(value), marks])


class DlWriter:
    """DL, full matrix, for UCINET and visone; embedded labels stand in quotes."""

    name = "dl"
    suffix = ".dl"
    about = "DL of UCINET and visone, full matrix"

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line."""
        return (f"{line}\n" for line in _dl(network))


def _dl(network: Network) -> Iterator[str]:
    if network.rows == network.columns:
        yield f"dl n = {len(network.rows)}"
        yield "format = fullmatrix"
        yield "labels:"
        yield ", ".join(map(_label, network.rows))
    else:
        yield f"dl nr = {len(network.rows)}, nc = {len(network.columns)}"
        yield "format = fullmatrix"
        yield "row labels:"
        yield ", ".join(map(_label, network.rows))
        yield "column labels:"
        yield ", ".join(map(_label, network.columns))
    yield "data:"
    for values in network.matrix():
        yield " ".join(map(number, values))


def _label(name: str) -> str:
    """Return a name in the quotes that DL needs around blanks and commas; it has no way to write a quote itself."""
    return '"' + " ".join(name.replace('"', "'").split()) + '"'
