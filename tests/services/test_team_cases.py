"""Known failures of other tools where several people code: each is held by a test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.agreement.values import Coefficient
from annotator.domain.article import Verdict
from annotator.services import agreement, marking, merging, states, statistics
from annotator.services import project as projects
from annotator.services.agreement import Found, Order
from annotator.services.exporting import Order as Export
from annotator.services.exporting import export
from tests.support.material import STORY, make_project
from tests.support.team import article_id, code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path, STORY) as project:
        return project.path


def measured(path: Path) -> Found:
    with projects.open_existing(path) as project:
        return agreement.measure(project, Order(draws=0))


def one(found: Found, layer: str, name: str) -> Coefficient:
    (line,) = [
        line
        for line in found.lines
        if (line.layer, line.about, line.label) == (layer, "marks", "")
        and line.coefficient.name == name
    ]
    return line.coefficient


def test_overlapping_marks_of_one_annotator_are_merged_for_unitizing_and_counted(
    path: Path,
) -> None:  # I-2
    code(path, "Amal", [("claim", "the offer “an insult”"), ("claim", "an insult” on Monday")])
    code(path, "Bea", [("claim", "the offer “an insult” on Monday")])
    found = one(measured(path), "claim", "α_U")
    assert found.value == 1.0
    assert any("1 overlapping units" in note for note in found.notes)
    assert one(measured(path), "claim", "span F1, exact").value == 0.0


def test_what_is_marked_beside_does_not_lower_agreement_on_a_layer(path: Path) -> None:  # I-5
    for number in range(10):
        extra = [("sentiment", "an insult")] if number % 2 else []
        code(path, f"Person {number}", [("actor", "Amal Haddad"), *extra])
    found = measured(path)
    assert one(found, "actor", "span F1, exact").value == 1.0
    assert one(found, "sentiment", "span F1, exact").value < 1.0  # type: ignore[operator]


def test_a_space_at_the_edge_is_no_disagreement(path: Path) -> None:  # I-6
    code(path, "Amal", [("actor", "Amal Haddad")])
    code(path, "Bea", [("actor", " Amal Haddad")])
    code(path, "Chi", [("actor", "said Amal Haddad")])
    with projects.open_existing(path) as project:
        pair = agreement.measure(project, Order(draws=0, annotators=("Amal", "Bea")))
        other = agreement.measure(project, Order(draws=0, annotators=("Amal", "Chi")))
    assert one(pair, "actor", "span F1, exact").value == 1.0
    assert one(other, "actor", "span F1, exact").value == 0.0
    assert one(other, "actor", "span F1, any overlap").value == 1.0


def test_counts_are_those_of_distinct_ids(path: Path) -> None:  # I-8, F10
    theirs = path.with_name("bea.annotator")
    shutil.copyfile(path, theirs)
    code(theirs, "Bea", [("actor", "Amal Haddad"), ("claim", "We will not go back")])
    with projects.open_existing(path) as project:
        for _ in range(3):
            merging.merge(project, [theirs, theirs])
        (bea,) = [person for person in statistics.count(project).people if person.name == "Bea"]
        ids = list(project.db.execute("SELECT id FROM mark"))
        assert sum(bea.marks.values()) == len(ids) == len(set(ids)) == 2
        export(project, Export(path.with_name("all.jsonl")))
    lines = path.with_name("all.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = map(json.loads, lines)
    assert [len(line["actors"]), len(line["claims"])] == [1, 1]


def test_finished_is_what_the_verdicts_say_now(path: Path) -> None:  # I-10
    code(path, "Amal", [("actor", "Amal Haddad")])
    code(path, "Bea", [("actor", "Amal Haddad")])
    assert one(measured(path), "actor", "span F1, exact").basis.used == 1  # type: ignore[union-attr]
    with projects.open_existing(path, "Bea") as project:
        states.set_verdict(project, article_id(project), ["actor"], Verdict.OPEN)
    reopened = one(measured(path), "actor", "span F1, exact")
    assert reopened.basis
    assert (reopened.basis.used, reopened.basis.left_out) == (0, 1)


def test_two_coders_stay_two_in_every_export(path: Path) -> None:  # F9
    for name, words in (("Amal", "harbour workers’ union"), ("Bea", "workers’ union")):
        code(path, name, [("actor", words)])
    with projects.open_existing(path) as project:
        export(project, Export(path.with_name("all.jsonl")))
    lines = path.with_name("all.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["annotator"], [actor["text"] for actor in row["actors"]]) for row in rows] == [
        ("Amal", ["harbour workers’ union"]),
        ("Bea", ["workers’ union"]),
    ]


def test_one_mark_reshaped_leaves_the_other_annotators_alone(path: Path) -> None:  # D5
    for name in ("Amal", "Bea"):
        code(path, name, [("actor", "Amal Haddad")])
    with projects.open_existing(path, "Bea") as project:
        (mark,) = [
            id
            for (id,) in project.db.execute(
                "SELECT mark.id FROM mark JOIN annotator a ON a.id = annotator WHERE a.name = 'Bea'"
            )
        ]
        start = STORY.index("Haddad")
        marking.reshape(project, mark, [(start, start + 6)])
        texts = sorted(str(row[0]) for row in project.db.execute("SELECT fragments FROM mark"))
    assert ["Amal Haddad" in text for text in texts].count(True) == 1
