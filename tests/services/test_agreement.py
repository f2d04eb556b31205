"""Agreement of a project: what enters, what comes out, and how it is told."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import defaultdict
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from annotator.agreement.alpha import krippendorff_alpha
from annotator.agreement.side_by_side import Crew, crew
from annotator.agreement.values import Coefficient
from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.services import agreement, agreement_words, assigning, importing, long_table
from annotator.services import project as projects
from annotator.services.agreement import Family, Found, Order
from annotator.services.assigning import Wish
from tests.support.material import STORY, make_project
from tests.support.team import code

AMAL = [
    ("actor", "harbour workers’ union", {"type": "organisation"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("claim", "We will not go back", {"stance": "oppose"}),
    ("sentiment", "an insult", {"polarity": "negative", "intensity": 3}),
]
BEA = [
    ("actor", "workers’ union", {"type": "group"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("actor", "port authority", {"type": "government"}),
    ("claim", "We will not go back", {"stance": "support"}),
    ("sentiment", "an insult", {"polarity": "negative", "intensity": 2}),
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project of two articles that Amal and Bea both finished."""
    with make_project(tmp_path, STORY, STORY.replace("Monday", "Friday")) as project:
        path = project.path
    for number in (0, 1):
        code(path, "Amal", AMAL, article=number)
        code(path, "Bea", BEA, article=number)
    return path


def measured(path: Path, **order: object) -> Found:
    with projects.open_existing(path) as project:
        return agreement.measure(project, Order(draws=0, **order))  # type: ignore[arg-type]


def one(found: Found, layer: str, about: str, name: str, group: str = "") -> Coefficient:
    """The only line of that name."""
    (line,) = [
        line
        for line in found.lines
        if (line.layer, line.about, line.label, line.group) == (layer, about, "", group)
        and line.coefficient.name == name
    ]
    return line.coefficient


def test_figures_are_those_counted_by_hand(study: Path) -> None:
    found = measured(study)
    assert found.annotators == ("Amal", "Bea")
    # In each article: 2 and 3 actors, one with the same bounds, two overlapping.
    assert one(found, "actor", "marks", "span F1, exact").value == pytest.approx(2 / 5)
    assert one(found, "actor", "marks", "span F1, any overlap").value == pytest.approx(4 / 5)
    assert one(found, "actor", "type", "span F1, any overlap").value == pytest.approx(2 / 5)
    assert one(found, "claim", "marks", "span F1, exact").value == 1.0
    # Two units oppose/support: D_o 1, D_e = 2·2·2/(4·3).
    assert one(found, "claim", "stance", "α of stance, nominal").value == pytest.approx(-0.5)
    polarity = one(found, "sentiment", "polarity", "α of polarity, nominal")
    assert polarity.value is None
    assert "no variation" in polarity.reason
    assert polarity.observed == 0.0


