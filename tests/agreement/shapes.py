"""Short ways to write documents, and random ones for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.agreement.measure import Measure, assess
from annotator.agreement.units import Document, Span, span
from annotator.agreement.values import Coefficient


def document(
    length: int, id: str = "one", width: int = 1, **people: list[tuple[object, ...]]
) -> Document:
    """A document whose people marked ``(start, end, label="mark", value=None)``."""
    tokens = tuple((at, min(at + width, length)) for at in range(0, length, width))
    return Document(
        id,
        length,
        {who: tuple(span(*mark) for mark in marks) for who, marks in people.items()},
        tokens,
    )


def value(measure: Measure, *documents: Document) -> float:
    """The value, which must be there."""
    found = assess(measure, documents)
    assert found.value is not None, found.reason
    assert found.reason == ""
    return found.value


def nothing(measure: Measure, *documents: Document) -> Coefficient:
    """The coefficient, which must have a reason instead of a value."""
    found = assess(measure, documents)
    assert found.value is None
    assert found.reason
    return found


@st.composite
def spans(draw: st.DrawFn, length: int, labels: str = "ab") -> Span:
    cuts = draw(st.sets(st.integers(0, length), min_size=2, max_size=4).map(sorted))
    pairs = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    return Span(pairs, draw(st.sampled_from(labels)), draw(st.sampled_from((None, 1, 2, 3))))


@st.composite
def documents(draw: st.DrawFn, id: str = "one", people: int = 3) -> Document:
    length = draw(st.integers(4, 40))
    tokens = tuple((at, min(at + 2, length)) for at in range(0, length, 2))
    marks = st.lists(spans(length), max_size=5).map(tuple)
    names = draw(st.sets(st.sampled_from("ABCD"[:people]), min_size=2))
    return Document(id, length, {name: draw(marks) for name in sorted(names)}, tokens)
