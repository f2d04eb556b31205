"""Networks as graphs in XML: GraphML and GEXF, with the kind of each node and the marks behind each tie.

Nodes are ``n0``, ``n1`` … in the order of rows, then columns; their names are labels, so that an
actor and a topic of one name stay two nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.domain.network import Kind, Network
from annotator.formats.network_tables import number
from annotator.formats.safe_xml import attribute as quoted
from annotator.formats.safe_xml import text as escaped
from annotator.formats.safe_xml import without_controls


@dataclass(frozen=True, slots=True)
class _Node:
    id: str
    name: str
    role: str
    marks: int


@dataclass(frozen=True, slots=True)
class _Edge:
    id: str
    source: str
    target: str
    weight: float
    marks: int


class GraphmlWriter:
    """GraphML: node names and roles, tie weights and counts of marks."""

    name = "graphml"
    suffix = ".graphml"
    about = "GraphML, for visone, Gephi, igraph and networkx"

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line."""
        return (f"{line}\n" for line in _graphml(network, facts))


class GexfWriter:
    """GEXF 1.3: the same, for Gephi."""

    name = "gexf"
    suffix = ".gexf"
    about = "GEXF 1.3, for Gephi"

    def lines(self, network: Network, facts: Mapping[str, str]) -> Iterator[str]:
        """Yield the file line by line."""
        return (f"{line}\n" for line in _gexf(network, facts))


def _graphml(network: Network, facts: Mapping[str, str]) -> Iterator[str]:
    way = "directed" if network.kind is Kind.DIRECTED else "undirected"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield f" <desc>{escaped(_about(facts))}</desc>"
    for id, owner, name, type in (
        ("label", "node", "label", "string"),
        ("role", "node", "role", "string"),
        ("node_marks", "node", "marks", "int"),
        ("weight", "edge", "weight", "double"),
        ("marks", "edge", "marks", "int"),
    ):
        yield f' <key id="{id}" for="{owner}" attr.name="{name}" attr.type="{type}"/>'
    yield f' <graph id="G" edgedefault="{way}">'
    for node in _nodes(network):
        yield f'  <node id="{node.id}">'
        yield f'   <data key="label">{escaped(_clean(node.name))}</data>'
        yield f'   <data key="role">{node.role}</data>'
        yield f'   <data key="node_marks">{node.marks}</data>'
        yield "  </node>"
    for edge in _edges(network):
        yield f'  <edge id="{edge.id}" source="{edge.source}" target="{edge.target}">'
        yield f'   <data key="weight">{number(edge.weight)}</data>'
        yield f'   <data key="marks">{edge.marks}</data>'
        yield "  </edge>"
    yield " </graph>"
    yield "</graphml>"


def _gexf(network: Network, facts: Mapping[str, str]) -> Iterator[str]:
    way = "directed" if network.kind is Kind.DIRECTED else "undirected"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield " <meta>"
    yield "  <creator>annotator</creator>"
    yield f"  <description>{escaped(_about(facts))}</description>"
    yield " </meta>"
    yield f' <graph defaultedgetype="{way}" mode="static">'
    yield '  <attributes class="node">'
    yield '   <attribute id="role" title="role" type="string"/>'
    yield '   <attribute id="marks" title="marks" type="integer"/>'
    yield "  </attributes>"
    # Weights of GEXF may be taken for distances of zero or more, so the value itself stands beside it.
    yield '  <attributes class="edge">'
    yield '   <attribute id="value" title="value" type="double"/>'
    yield '   <attribute id="marks" title="marks" type="integer"/>'
    yield "  </attributes>"
    yield "  <nodes>"
    for node in _nodes(network):
        yield f'   <node id="{node.id}" label={quoted(_clean(node.name))}>'
        yield "    <attvalues>"
        yield f'     <attvalue for="role" value="{node.role}"/>'
        yield f'     <attvalue for="marks" value="{node.marks}"/>'
        yield "    </attvalues>"
        yield "   </node>"
    yield "  </nodes>"
    yield "  <edges>"
    for edge in _edges(network):
        ends = f'id="{edge.id}" source="{edge.source}" target="{edge.target}"'
        yield f'   <edge {ends} weight="{number(abs(edge.weight))}">'
        yield "    <attvalues>"
        yield f'     <attvalue for="value" value="{number(edge.weight)}"/>'
        yield f'     <attvalue for="marks" value="{edge.marks}"/>'
        yield "    </attvalues>"
        yield "   </edge>"
    yield "  </edges>"
    yield " </graph>"
    yield "</gexf>"


def _nodes(network: Network) -> Iterator[_Node]:
    role = "row" if network.kind is Kind.TWO_MODE else "actor"
    for at, name in enumerate(network.rows):
        yield _Node(f"n{at}", name, role, len(network.marks_of_row(at)))
    if network.kind is Kind.TWO_MODE:
        first = len(network.rows)
        for at, name in enumerate(network.columns):
            marks = len(network.marks_of_column(at))
            yield _Node(f"n{first + at}", name, "column", marks)


def _edges(network: Network) -> Iterator[_Edge]:
    first = len(network.rows) if network.kind is Kind.TWO_MODE else 0
    for at, ((row, column), value) in enumerate(network.cells.items()):
        marks = len(network.marks_between(row, column))
        yield _Edge(f"e{at}", f"n{row}", f"n{first + column}", value, marks)


def _about(facts: Mapping[str, str]) -> str:
    return _clean("; ".join(f"{name}: {value}" for name, value in facts.items()))


def _clean(name: str) -> str:
    return without_controls(name)[0]
