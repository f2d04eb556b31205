"""From marks, states and links of a project to the documents that are compared."""

from __future__ import annotations

from typing import Any

from annotator.agreement.gathering import (
    NOT_SAID,
    Labels,
    Values,
    actor,
    attribute,
    by_attribute,
    by_layer,
    gathered,
)
from annotator.agreement.measure import assess
from annotator.agreement.spans import exact_f1
from annotator.domain.article import Article, Meta, State, TextSource, Verdict
from annotator.domain.fragment import Fragment
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark, Origin, Provenance, Value, View

NOW = "2026-01-01T00:00:00.000Z"


def article(id: str = "one") -> Article:
    return Article(id, Meta(), "0" * 64, 100, TextSource("utf-8", "\n", False, "0" * 64), NOW, 1)


def state(who: str, verdict: Verdict = Verdict.DONE, layer: str = "claim") -> State:
    return State("one", who, layer, verdict, NOW)


def made(who: str) -> Provenance:
    return Provenance(who, NOW, NOW, Origin.MANUAL, 1)


def mark(
    who: str,
    start: int,
    end: int,
    layer: str = "claim",
    view: View = View.ANNOTATOR,
    actor: str | None = None,
    **attributes: Value,
) -> Mark:
    return Mark(
        f"{who}-{layer}-{start}-{view}", "one", view, layer,
        (Fragment(start, end, "x" * (end - start)),), made(who), attributes, actor,
    )  # fmt: skip


def link(who: str, start: Mark, end: Mark | None, voice: Voice | None = None) -> Link:
    id = f"{start.id}>{end.id if end else voice}"
    return Link(id, "one", start.view, "source", start.id, made(who), end and end.id, voice)


def gather(*given: Any, label: Labels = by_layer, value: Values | None = None, **more: Any) -> Any:
    return [one.document(label, value) for one in gathered(*given, **more)]


def test_only_finished_work_enters() -> None:
    marks = [mark("A", 0, 5), mark("B", 0, 5), mark("C", 0, 5), mark("D", 0, 5)]
    states = [
        state("A"),
        state("B", Verdict.NOTHING_FOUND),
        state("C", Verdict.OPEN),
        state("D", layer="actor"),
        state("E", Verdict.NOTHING_FOUND),
    ]
    (one,) = gather([article()], "claim", marks, states)
    assert one.annotators == ("A", "B", "E")
    assert one.spans["E"] == ()
    assert one.length == 100


def test_finished_with_nothing_found_differs_from_not_looked_at() -> None:
    marks = [mark("A", 0, 5)]
    (unfinished,) = gather([article()], "claim", marks, [state("A")])
    assert assess(exact_f1(), [unfinished]).value is None
    found = gather([article()], "claim", marks, [state("A"), state("B", Verdict.NOTHING_FOUND)])
    assert assess(exact_f1(), found).value == 0


def test_gold_stays_out_and_nothing_is_doubled_i8_f9_f10() -> None:
    mine = mark("A", 0, 5)
    marks = [mine, mine, mark("A", 0, 5, view=View.GOLD), mark("B", 0, 6), mark("B", 9, 12, "cue")]
    (one,) = gather([article(), article()], "claim", marks, [state("A"), state("B"), state("B")])
    assert {who: len(spans) for who, spans in one.spans.items()} == {"A": 1, "B": 1}
    assert [span.key for span in one.spans["A"]] == [mine.id]


def test_labels_and_values_come_from_attributes() -> None:
    marks = [
        mark("A", 0, 5, stance="support", topics=("b", "a")),
        mark("A", 10, 15),
        mark("B", 0, 5, topics=("a", "b"), stance="oppose"),
    ]
    states = [state("A"), state("B")]
    (one,) = gather(
        [article()], "claim", marks, states, label=by_attribute("topics"), value=attribute("stance")
    )
    assert [span.label for span in one.spans["A"]] == ["a + b", NOT_SAID]
    assert [span.value for span in one.spans["A"]] == ["support", None]
    assert assess(exact_f1(), [one]).value == 2 / 3
    (several,) = gather([article()], "claim", marks, states, value=attribute("topics"))
    assert several.spans["A"][0].value == several.spans["B"][0].value == ("a", "b")


def test_actors_are_values_of_mentions() -> None:
    marks = [mark("A", 0, 5, "actor", actor="ann"), mark("B", 0, 5, "actor")]
    (one,) = gather(
        [article()], "actor", marks, [state(who, layer="actor") for who in "AB"], value=actor
    )
    assert [spans[0].value for spans in one.spans.values()] == ["ann", None]


def test_links_become_ties_with_the_name_of_their_end() -> None:
    claim, said = mark("A", 20, 30), mark("A", 0, 5, "actor", actor="ann")
    plain, gold = mark("A", 6, 9, "actor"), mark("A", 40, 50, view=View.GOLD)
    links = [
        link("A", claim, said),
        link("A", claim, plain),
        link("A", claim, None, Voice.AUTHOR),
        link("A", gold, said),
    ]
    (one,) = gather(
        [article()], "claim", [claim, said, plain, gold], [state("A"), state("B")], links
    )
    ties = one.ties["A"]
    assert {(tie.voice, tie.name) for tie in ties} == {("author", ""), ("", "ann"), ("", "xxx")}
    assert all(tie.start == one.spans["A"][0] for tie in ties)
    assert one.ties["B"] == ()


def test_tokens_are_handed_through() -> None:
    (one,) = gather([article()], "claim", [], [state("A"), state("B")], tokens={"one": [(0, 4)]})
    assert one.tokens == ((0, 4),)
