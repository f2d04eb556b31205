"""The choices of a network in words, and what is said about one that was made."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.codebook import Codebook, Layer
from annotator.domain.network import Kind
from annotator.presentation.option import Option
from annotator.presentation.shortening import begun
from annotator.services.behind import MOST
from annotator.services.network_choices import COMBINES, NORMS, qualifiers, usual_combine, whose
from annotator.services.network_drawing import Drawing
from annotator.services.network_gathering import Order, filters_told, usual
from annotator.services.network_values import variables
from annotator.services.networks import Found
from annotator.services.wording import counted

KINDS = {
    Kind.TWO_MODE: "Who says what",
    Kind.ONE_MODE: "Who is near whom",
    Kind.DIRECTED: "Who judges whom",
}
COMBINE_WORDS = {
    "ignore": "Any stance",
    "subtract": "For − against",
    "combine": "Sets of stances",
    "congruence": "Same side",
    "conflict": "Opposite sides",
}
NORM_WORDS = {
    "none": "None",
    "average": "Average",
    "jaccard": "Jaccard",
    "cosine": "Cosine",
    "activity": "Activity",
    "prominence": "Prominence",
}
DUPLICATE_WORDS = {
    "article": "Once an article",
    "week": "Once a week",
    "month": "Once a month",
    "year": "Once a year",
    "range": "Once",
    "keep": "Every time",
}
WINDOW_WORDS = {
    "": "All",
    "years": "By year",
    "months": "By month",
    "weeks": "By week",
    "days": "By day",
    "events": "By statement",
}
FLAG_WORDS = {
    "isolates": "Names that nothing ties",
    "linked_only": "Only names of the actor book",
    "voices": "What the article’s author says",
    "middle": "Neutral counts as half-way",
    "weighted": "Intensity counts",
}


def choices(
    order: Order, codebook: Codebook | None, people: Sequence[str]
) -> dict[str, list[Option]]:
    """Return what each list of the window offers."""
    name, *_ = usual(order)
    layer = _layer(name, codebook)
    things = (
        [Option(name, _thing(name, layer, codebook)) for name in variables(codebook, layer)]
        if codebook and layer
        else []
    )
    stances = qualifiers(layer) if layer else []
    return {
        "kind": [Option(kind.value, label) for kind, label in KINDS.items()],
        "rows": things,
        "columns": things,
        "combine": [Option(value, _combine(order.kind, value)) for value in COMBINES[order.kind]],
        "norm": [Option(value, NORM_WORDS[value]) for value in NORMS[order.kind]],
        "duplicates": [Option(value, label) for value, label in DUPLICATE_WORDS.items()],
        "unit": [Option(value, label) for value, label in WINDOW_WORDS.items()],
        "layer": [Option(item.name, item.label) for item in codebook.layers if not item.retired]
        if codebook
        else [],
        "qualifier": [
            Option("", "As usual"),
            *(Option(name, _thing(name, layer, codebook)) for name in stances),
        ],
        "whose": [
            Option("annotator:", "Everybody’s"),
            *(Option(f"annotator:{person}", person) for person in people),
            Option("gold:", "Gold"),
        ],
    }


def chosen(order: Order) -> dict[str, str]:
    """Return what is chosen in each list, field and box."""
    layer, rows, columns = usual(order)
    return {
        "kind": order.kind.value,
        "rows": rows,
        "columns": columns,
        "combine": str(order.combine or usual_combine(order.kind)),
        "norm": str(order.norm),
        "duplicates": str(order.duplicates),
        "unit": str(order.unit or ""),
        "layer": layer,
        "qualifier": order.qualifier,
        "whose": whose(order),
        "size": str(order.size),
        "since": order.since.isoformat() if order.since else "",
        "until": order.until.isoformat() if order.until else "",
        "only": filters_told(order.only),
        "without": filters_told(order.without),
        **{flag: "yes" if getattr(order, flag) else "" for flag in FLAG_WORDS},
    }


def summary(found: Found, drawing: Drawing | None, period: int) -> str:
    """Return what is to be said about a picture, in one line."""
    if not found.statements or drawing is None:
        reasons = ", ".join(f"{counted(count, 'mark')} {why}" for why, count in found.left_out)
        why = f" Left out: {reasons}." if reasons else ""
        layer, rows, columns = usual(found.order)
        return f"No statement to draw: a {layer} counts if it has “{rows}” and “{columns}”.{why}"
    network = found.networks[period]
    parts = [counted(network.statements, "statement"), counted(len(network.cells), "tie")]
    if len(drawing.nodes) < drawing.names:
        parts.append(f"the {len(drawing.nodes)} strongest of {drawing.names:,} names")
    else:
        parts.append(counted(drawing.names, "name"))
    left = sum(count for _, count in found.left_out)
    if left:
        parts.append(f"{counted(left, 'mark')} gave none")
    return " · ".join(parts)


def legend(order: Order, drawing: Drawing | None, codebook: Codebook | None) -> str:
    """Return what the shapes and lines of a picture mean."""
    if drawing is None or not drawing.nodes:
        return ""
    name, *sides = usual(order)
    layer = _layer(name, codebook)
    rows, columns = (_thing(side, layer, codebook) for side in sides)
    parts = [f"● {rows}", f"■ {columns}"] if order.kind is Kind.TWO_MODE else []
    if any(tie.weight < 0 for tie in drawing.ties):
        parts.append("dashed: against" if order.kind is not Kind.ONE_MODE else "dashed: conflict")
    return "   ".join(parts)


def heading(title: str, count: int) -> str:
    """Return what stands above the quotes."""
    most = f", the first {MOST:,} of them here" if count > MOST else ""
    return f"{title}: {counted(count, 'mark')}{most}"


def _combine(kind: Kind, value: str) -> str:
    if kind is Kind.ONE_MODE and value == "subtract":
        return "Same − opposite"
    return COMBINE_WORDS[value]


def _layer(name: str, codebook: Codebook | None) -> Layer | None:
    return codebook.layer(name) if codebook and codebook.has_layer(name) else None


def _thing(name: str, layer: Layer | None, codebook: Codebook | None) -> str:
    """Return what an attribute or a link is called, with what is looked at of its end."""
    base, _, facet = name.partition(".")
    attribute = layer.attribute(base) if layer else None
    called = attribute.label if attribute else ""
    if layer and codebook and not attribute:
        called = codebook.link_called(layer.name, base)
    words = begun(called or base)
    return f"{words} ({facet})" if facet else words
