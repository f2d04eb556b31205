"""Figures equal what is counted in the file that the project was made from."""

from __future__ import annotations

import csv
import gc
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Meta
from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.domain.figure import Figure
from annotator.services import actor_book, figures, importing, marking, reading
from annotator.services.figure_gathering import Whose
from annotator.services.figures import Order, Unit
from annotator.services.project import Project
from tests.support.debate import write_debate
from tests.support.material import add_article, make_project


@pytest.fixture
def debate(tmp_path: Path) -> Iterator[tuple[Project, list[dict]]]:
    """A project, and the lines it came from."""
    file = tmp_path / "debate.jsonl"
    write_debate(file, articles=18, claims=5)
    with make_project(tmp_path) as project:
        importing.import_all(project, [file])
        yield project, [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def built(project: Project, **order: object) -> dict[str, Figure]:
    found = figures.build(project, Order(**order))  # type: ignore[arg-type]
    return {figure.name: figure for figure in found}


def numbers(figure: Figure) -> dict[tuple[str, str], int]:
    return {
        (figure.rows[row], figure.parts[part].name): len(ids)
        for (row, part), ids in figure.behind.items()
    }


LAYERS = {"Actor": "actors", "Claim": "claims", "Sentiment": "sentiments"}


def test_layers_time_and_publishers(debate: tuple[Project, list[dict]]) -> None:
    project, lines = debate
    found = built(project)
    layers = {
        (label, "Marks"): sum(len(line[key]) for line in lines) for label, key in LAYERS.items()
    }
    assert numbers(found["layers"]) == layers
    months, papers = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for line in lines:
        for label, key in LAYERS.items():
            if line[key]:
                months[line["meta"]["published"][:7], label] += len(line[key])
                papers[line["meta"]["publisher"], label] += len(line[key])
    assert numbers(found["time"]) == months
    assert numbers(found["publishers"]) == papers
    assert found["time"].title == "Marks by month"
    assert built(project, unit=Unit.YEARS)["time"].rows == ("2024",)


def test_who_claims_what_and_who_is_mentioned(debate: tuple[Project, list[dict]]) -> None:
    project, lines = debate
    found = built(project)
    said, mentioned = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for line in lines:
        names = {entity["id"]: entity["name"] for entity in line["entities"]}
        who = {actor["id"]: names[actor["entity"]] for actor in line["actors"]}
        mentioned.update((name, "Mentions") for name in who.values())
        for claim in line["claims"]:
            said.update(
                (who[source], topic) for source in claim["sources"] for topic in claim["topics"]
            )
    shown = numbers(found["claims"])
    assert shown.items() <= said.items()
    assert sum(shown.values()) > 0.9 * sum(said.values())
    top = [count for _, count in mentioned.most_common(12)]
    actors = found["actors"]
    assert [actors.total(row) for row in range(len(actors.rows))] == top
    assert actors.note == "2 more actors"


def test_values_and_judgements(debate: tuple[Project, list[dict]]) -> None:
    project, lines = debate
    stances = Counter(claim["stance"] for line in lines for claim in line["claims"])
    shown = numbers(built(project, label="claim.stance")["values"])
    assert shown == {(stance.capitalize(), "Marks"): count for stance, count in stances.items()}
    topics = Counter(
        topic for line in lines for claim in line["claims"] for topic in claim["topics"]
    )
    shown = numbers(built(project, label="claim.topics")["values"])
    assert shown == {(topic, "Marks"): count for topic, count in topics.items()}
    judged = Counter[tuple[str, str]]()
    for line in lines:
        names = {entity["id"]: entity["name"] for entity in line["entities"]}
        who = {actor["id"]: names[actor["entity"]] for actor in line["actors"]}
        for sentiment in line["sentiments"]:
            if who[sentiment["target"]] == "Port Authority":
                judged[line["meta"]["published"][:7], sentiment["polarity"].capitalize()] += 1
    figure = built(project, toward="Port Authority")["judgements"]
    assert figure.title == "How Port Authority is judged"
    assert numbers(figure) == judged
    assert [part.name for part in figure.parts if part.is_below] == ["Negative"]


def test_progress_and_whose(debate: tuple[Project, list[dict]]) -> None:
    project, lines = debate
    done = sum(line["states"].get("claim") == "done" for line in lines)
    progress = numbers(built(project)["progress"])
    assert progress["Claim", "Done"] == done
    assert progress["Claim", "Open"] == len(lines) - done
    assert progress["Actor", "Open"] == len(lines)
    of_bea = built(project, whose=Whose(annotator="Bea"))
    mine = [line for line in lines if line["annotator"] == "Bea"]
    assert numbers(of_bea["layers"])["Claim", "Marks"] == sum(len(line["claims"]) for line in mine)
    assert numbers(of_bea["progress"])["Claim", "Done"] == sum(
        line["states"].get("claim") == "done" for line in mine
    )
    with pytest.raises(NotFound, match="no annotator “Nobody”"):
        figures.build(project, Order(whose=Whose(annotator="Nobody")))


def test_the_ids_behind_a_number_are_those_marks(debate: tuple[Project, list[dict]]) -> None:
    project, _ = debate
    found = built(project, label="claim.stance")["values"]
    for (row, _), ids in found.behind.items():
        for id in ids[:5]:
            sql = "SELECT layer, attributes FROM mark WHERE id = ?"
            layer, values = project.db.execute(sql, (id,)).fetchone()
            assert layer == "claim"
            assert json.loads(values)["stance"].capitalize() == found.rows[row]


def test_mentions_that_stand_for_nobody_are_one_whatever_their_capitals(tmp_path: Path) -> None:
    text = "He waits. The union says he lied, and he says the union did. US firms told us."
    with make_project(tmp_path, text) as project:
        article = reading.list_articles(project)[0].article.id
        made = {}
        for words in ("He", "he lied", "he says", "The union", "the union", "US", "us."):
            start = text.index(words)
            end = start + len(words.removesuffix(" lied").removesuffix(" says").rstrip("."))
            outcome = marking.mark(project, article, [(start, end)], "actor")
            made[words] = outcome.changes[0].after.id  # type: ignore[union-attr]
        found = built(project)["actors"]
        assert numbers(found) == {
            ("he", "Mentions"): 3, ("The union", "Mentions"): 2, ("US", "Mentions"): 1,
            ("us", "Mentions"): 1,
        }  # fmt: skip
        behind = {found.rows[row]: ids for (row, _), ids in found.behind.items()}
        assert list(behind["he"]) == [made["He"], made["he lied"], made["he says"]]
        actor_book.assign_best(project, made["The union"])
        assert numbers(built(project)["actors"]) == {
            ("he", "Mentions"): 3, ("The union", "Mentions"): 1, ("the union", "Mentions"): 1,
            ("US", "Mentions"): 1, ("us", "Mentions"): 1,
        }  # fmt: skip


def test_what_has_no_date_publisher_or_value_is_told(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        article = add_article(project, "Ode wants pay.", "One")
        marking.mark(project, article.id, [(0, 3)], "actor")
        found = built(project, label="actor.type")
        assert numbers(found["time"]) == {("(no date)", "Actor"): 1}
        dated = add_article(project, "Ode wants pay, too.", "Two")
        with project.step("date") as ticket:
            ticket.write.put(replace(dated, meta=Meta(published="2024-05-01")))
        marking.mark(project, dated.id, [(0, 3)], "actor")
        time = built(project)["time"]
        assert numbers(time) == {("2024-05", "Actor"): 1}
        assert time.note == "1 mark without a date left out"
        assert numbers(found["publishers"]) == {("(not known)", "Actor"): 1}
        assert found["actors"].rows == ("Ode",), (
            "who is not in the actor book counts under the words"
        )
        assert "judgements" not in found
        assert found["claims"].behind == {}


def test_tables_are_written_whole_or_refused(
    debate: tuple[Project, list[dict]], tmp_path: Path
) -> None:
    project, _ = debate
    found = figures.build(project, Order())
    paths = figures.write_all(found, tmp_path / "out" / "figures")
    assert [path.stem for path in paths] == [figure.name for figure in found]
    for path, figure in zip(paths, found, strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows == [[str(cell) for cell in row] for row in figure.table()]
    with pytest.raises(BadInput, match="cannot be made a folder"):
        figures.write_all(found, paths[0])
    with pytest.raises(Refused, match="is a project"):
        figures.write(found[0], project.path)


def test_no_name_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        article = add_article(project, "=SUM(1) spoke.", "One")
        marking.mark(project, article.id, [(0, 7)], "actor")
        figures.write(built(project)["actors"], tmp_path / "actors.csv")
    assert "\n'=SUM(1),1\n" in (tmp_path / "actors.csv").read_text(encoding="utf-8")


def test_looking_changes_nothing(debate: tuple[Project, list[dict]]) -> None:
    project, _ = debate
    changes = project.db.conn.total_changes
    built(project)
    assert project.db.conn.total_changes == changes


def test_a_count_that_is_given_up_leaves_everything_as_it_was(
    debate: tuple[Project, list[dict]],
) -> None:
    project, _ = debate
    steps = figures.Material(project).gather(project, Whose())
    while gc.isenabled():
        next(steps)
    steps.close()
    assert gc.isenabled()
