"""Scores of one coding against another, on counts small enough to do by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.app.command_line import run
from annotator.domain.errors import BadInput
from annotator.domain.link import Voice
from annotator.services import evaluating, exporting, linking, marking, suggesting
from annotator.services.project import Project
from annotator.store import articles, marks
from tests.support.material import make_project

TEXT = "Lena Holm said the harbour would stay shut. Piet Maas left.\n"

Places = Sequence[tuple[int, int, str, dict[str, str]]]


def coded(folder: Path, name: str, places: Places, source: int | Voice | None = None) -> Path:
    """Return the JSONL of one article with these marks; the first claim is tied to ``source``."""
    with make_project(folder, TEXT, name=name) as project:
        article = articles.all(project.db)[0].id
        for start, end, layer, values in places:
            marking.mark(project, article, [(start, end)], layer, values)
        if source is not None:
            tie(project, article, source)
        out = folder / f"{name}.jsonl"
        exporting.export(project, exporting.Order(out))
    return out


def tie(project: Project, article: str, source: int | Voice) -> None:
    own = marks.of_article(project.db, article, project.annotator.id)
    claim = next(mark for mark in own if mark.layer == "claim")
    end = source if isinstance(source, Voice) else own[source].id
    linking.tie(project, claim.id, "source", end)


REFERENCE: Places = [
    (0, 9, "actor", {"type": "person"}),
    (15, 42, "claim", {"mode": "reported"}),
    (44, 53, "actor", {"type": "person"}),
]


def test_the_same_coding_is_right_in_everything(tmp_path: Path) -> None:
    one = coded(tmp_path, "one", REFERENCE, 0)
    found = evaluating.evaluate(str(one), str(one)).as_data()
    kinds = found["marks"]["claim"]  # type: ignore[index]
    assert {kind: data["f1"] for kind, data in kinds.items()} == {
        "exact": 1.0, "overlap": 1.0, "tokens": 1.0,
    }  # fmt: skip
    assert found["confusions"] == []
    assert found["on_matched"]["claim source"] == {"right": 1, "of": 1, "share": 1.0}  # type: ignore[index]


def test_scores_are_what_one_counts_by_hand(tmp_path: Path) -> None:
    reference = coded(tmp_path, "reference", REFERENCE, 0)
    # One actor exact but of another type, one missed, one claim a word short and without source,
    # and one actor too many.
    predicted = coded(
        tmp_path,
        "predicted",
        [
            (0, 9, "actor", {"type": "group"}),
            (15, 37, "claim", {"mode": "reported"}),
            (54, 58, "actor", {"type": "person"}),
        ],
    )
    scores = evaluating.evaluate(str(predicted), str(reference)).scores
    actor, claim = scores.marks["actor"], scores.marks["claim"]
    assert (actor["exact"].proposed, actor["exact"].wanted, actor["exact"].both) == (2, 2, 1)
    assert (actor["overlap"].both, claim["exact"].both, claim["overlap"].both) == (1, 0, 1)
    # “the harbour would stay” of “the harbour would stay shut”
    assert (claim["tokens"].proposed, claim["tokens"].wanted, claim["tokens"].both) == (4, 5, 4)
    assert scores.right["actor type"] == (0, 1)
    assert scores.right["claim source"] == (0, 1)
    assert scores.confusions == {("actor type", "group", "person"): 1}
    assert scores.marks["actor: person"]["exact"].as_data()["f1"] == 0.0


def test_the_author_and_nobody_are_both_no_actor(tmp_path: Path) -> None:
    reference = coded(tmp_path, "reference", REFERENCE, Voice.AUTHOR)
    predicted = coded(tmp_path, "predicted", REFERENCE)
    scores = evaluating.evaluate(str(predicted), str(reference)).scores
    assert scores.right["claim source"] == (1, 1)


def test_suggestions_against_marks_of_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coded(tmp_path, "study", REFERENCE, 0)
    path = tmp_path / "study"
    from annotator.services import project as projects

    with projects.open_existing(path.with_suffix(".annotator")) as project:
        suggesting.suggest(project)
    assert run(["evaluate", f"{path}:suggestions", f"{path}.annotator:annotator", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["marks"]["claim"]["exact"]["f1"] == 1.0
    assert found["on_matched"]["claim source"]["right"] == 1
    assert run(["evaluate", f"{path}:suggestions", str(path)]) == 0
    assert "claim source is right on 1 of 1 matched" in capsys.readouterr().out


def test_what_cannot_be_compared_is_told(tmp_path: Path) -> None:
    one = coded(tmp_path, "one", REFERENCE)
    with pytest.raises(BadInput, match="is not there"):
        evaluating.evaluate(str(one), str(tmp_path / "no.jsonl"))
    other = tmp_path / "other.jsonl"
    other.write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="no coded article in common"):
        evaluating.evaluate(str(one), str(other))
