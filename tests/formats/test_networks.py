"""Written networks say the same when another program reads them."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from annotator.domain.errors import BadInput
from annotator.domain.network import Kind, Network
from annotator.formats.network_registry import NETWORK_WRITERS, writer_for

ACTORS = ("Ode, Lena", "Port “East” & <West>", 'the "Quay"', "مرفأ")
TOPICS = ("dues", "Ode, Lena")

TWO_MODE = Network(
    Kind.TWO_MODE, ACTORS, TOPICS, {(0, 0): 2.0, (1, 1): -1.0, (3, 1): 1 / 3},
    {(0, "dues"): ("m1", "m2"), (1, "Ode, Lena"): ("m3",), (3, "Ode, Lena"): ("m4",)},
)  # fmt: skip
ONE_MODE = Network(
    Kind.ONE_MODE, ACTORS, ACTORS, {(0, 1): 1.5, (1, 3): -2.0},
    {(0, "dues"): ("m1",), (1, "dues"): ("m2",), (1, "rent"): ("m3",), (3, "rent"): ("m3", "m4")},
)  # fmt: skip
DIRECTED = Network(
    Kind.DIRECTED, ACTORS, ACTORS, {(0, 1): -3.0, (1, 0): 1.0, (2, 2): 1.0},
    {(0, ACTORS[1]): ("m1",), (1, ACTORS[0]): ("m2",), (2, ACTORS[2]): ("m3",)},
)  # fmt: skip
ALL = [TWO_MODE, ONE_MODE, DIRECTED, Network(Kind.TWO_MODE, (), (), {})]
each_network = pytest.mark.parametrize("network", ALL, ids=["two", "one", "directed", "empty"])


def written(name: str, network: Network) -> str:
    facts = {"rows": "source", "why": "a < b\x01"}
    return "".join(writer_for(Path("x"), name).lines(network, facts))


def edges(graph: nx.Graph, value: str) -> dict[tuple[str, str], float]:
    label = graph.nodes(data="label")
    return {(label[one], label[two]): data[value] for one, two, data in graph.edges(data=True)}


def expected(network: Network) -> dict[tuple[str, str], float]:
    return {
        (network.rows[row], network.columns[column]): value
        for (row, column), value in network.cells.items()
    }


@each_network
def test_graphml_is_read_by_networkx(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "net.graphml"
    path.write_text(written("graphml", network), encoding="utf-8")
    graph = nx.read_graphml(path)
    assert edges(graph, "weight") == expected(network)
    assert graph.is_directed() is (network.kind is Kind.DIRECTED)
    names = [*network.rows, *(network.columns if network.kind is Kind.TWO_MODE else ())]
    assert [data["label"] for _, data in graph.nodes(data=True)] == names


@each_network
def test_gexf_is_read_by_networkx(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    text = written("gexf", network)
    # networkx knows GEXF up to 1.2; what we use is the same in both.
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    path.write_text(text.replace('version="1.3"', 'version="1.2"'), encoding="utf-8")
    graph = nx.read_gexf(path)
    assert edges(graph, "value") == expected(network)
    assert all(data["weight"] >= 0 for _, _, data in graph.edges(data=True))


@each_network
def test_the_matrix_has_every_cell(network: Network) -> None:
    head, *lines = csv.reader(io.StringIO(written("matrix", network)))
    assert head == ["", *network.columns]
    assert [line[0] for line in lines] == list(network.rows)
    assert [[float(cell) for cell in line[1:]] for line in lines] == list(network.matrix())


@each_network
def test_the_list_of_ties_counts_their_marks(network: Network) -> None:
    head, *lines = csv.reader(io.StringIO(written("edges", network)), delimiter="\t")
    assert head == ["source", "target", "weight", "marks"]
    assert {(line[0], line[1]): float(line[2]) for line in lines} == expected(network)
    assert [int(line[3]) for line in lines] == [
        len(network.marks_between(*cell)) for cell in network.cells
    ]


@each_network
def test_dl_holds_labels_and_matrix(network: Network) -> None:
    text = written("dl", network)
    head, rest = text.split("data:\n")
    assert [[float(cell) for cell in line.split()] for line in rest.splitlines()] == list(
        network.matrix()
    )
    names = [*network.rows, *(network.columns if network.rows != network.columns else ())]
    assert re.findall('"([^"]*)"', head) == [name.replace('"', "'") for name in names]
    assert f"{len(network.rows)}" in head.splitlines()[0]


def test_one_mode_marks_are_those_on_what_is_shared() -> None:
    assert ONE_MODE.marks_between(1, 3) == ("m3", "m4")
    assert ONE_MODE.marks_between(0, 1) == ("m1", "m2")
    assert ONE_MODE.marks_of_column(1) == ONE_MODE.marks_of_row(1) == ("m2", "m3")


def test_the_format_is_told_by_the_suffix() -> None:
    for writer in NETWORK_WRITERS:
        assert writer_for(Path(f"net{writer.suffix.upper()}")) is writer
        assert writer_for(Path("net.anything"), writer.name) is writer
    with pytest.raises(BadInput, match=r"“net.xls” does not tell the format"):
        writer_for(Path("net.xls"))
    with pytest.raises(BadInput, match="“pajek” is no format of networks"):
        writer_for(Path("net.csv"), "pajek")


def test_a_network_may_have_a_range_of_time() -> None:
    made = Network(Kind.TWO_MODE, (), (), {}, since=date(2024, 1, 1), label="2024-01")
    assert (made.since, made.until, made.label) == (date(2024, 1, 1), None, "2024-01")
