"""A picture of a network: the strongest names, tied ones near each other, every tie with its marks."""

from __future__ import annotations

import math

from annotator.domain.network import Kind, Network
from annotator.services.network_drawing import draw

CAMPS = ("Ode", "Ruiz", "Port", "Kita", "Quay", "Board")
ONE_MODE = Network(
    Kind.ONE_MODE,
    CAMPS,
    CAMPS,
    {
        (0, 1): 5.0, (1, 2): 4.0, (0, 2): 5.0, (3, 4): 5.0, (4, 5): 4.0, (3, 5): 5.0,
        (0, 3): -6.0, (1, 4): -6.0, (2, 5): -6.0, (0, 5): -3.0,
    },
    {(0, "dues"): ("m1", "m2"), (1, "dues"): ("m3",), (1, "night"): ("m4",), (3, "dues"): ("m5",)},
)  # fmt: skip


def test_who_agrees_stands_nearer_than_who_differs() -> None:
    nodes = {node.name: (node.x, node.y) for node in draw(ONE_MODE, 6).nodes}

    def mean(pairs: list[tuple[str, str]]) -> float:
        return sum(math.dist(nodes[one], nodes[two]) for one, two in pairs) / len(pairs)

    camps = CAMPS[:3], CAMPS[3:]
    within = [(one, two) for camp in camps for one in camp for two in camp if one < two]
    across = [(one, two) for one in camps[0] for two in camps[1]]
    assert mean(within) < 0.6 * mean(across)


def test_the_strongest_are_drawn_and_a_tie_knows_its_marks() -> None:
    drawing = draw(ONE_MODE, 3)
    assert [node.name for node in drawing.nodes] == ["Ode", "Board", "Kita"]
    assert drawing.names == 6
    told = {drawing.told(number) for number in range(len(drawing.ties))}
    assert told == {"Kita – Board: 5", "Ode – Kita: -6", "Ode – Board: -3"}
    assert drawing.heaviest == 6
    assert drawing.nodes[0].marks == ("m1", "m2")
    tie = next(n for n in range(3) if drawing.told(n).startswith("Ode – Kita"))
    assert set(drawing.marks_of_tie(tie)) == {"m1", "m2", "m5"}


def test_neighbours_and_directions() -> None:
    network = Network(
        Kind.DIRECTED, ("Ode", "Port", "Ruiz"), ("Ode", "Port", "Ruiz"), {(0, 1): -2.0},
        {(0, "Port"): ("m1",)},
    )  # fmt: skip
    drawing = draw(network, 9)
    places = {node.name: number for number, node in enumerate(drawing.nodes)}
    assert drawing.is_directed
    assert drawing.told(0) == "Ode → Port: -2"
    assert drawing.around(places["Ode"]) == {places["Ode"], places["Port"]}
    assert drawing.around(places["Ruiz"]) == {places["Ruiz"]}
    assert drawing.nodes[places["Port"]].marks == ("m1",)


def test_a_topic_called_like_an_actor_is_another_node() -> None:
    network = Network(Kind.TWO_MODE, ("Port",), ("Port",), {(0, 0): 1.0}, {(0, "Port"): ("m1",)})
    drawing = draw(network, 5)
    assert [(node.name, node.is_column) for node in drawing.nodes] == [
        ("Port", False),
        ("Port", True),
    ]
    assert drawing.marks_of_tie(0) == ("m1",)
