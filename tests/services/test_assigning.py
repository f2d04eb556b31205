"""Dealing articles out, handing files out, and taking them in again."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.command_line import run
from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.domain.slices import SAVING
from annotator.services import assigning, checking, handing_out, history, marking, merging, reading
from annotator.services import project as projects
from annotator.services.assigning import Wish
from annotator.services.project import Project
from annotator.store import annotators, articles, marks
from tests.services.test_random_acts import dump
from tests.support.material import make_project
from tests.support.team import article_id, code, mark_words

TEAM = ("Bea", "Chi", "Dan")


def corpus(folder: Path, count: int = 20) -> Project:
    """A project of so many articles, from two publishers in turn."""
    project = make_project(folder, *(f"Article {n}. Amal Haddad spoke.\n" for n in range(count)))
    with project.step("Publishers") as ticket:
        for number, listed in enumerate(reading.list_articles(project)):
            article = listed.article
            meta = replace(article.meta, publisher="Gazette" if number % 4 else "Courier")
            ticket.write.put(replace(article, meta=meta))
    return project


@given(
    overlap=st.floats(0, 1),
    seed=st.integers(0, 99),
    people=st.integers(1, 4),
    count=st.integers(1, 25),
)
def test_everything_is_dealt_once_or_to_all(
    tmp_path_factory: pytest.TempPathFactory, overlap: float, seed: int, people: int, count: int
) -> None:
    names = ("Bea", "Chi", "Dan", "Eve")[:people]
    with make_project(
        tmp_path_factory.mktemp("deal"), *(f"Text {n}.\n" for n in range(12))
    ) as project:
        wish = Wish(names, overlap, seed, count=count)
        dealt = assigning.deal(project, wish)
        times = Counter(id for ids in dealt.by_name.values() for id in ids)
        assert len(times) == min(count, 12)
        assert len(dealt.shared) == round(overlap * min(count, 12))
        for id, number in times.items():
            assert number == (people if id in dealt.shared else 1)
        sizes = [len(ids) for ids in dealt.by_name.values()]
        assert max(sizes) - min(sizes) <= 1
        assert assigning.deal(project, wish) == dealt
        told = assigning.shares(assigning.count_free(project, again=False), wish)
        each = {name: len(ids) for name, ids in dealt.by_name.items()}
        assert told == (len(times), len(dealt.shared), each)


def test_dealing_and_handing_out_read_few_articles_in_one_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "DEALT_AT_ONCE", 3)
    monkeypatch.setattr(handing_out, "BATCH", 2)
    with corpus(tmp_path, 12) as project:
        wish = Wish(("Bea",))
        dealing = assigning.deal.slices(project, wish)
        assert len(list(dealing)) >= 4
        read: list[str] = []
        plainly = project.article
        monkeypatch.setattr(project, "article", lambda id: read.append(id) or plainly(id))  # type: ignore[func-returns-value]
        steps = handing_out.hand_out_steps(
            project, assigning.deal(project, wish), tmp_path / "out", []
        )
        before = 0
        for _ in steps:
            assert len(read) - before <= 2
            before = len(read)
        assert len(read) == 12


def test_strata_are_dealt_evenly(tmp_path: Path) -> None:
    with corpus(tmp_path) as project:
        dealt = assigning.deal(project, Wish(("Bea",), 0.4, strata="publisher", count=8))
        publisher = {
            row.article.id: row.article.meta.publisher for row in reading.list_articles(project)
        }
        assert Counter(publisher[id] for id in dealt.by_name["Bea"]) == {"Gazette": 6, "Courier": 2}
        assert Counter(publisher[id] for id in dealt.shared) == {"Gazette": 2, "Courier": 1}


def test_files_go_out_blind_and_come_home(tmp_path: Path) -> None:
    with corpus(tmp_path) as project:
        path = project.path
    code(path, "Amal", [("actor", "Amal Haddad")])
    with projects.open_existing(path) as project:
        dealt = assigning.deal(project, Wish(TEAM, 0.25, again=True))
        files = handing_out.give(project, dealt, tmp_path / "out")
        assert [file.name for file in files] == [f"study-{name}.annotator" for name in TEAM]
        before = dump(project)
        assert not merging.merge(project, files).changes_anything
        assert dump(project) == before
    for name, file in zip(TEAM, files, strict=True):
        with projects.open_existing(file) as own:
            assert own.annotator.name == name
            assert [person.name for person in annotators.all(own.db)] == [name]
            assert {row.article.id for row in reading.list_articles(own)} == set(
                dealt.by_name[name]
            )
            assert marks.counts(own.db, None) == {}
            assert checking.problems(own) == []
            assert b"Haddad" not in _journalled_marks(own)
            made = mark_words(own, [("actor", "Amal Haddad"), ("claim", "spoke")])
            marking.delete(own, made[1:])
    with projects.open_existing(path) as project:
        report = merging.merge(project, files)
        assert report.counts["new"] == {"mark": 3}
        assert report.conflicts == []
        assert report.notes == []
        assert checking.problems(project) == []


def _journalled_marks(project: Project) -> bytes:
    rows = project.db.execute("SELECT after FROM change WHERE kind IN ('mark', 'link')")
    return "".join(str(row) for (row,) in rows).encode()


def test_files_can_go_out_open_with_own_work_in_them(tmp_path: Path) -> None:
    with corpus(tmp_path, 3) as project:
        path = project.path
    code(path, "Amal", [("actor", "Amal Haddad")])
    code(path, "Bea", [("claim", "spoke")])
    with projects.open_existing(path) as project:
        dealt = assigning.deal(project, Wish(("Bea",), 1.0, again=True))
        (blind,) = handing_out.hand_out(project, dealt, tmp_path / "blind")
        (all_marks,) = handing_out.hand_out(project, dealt, tmp_path / "open", blind=False)
    for file, count in ((blind, 1), (all_marks, 2)):
        with projects.open_existing(file, "Bea") as own:
            assert len(marks.of_article(own.db, article_id(own), None)) == count
            assert len(reading.open_article(own, article_id(own)).marks) == 1


def test_an_edit_in_a_handed_out_file_is_a_change_not_a_conflict(tmp_path: Path) -> None:
    with corpus(tmp_path, 2) as project:
        path = project.path
    code(path, "Bea", [("claim", "spoke")])
    with projects.open_existing(path) as project:
        dealt = assigning.deal(project, Wish(("Bea",), 1.0, again=True))
        (file,) = handing_out.hand_out(project, dealt, tmp_path)
    with projects.open_existing(file) as own:
        (mark,) = reading.open_article(own, article_id(own)).marks
        marking.set_attribute(own, mark.id, "stance", "oppose")
    with projects.open_existing(path) as project:
        report = merging.merge(project, [file])
        assert (report.counts["changed"], report.conflicts) == ({"mark": 1}, [])


def test_what_is_assigned_is_not_dealt_again(tmp_path: Path) -> None:
    with corpus(tmp_path, 6) as project:
        first = assigning.deal(project, Wish(("Bea", "Chi"), 0.5, count=4))
        assigning.assign(project, first)
        second = assigning.deal(project, Wish(("Bea",), 0.0))
        given_out = {id for ids in first.by_name.values() for id in ids}
        assert not given_out & set(second.by_name["Bea"])
        assigning.assign(project, second)
        with pytest.raises(Refused, match="assigned already"):
            assigning.deal(project, Wish(("Bea",)))
        history.undo(project)
        assert assigning.deal(project, Wish(("Bea",), 0.0)) == second


def test_two_who_coded_one_article_unasked_are_told(tmp_path: Path) -> None:  # G16
    with corpus(tmp_path, 4) as project:
        path = project.path
        handing_out.give(
            project, assigning.deal(project, Wish(("Bea", "Chi"), 0.0)), tmp_path / "out"
        )
        whose = assigning.deal(project, Wish(("Bea", "Chi"), 0.0, again=True)).by_name
        first = reading.list_articles(project)[0].article.id
    owner = next(name for name, ids in whose.items() if first in ids)
    other = ({"Bea", "Chi"} - {owner}).pop()
    code(path, owner, [("actor", "Amal Haddad")])
    stray = tmp_path / "stray.annotator"
    with projects.open_existing(path) as project:
        handing_out.hand_out(
            project, assigning.Assignment((), {other: (first,)}), tmp_path / "again"
        )[0].rename(stray)
    with projects.open_existing(stray, other) as own:
        mark_words(own, [("actor", "Amal Haddad")])
    with projects.open_existing(path) as project:
        (note,) = merging.merge(project, [stray]).notes
        assert note == (
            f"“Article 1” was coded by {other}, to whom it was not assigned, and by {owner}"
        )


def test_nothing_is_left_where_handing_out_fails(tmp_path: Path) -> None:
    with corpus(tmp_path, 4) as project:
        dealt = assigning.deal(project, Wish(("Bea", "Chi"), 0.0))
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "study-Chi.annotator").write_text("mine")
        before = dump(project)
        with pytest.raises(Refused, match="is there already: choose another folder"):
            handing_out.give(project, dealt, tmp_path / "out")
        with pytest.raises(BadInput, match="cannot be written"):
            handing_out.give(project, dealt, tmp_path / "out" / "study-Chi.annotator")
        lost = assigning.Assignment((), {"Bea": dealt.by_name["Bea"], "Dan": ("no such id",)})
        with pytest.raises(NotFound):
            handing_out.give(project, lost, tmp_path / "out")
        assert dump(project) == before
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["study-Chi.annotator"]


def test_given_up_wherever_it_is_nothing_stays(tmp_path: Path) -> None:
    """Also after a slice in which another thread waited for the disk."""
    with corpus(tmp_path, 4) as project:
        dealt = assigning.deal(project, Wish(("Bea", "Chi"), 0.0))
        before = dump(project)
        for stop in range(1_000):
            work = handing_out.give_steps(project, dealt, tmp_path / "out", [])
            with closing(work):
                said = list(islice(work, stop))
            if len(said) < stop:
                break
            assert not list((tmp_path / "out").glob("*"))
            assert dump(project) == before
        assert said.count(SAVING) == 3


def test_wrong_wishes_are_refused(tmp_path: Path) -> None:
    with corpus(tmp_path, 2) as project:
        for wish, problem in (
            (Wish((" ",)), Refused),
            (Wish(("Bea",), 1.5), BadInput),
            (Wish(("Bea",), strata="mood"), BadInput),
        ):
            with pytest.raises(problem):
                assigning.deal(project, wish)
            with pytest.raises(problem):
                assigning.shares(2, wish)


def test_the_command_deals_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with corpus(tmp_path, 4) as project:
        path = project.path
    wish = [
        "assign",
        str(path),
        str(tmp_path / "out"),
        "--annotators",
        "Bea,Chi",
        "--overlap",
        "0.5",
    ]
    assert run([*wish, "--dry-run"]) == 0
    assert "Bea: 3 articles, 2 of them for everybody" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()
    assert run(wish) == 0
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert run(wish) == 1
    assert "assigned already" in capsys.readouterr().err
