"""Where annotators differ, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.link import Voice
from annotator.services import agreement, comparing, disagreements, linking
from annotator.services import project as projects
from annotator.services.agreement import Order
from annotator.services.disagreements import Case, Difference
from tests.support.material import STORY, make_project
from tests.support.team import code, mark_words


def found_in(path: Path) -> list[Case]:
    with projects.open_existing(path) as project:
        material = comparing.read(project.db, with_tokens=False)
        return disagreements.cases(material)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path, STORY) as project:
        return project.path


def test_every_kind_is_told(path: Path) -> None:
    code(path, "Amal", [
        ("actor", "harbour workers’ union", {"type": "organisation"}),
        ("actor", "Amal Haddad", {"type": "person"}),
        ("actor", "port authority", {"type": "government"}),
        ("claim", "We will not go back", {"stance": "oppose"}),
        ("claim", "it had no money left"),
    ])  # fmt: skip
    code(path, "Bea", [
        ("actor", "workers’ union", {"type": "organisation"}),
        ("actor", "Amal Haddad", {"type": "group"}),
        ("claim", "We will not go back", {"stance": "support"}),
        ("claim", "it had no money left"),
    ])  # fmt: skip
    cases = found_in(path)
    found = {max((mark.text for mark in case.marks.values()), key=len): case for case in cases}
    assert found["harbour workers’ union"].differences == (Difference.BOUNDARY,)
    assert found["Amal Haddad"].differences == (Difference.LABEL,)
    assert found["port authority"].differences == (Difference.MISSED,)
    assert found["We will not go back"].differences == (Difference.ATTRIBUTE,)
    assert found["We will not go back"].details == ("stance",)
    assert found["it had no money left"].is_agreed
    assert not found["port authority"].is_agreed


def test_links_lead_to_the_same_thing_or_not(path: Path) -> None:
    for name, voice in (("Amal", None), ("Bea", None), ("Chi", Voice.AUTHOR)):
        with projects.open_existing(path, name) as project:
            claim, actor = mark_words(
                project, [("claim", "We will not go back"), ("actor", "Amal Haddad")]
            )
            linking.tie(project, claim, "source", voice or actor)
        code(path, name, [])
        claims = [case for case in found_in(path) if case.layer == "claim"]
        if name == "Bea":
            assert claims[0].is_agreed
    assert claims[0].differences == (Difference.LINK,)
    assert claims[0].details == ("source",)


def test_only_articles_that_two_finished_are_compared(path: Path) -> None:
    code(path, "Amal", [("actor", "Amal Haddad")])
    assert found_in(path) == []
    code(path, "Bea", [("actor", "Amal Haddad")], finish=False)
    assert found_in(path) == []
    code(path, "Bea", [])
    assert [case.is_agreed for case in found_in(path)] == [True]


def test_table_and_list_use_one_rule(path: Path) -> None:  # I-9
    code(
        path,
        "Amal",
        [("actor", "harbour workers’ union"), ("actor", "Amal Haddad"), ("actor", "offer")],
    )
    code(path, "Bea", [("actor", "workers’ union"), ("actor", "Amal Haddad"), ("actor", "insult")])
    found = found_in(path)
    with projects.open_existing(path) as project:
        table = agreement.measure(project, Order(draws=0, layers=("actor",)))
    f1 = {
        line.coefficient.name: line.coefficient.value
        for line in table.lines
        if line.about == "marks"
    }
    paired = [case for case in found if len(case.marks) == 2]
    alike = [case for case in paired if Difference.BOUNDARY not in case.differences]
    assert f1["span F1, any overlap"] == pytest.approx(2 * len(paired) / 6)
    assert f1["span F1, exact"] == pytest.approx(2 * len(alike) / 6)
    assert len(found) == 4