def test_what_is_not_finished_does_not_enter_unless_asked_for(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    code(path, "Amal", AMAL)
    code(path, "Bea", BEA, finish=False)
    found = measured(path)
    alone = one(found, "actor", "marks", "span F1, exact")
    assert alone.value is None
    assert "two annotators" in alone.reason
    assert alone.basis
    assert alone.basis.left_out == 1
    assert agreement_words.in_words(found)[-1] == agreement_words.NOBODY_TWICE
    counted = measured(path, unfinished=True)
    assert one(counted, "actor", "marks", "span F1, exact").value == pytest.approx(2 / 5)
    # Bea marked nothing on this layer, but she did mark in the article: that is a finding.
    assert one(counted, "cue", "marks", "span F1, exact").basis.used == 1  # type: ignore[union-attr]


def test_articles_that_were_only_dealt_out_are_not_counted_as_finished(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY, STORY.replace("Monday", "Friday")) as project:
        path = project.path
        assigning.assign(project, assigning.deal(project, Wish(("Amal", "Bea"), overlap=1.0)))
    code(path, "Amal", AMAL)
    code(path, "Bea", BEA)
    found = measured(path)
    assert found.articles == 1
    assert one(found, "actor", "marks", "span F1, exact").value == pytest.approx(2 / 5)


def test_totally_different_marks_in_several_articles_do_not_agree(tmp_path: Path) -> None:  # I-1
    with make_project(tmp_path, *(STORY + str(number) for number in range(4))) as project:
        path = project.path
    for number in range(4):
        code(path, "Amal", [("claim", "harbour workers’")], article=number)
        code(path, "Bea", [("claim", "until the night shift")], article=number)
    found = measured(path, layers=("claim",))
    for name in ("α_U", "uα", "|uα", "token κ", "token α", "span F1, any overlap"):
        value = one(found, "claim", "marks", name).value
        assert value is not None
        assert value < 0.1


def test_coverage_stands_beside_every_coefficient(study: Path) -> None:  # I-3
    for line in measured(study).lines:
        assert line.coefficient.coverage is not None, line
        assert agreement_words.coverage(line.coefficient)


def test_a_unanimous_project_is_explained_not_praised(tmp_path: Path) -> None:  # I-11
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for name in ("Amal", "Bea"):
        code(path, name, AMAL)
    found = measured(path)
    alike = one(found, "claim", "stance", "α of stance, nominal")
    assert (alike.value, alike.observed) == (None, 0.0)
    assert one(found, "claim", "marks", "span F1, exact").value == 1.0


def test_layers_measures_people_and_groups_are_chosen(study: Path) -> None:
    code(study, "Chi", AMAL)
    found = measured(study, layers=("actor",), families=(Family.SPANS,), by="pair")
    assert {line.layer for line in found.lines} == {"actor"}
    assert {line.coefficient.name.split(",")[0] for line in found.lines} == {"span F1"}
    both = one(found, "actor", "marks", "span F1, exact", "Amal and Chi")
    assert both.value == 1.0
    assert both.basis
    assert (both.basis.used, both.basis.left_out) == (1, 1)
    only = measured(study, annotators=("Bea", "Amal"), families=(Family.SPANS,))
    assert only.annotators == ("Amal", "Bea")


def test_publishers_and_months_come_apart(study: Path) -> None:
    for by in ("publisher", "month"):
        found = measured(study, families=(Family.SPANS,), layers=("actor",), by=by)
        assert {line.group for line in found.lines} == {"", "(not known)"}


def test_intervals_come_from_the_seed(study: Path) -> None:
    code(study, "Chi", BEA[:2])
    with projects.open_existing(study) as project:
        orders = [Order(draws=40, seed=seed, families=(Family.TOKENS,)) for seed in (1, 1, 2)]
        first, again, other = (agreement.measure(project, order) for order in orders)
    assert first == again
    assert first.lines != other.lines
    assert any(line.coefficient.interval for line in first.lines)


def test_progress_is_told_and_stops(study: Path) -> None:
    told: list[int] = []

    def tell(done: int, total: int) -> bool:
        told.append(done)
        return done < 500

    with projects.open_existing(study) as project, pytest.raises(agreement.Stopped):
        agreement.measure(project, Order(draws=5), tell)
    assert told == sorted(told)
    assert told[-1] >= 500


@pytest.mark.parametrize("by", ["", "pair", "publisher"])
def test_from_so_many_marks_on_several_processes_find_the_same(
    study: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    crews: list[int] = []

    def noted(processes: int) -> AbstractContextManager[Crew]:
        crews.append(processes)
        return crew(processes)

    monkeypatch.setattr(agreement, "crew", noted)
    monkeypatch.setattr(agreement, "AT_ONCE", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    order = Order(draws=10, families=(Family.SPANS, Family.TOKENS), by=by)
    with projects.open_existing(study) as project:
        count = project.db.execute("SELECT count(*) FROM mark").fetchone()[0]
        found = []
        for switch in (count + 1, count):
            monkeypatch.setattr(agreement, "MANY_MARKS", switch)
            found.append(agreement.measure(project, order))
    assert crews == [1, 2]
    assert found[0] == found[1]
    assert any(line.coefficient.interval for line in found[0].lines)


def test_never_more_processes_than_processors_or_the_most(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "MANY_MARKS", 1)
    crews: list[int] = []

    def noted(processes: int) -> AbstractContextManager[Crew]:
        crews.append(processes)
        return crew(1)

    monkeypatch.setattr(agreement, "crew", noted)
    for processors in (None, 1, 3, 64):
        monkeypatch.setattr(os, "cpu_count", lambda number=processors: number)
        measured(study, families=(Family.SPANS,))
    assert crews == [1, 1, 3, agreement.MOST_PROCESSES]


def test_it_can_run_aside_while_the_project_goes_on(study: Path) -> None:
    with projects.open_existing(study) as project:
        expected = agreement.measure(project, Order(draws=0))
        work = agreement.measure_aside(project, Order(draws=0))
    assert work(lambda _done, _total: True) == expected


def test_wrong_wishes_are_told_in_a_sentence(study: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="it has Amal, Bea"):
        measured(study, annotators=("Amal", "Zoe"))
    with pytest.raises(Refused, match="at least two"):
        measured(study, annotators=("Amal",))
    with pytest.raises(Refused, match="no layer “mood”"):
        measured(study, layers=("mood",))
    with pytest.raises(BadInput, match="choose from spans"):
        agreement.families(["kappa"])
    with pytest.raises(BadInput, match="no grouping"):
        measured(study, by="mood")
    with (
        make_project(tmp_path, STORY, name="lonely") as project,
        pytest.raises(Refused, match="has one"),
    ):
        agreement.measure(project, Order())


def test_the_long_table_of_a_copy_is_the_same_and_can_be_cancelled(
    study: Path, tmp_path: Path
) -> None:
    with projects.open_existing(study) as project:
        count = long_table.write(project.db, Order(), tmp_path / "long.csv")
        again = long_table.write_aside(project, Order(), tmp_path / "again.csv")
        stopped = long_table.write_aside(project, Order(), tmp_path / "stopped.csv")
        with pytest.raises(Refused, match="is a project"):
            long_table.write_aside(project, Order(), project.path)
    assert again(lambda _done, _total: True) == count
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "long.csv").read_bytes()
    with pytest.raises(agreement.Stopped, match="no table was written"):
        stopped(lambda _done, _total: False)
    assert not (tmp_path / "stopped.csv").exists()


def test_the_long_table_gives_the_same_alpha_again(study: Path, tmp_path: Path) -> None:
    found = measured(study)
    with projects.open_existing(study) as project:
        count = long_table.write(project.db, Order(), tmp_path / "long.csv")
    with (tmp_path / "long.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    units: dict[str, dict[str, list[str | None]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        units[row["variable"]][row["unit"]].append(row["value"] or None)
    for layer in ("actor", "claim", "sentiment"):
        token = krippendorff_alpha(units[layer].values())
        assert token.value == pytest.approx(one(found, layer, "marks", "token α").value)
    stance = krippendorff_alpha(units["claim.stance"].values())
    assert stance.value == pytest.approx(-0.5)
    kind = krippendorff_alpha(units["actor.type"].values())
    assert kind.value == pytest.approx(one(found, "actor", "type", "α of type, nominal").value)


def test_the_report_is_a_page_with_every_figure(study: Path) -> None:
    found = measured(study, layers=("claim",))
    page = agreement_words.as_markdown(found, "study")
    assert page.startswith("# Agreement: study\n")
    for line in found.lines:
        assert line.coefficient.name.replace("|", "\\|") in page
        assert line.coefficient.reason in page


@pytest.mark.skipif("ANNOTATOR_SHARED" not in os.environ, reason="needs the two gold annotators")
def test_the_two_gold_annotators_have_the_figures_of_the_score_program(tmp_path: Path) -> None:
    shared = Path(os.environ["ANNOTATOR_SHARED"])
    gold = shared / "gold"
    texts = [
        shared / "seeds" / f"{file.stem}.txt" for file in (gold / "annotator_a").glob("*.json")
    ]
    with make_project(tmp_path, annotator="A") as project:
        importing.import_all(project, [*texts, gold / "annotator_a"], annotator="A")
        importing.import_all(project, [gold / "annotator_b"], annotator="B")
        found = agreement.measure(project, Order(draws=0, unfinished=True))
    printed = subprocess.run(
        [sys.executable, gold / "score.py", gold / "annotator_a", gold / "annotator_b"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    polarity = one(found, "sentiment", "polarity", "α of polarity, nominal")
    assert polarity.observed is not None
    assert f" polarity {1 - polarity.observed:.2f}" in printed
    for layer in ("actor", "claim", "sentiment"):
        (line,) = [line for line in printed.splitlines() if line.startswith(f"{layer}s")]
        exact, overlap = (float(part) for part in re.findall(r" F ([\d.]+) \|", line))
        assert f"{one(found, layer, 'marks', 'span F1, exact').value:.2f}" == f"{exact:.2f}"
        assert f"{one(found, layer, 'marks', 'span F1, any overlap').value:.2f}" == f"{overlap:.2f}"
