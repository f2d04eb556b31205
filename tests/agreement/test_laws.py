"""Order never matters; what is alike agrees; adding what is unrelated changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.measure import Measure, assess
from annotator.agreement.spans import exact_f1, overlap_f1
from annotator.agreement.unitizing import unitizing_alpha
from annotator.agreement.units import Document, Tie
from tests.agreement.shapes import documents
from tests.agreement.test_policy import each


@st.composite
def projects(draw: st.DrawFn) -> list[Document]:
    found = []
    for number in range(draw(st.integers(1, 3))):
        one = draw(documents(f"d{number}"))
        ties = {
            name: tuple(
                Tie(
                    draw(st.sampled_from(("source", "holder"))),
                    item,
                    draw(st.sampled_from((None, *spans))),
                    draw(st.sampled_from(("author", "unknown"))),
                    draw(st.sampled_from(("", "Ann", "Bob"))),
                )
                for item in draw(
                    st.lists(st.sampled_from(spans), max_size=2) if spans else st.just([])
                )
            )
            for name, spans in one.spans.items()
        }
        found.append(replace(one, ties=ties))
    return found


@each
@given(project=projects(), chance=st.randoms(use_true_random=False))
def test_no_order_matters(measure: Measure, project: list[Document], chance) -> None:
    shuffled = []
    for one in project:
        names = list(one.spans)
        chance.shuffle(names)
        shuffled.append(
            replace(
                one,
                spans={
                    name: tuple(chance.sample(one.spans[name], len(one.spans[name])))
                    for name in names
                },
                ties={
                    name: tuple(chance.sample(one.ties[name], len(one.ties[name])))
                    for name in names
                },
            )
        )
    chance.shuffle(shuffled)
    assert assess(measure, shuffled, draws=3) == assess(measure, project, draws=3)


@each
@given(project=projects())
def test_names_do_not_matter(measure: Measure, project: list[Document]) -> None:
    """Annotators in the opposite order give the same value."""
    turned = [
        replace(
            one,
            spans={_turned(name): spans for name, spans in one.spans.items()},
            ties={_turned(name): ties for name, ties in one.ties.items()},
        )
        for one in project
    ]
    before, after = assess(measure, project), assess(measure, turned)
    assert before.value == pytest.approx(after.value, abs=1e-12)
    assert before.reason == after.reason


def _turned(name: str) -> str:
    return {"A": "Z", "B": "Y", "C": "X"}[name]


@each
@given(one=documents())
def test_whoever_marks_alike_agrees(measure: Measure, one: Document) -> None:
    spans = next(iter(one.spans.values()))
    alike = replace(one, spans={"A": spans, "B": spans})
    found = assess(measure, [alike])
    assert found.value is None or found.value == pytest.approx(1.0)


@given(project=projects(), other=documents("unrelated"))
def test_an_unrelated_document_changes_nothing_for_others(project, other) -> None:
    """Annotators who never meet those of the project leave their figures alone."""
    apart = replace(other, spans={f"{name}2": () for name in other.spans})
    for measure in (exact_f1(), overlap_f1(), unitizing_alpha()):
        assert assess(measure, [*project, apart]).value == assess(measure, project).value


@each
@given(project=projects())
def test_values_stay_within_their_bounds(measure: Measure, project: list[Document]) -> None:
    found = assess(measure, project)
    if found.value is not None:
        assert found.value <= 1 + 1e-12
        if "F1" in measure.name or "same end" in measure.name:
            assert found.value >= 0
    if found.coverage and found.coverage.share is not None:
        assert -1e-12 <= found.coverage.share <= 1 + 1e-12
