"""Releases: what is in them, that nothing leaks, that they are the same twice and never overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.article import Article
from annotator.domain.errors import BadInput, Refused
from annotator.domain.release import About, Texts
from annotator.services import checking, history, marking, rehydrating, releasing
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.services.release_files import refuse_changed, refuse_leaks
from annotator.services.release_plan import Order
from annotator.store import articles, marks, releases
from tests.support.study import PEOPLE, decide_all, make_study

Json = dict[str, Any]

ORDER = Order(About("docks", licence="CC-BY-4.0", creators=("The dock study",)), "1.0.0", draws=20)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, made once; every test works on a copy."""
    return make_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(ready: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(ready, tmp_path / "study.annotator"))


@pytest.fixture
def project(study: Path) -> Project:
    with projects.open_existing(study, PEOPLE[0]) as opened:
        yield opened


def lines(folder: Path, name: str) -> list[Json]:
    return [json.loads(line) for line in (folder / "data" / name).read_bytes().splitlines()]


def splits_of(folder: Path) -> dict[str, list[Json]]:
    names = ("train", "dev", "test")
    return {
        name: lines(folder, f"{name}.jsonl")
        for name in names
        if (folder / "data" / f"{name}.jsonl").exists()
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_holds_finished_work_by_split(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    assert made.folder.name == "docks-1.0.0"
    splits = splits_of(made.folder)
    every = [line for some in splits.values() for line in some]
    assert len(every) == 11
    assert {line["split"] for line in every} == set(splits)
    for name, some in splits.items():
        assert [line["id"] for line in some] == sorted(line["id"] for line in some)
        assert {line["split"] for line in some} == {name}
    views = [line["view"] for line in every]
    assert (views.count("gold"), views.count("annotator")) == (10, 1)
    for line in every:
        for kind in ("actors", "claims", "sentiments", "other"):
            for mark in line[kind]:
                parts = [line["text"][start:end] for start, end in mark["fragments"]]
                assert mark["text"] == " … ".join(parts)
        assert line["claims"][0]["sources"] == [line["actors"][0]["id"]]
    assert made.plan.notes == ("1 article left out: nobody finished a layer.",)
    assert len(lines(made.folder, "annotations.jsonl")) == 21


def test_every_line_has_the_same_keys_and_types(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    every = [line for some in splits_of(made.folder).values() for line in some]
    every += lines(made.folder, "annotations.jsonl")

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(item) for key, item in value.items()}
        return None

    shapes = [shape({key: line[key] for key in line if key != "annotation"}) for line in every]
    assert all(found == shapes[0] for found in shapes)
    assert list(every[0]) == list(every[-1])


def test_nobody_is_named_and_nothing_tells_when(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    everything = b"\n".join(contents(made.folder).values()).decode()
    for name in (*PEOPLE, "desk_copy_", str(tmp_path), project.file.id):
        assert name not in everything
    ids = {one.id for one in marks.TABLE.select(project.db)}
    ids |= {person.id for person in [project.annotator]}
    assert not any(id in everything for id in ids)
    people = made.plan.release.people
    assert sorted(people.values()) == ["A01", "A02"]
    assert {line["annotator"] for line in lines(made.folder, "annotations.jsonl")} == {"A01", "A02"}


def test_two_runs_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    first, second = (releasing.release(project, ORDER, folder) for folder in folders)
    assert contents(first.folder) == contents(second.folder)
    assert len(releases.all(project.db)) == 1
    assert checking.problems(project) == []


def test_checksums_verify_and_a_changed_file_is_told(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    refuse_changed(made.folder)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "checksums.sha256"], cwd=made.folder, check=True)  # fmt: skip
    with (made.folder / "data" / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(BadInput, match=r"train.jsonl .* was changed since it was released"):
        refuse_changed(made.folder)


def test_a_release_is_never_overwritten(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    before = contents(made.folder)
    with pytest.raises(Refused, match="never overwritten"):
        releasing.release(project, ORDER, tmp_path)
    assert contents(made.folder) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["docks-1.0.0"]


def test_a_changed_mark_needs_a_new_version_with_a_changelog(
    project: Project, tmp_path: Path
) -> None:
    first = releasing.release(project, ORDER, tmp_path)
    own = next(
        mark
        for mark in marks.TABLE.select(project.db, "WHERE view = 'annotator' ORDER BY id")
        if mark.layer == "sentiment" and mark.annotator == project.annotator.id
    )
    marking.set_attribute(project, own.id, "intensity", 3)
    from annotator.services import states

    states.finish(project, own.article)
    elsewhere = tmp_path / "again"
    elsewhere.mkdir()
    with pytest.raises(Refused, match="a release never changes"):
        releasing.release(project, ORDER, elsewhere)
    assert list(elsewhere.iterdir()) == []
    second = releasing.release(project, replace(ORDER, version="1.0.1"), tmp_path)
    told = (second.folder / "CHANGELOG.md").read_text("utf-8")
    assert told.index("## 1.0.1") < told.index("## 1.0.0")
    assert "- sentiment: changed in 1 article; 11 marks became 11." in told
    assert "- actor: changed" not in told
    before = {
        line["id"]: line["split"] for some in splits_of(first.folder).values() for line in some
    }
    after = {
        line["id"]: line["split"] for some in splits_of(second.folder).values() for line in some
    }
    assert before == after


def test_a_version_that_says_too_little_is_remarked_on(project: Project, tmp_path: Path) -> None:
    releasing.release(project, ORDER, tmp_path)
    open_one = articles.all(project.db)[-3]
    from annotator.services import states

    states.finish(project, open_one.id)
    plan = releasing.preview(project, replace(ORDER, version="1.0.1"))
    assert "By what changed since 1.0.0, this would be version 1.1.0." in plan.notes
    assert releasing.preview(project, replace(ORDER, version="1.1.0")).notes == ()


def test_copies_are_never_in_two_splits(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    groups: dict[str, set[str]] = {}
    for name, some in splits_of(made.folder).items():
        for line in some:
            if line["duplicate_group"]:
                groups.setdefault(line["duplicate_group"], set()).add(name)
    assert [len(found) for found in groups.values()] == [1]
    told = json.loads((made.folder / "splits.json").read_bytes())
    assert [len(group) for group in told["duplicate_groups"]] == [2]
    assert told["nearest_across"] is None


def test_an_injected_leak_is_refused(project: Project, tmp_path: Path) -> None:
    first, *_, last = articles.all(project.db)
    with project.step("Give splits") as ticket:
        ticket.write.put(replace(first, split="train", duplicate_group=None))
        ticket.write.put(replace(last, split="test", duplicate_group=None))
    with pytest.raises(Refused, match="“Report 0” in train, “Report 11” in test"):
        releasing.release(project, ORDER, tmp_path)
    assert not (tmp_path / "docks-1.0.0").exists()
    assert releases.all(project.db) == []


def test_a_leak_in_the_written_files_is_found(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    refuse_leaks(made.folder)
    train = made.folder / "data" / "train.jsonl"
    test = made.folder / "data" / "test.jsonl"
    stolen = json.loads(train.read_bytes().splitlines()[0])
    stolen |= {"id": "x", "text_sha256": "y", "meta": {**stolen["meta"], "url": None}}
    stolen["duplicate_group"] = "one wire story"
    train.write_bytes(train.read_bytes() + json.dumps(stolen).encode() + b"\n")
    test.write_bytes(json.dumps({**stolen, "id": "z", "text_sha256": "w"}).encode() + b"\n")
    with pytest.raises(Refused, match="group of copies one wire story would be in both"):
        refuse_leaks(made.folder)


def test_soft_labels_are_shares_and_a_tie_has_no_hard_label(
    project: Project, tmp_path: Path
) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    soft = lines(made.folder, "soft_labels.jsonl")
    known = {mark["id"] for line in lines(made.folder, "annotations.jsonl") for kind in ("actors", "claims", "sentiments", "other") for mark in line[kind]}  # fmt: skip
    assert {mark["id"] for line in soft for mark in line["marks"]} <= known
    stances = [label for line in soft if line["layer"] == "claim" for label in line["labels"] if label["attribute"] == "stance"]  # fmt: skip
    ties = [label for label in stances if len(label["soft"]) == 2]
    assert ties
    assert all(label["hard"] is None for label in ties)
    assert {value["share"] for label in ties for value in label["soft"]} == {0.5}
    assert {label["hard"] for label in stances if label not in ties} == {"support"}
    agreement = json.loads((made.folder / "agreement.json").read_bytes())
    assert agreement["annotators"] == ["A01", "A02"]


def test_what_is_not_adjudicated_stays_out_of_the_splits(tmp_path: Path) -> None:
    path = make_study(tmp_path, adjudicated=False)
    with projects.open_existing(path, PEOPLE[0]) as project:
        made = releasing.release(project, ORDER, tmp_path)
        assert sum(map(len, splits_of(made.folder).values())) == 1
        assert made.plan.notes[0] == "10 articles not adjudicated yet: in annotations.jsonl only."
        assert len(lines(made.folder, "annotations.jsonl")) == 21
        voted = releasing.release(project, replace(ORDER, version="1.0.1", votes=True), tmp_path)
        views = [line["view"] for some in splits_of(voted.folder).values() for line in some]
        assert (views.count("majority"), views.count("annotator")) == (10, 1)
        decide_all(project)
        later = releasing.release(project, replace(ORDER, version="1.1.0"), tmp_path)
        assert sum(map(len, splits_of(later.folder).values())) == 11


@pytest.mark.parametrize("texts", [Texts.SNIPPETS, Texts.WITHOUT])
def test_texts_are_left_out_and_put_back(project: Project, tmp_path: Path, texts: Texts) -> None:
    (tmp_path / "full").mkdir()
    full = releasing.release(project, ORDER, tmp_path / "full")
    bare = releasing.release(project, replace(ORDER, texts=texts), tmp_path)
    said = b"".join(path.read_bytes() for path in (bare.folder / "data").iterdir()).decode()
    assert "Report 3 on the docks" not in said
    assert ("an insult" in said) is (texts is Texts.SNIPPETS)
    copies = tmp_path / "copies"
    copies.mkdir()
    for one in articles.all(project.db):
        (copies / f"{one.position}.txt").write_text(project.text(one), "utf-8", newline="\n")
    done = rehydrating.rehydrate(bare.folder, [copies], tmp_path / "wet")
    assert (done.found, done.missing) == (11, ())
    for path in (full.folder / "data").iterdir():
        assert (tmp_path / "wet" / "data" / path.name).read_bytes() == path.read_bytes()


def test_a_missing_copy_is_told_and_another_text_is_not_taken(
    project: Project, tmp_path: Path
) -> None:
    bare = releasing.release(project, replace(ORDER, texts=Texts.WITHOUT), tmp_path)
    copies = tmp_path / "copies"
    copies.mkdir()
    for one in articles.all(project.db)[:4]:
        text = project.text(one).replace("Report 2 on", "Reports 2 on")
        (copies / f"{one.position}.txt").write_text(text, "utf-8", newline="\n")
    done = rehydrating.rehydrate(bare.folder, [copies], tmp_path / "wet")
    assert done.found == 3
    assert "https://news.example/2" in done.missing
    with pytest.raises(Refused, match="name a new folder"):
        rehydrating.rehydrate(bare.folder, [copies], tmp_path / "wet")
    (bare.folder / "data" / "train.jsonl").write_bytes(b"{}\n")
    with pytest.raises(BadInput, match="was changed"):
        rehydrating.rehydrate(bare.folder, [copies], tmp_path / "wet2")


def test_undo_forgets_a_release_and_leaves_its_folder(project: Project, tmp_path: Path) -> None:
    made = releasing.release(project, ORDER, tmp_path)
    step = history.next_undo(project)
    assert step
    assert step.name == "Release docks-1.0.0"
    history.undo(project)
    assert releases.all(project.db) == []
    history.redo(project)
    assert releases.all(project.db) == [made.plan.release]
    assert made.folder.is_dir()


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (replace(ORDER, version="1.0"), "three numbers"),
        (replace(ORDER, about=About("a/b")), "cannot name a folder"),
    ],
)
def test_a_bad_order_is_refused_in_a_sentence(
    project: Project, tmp_path: Path, order: Order, sentence: str
) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match=sentence):
        releasing.release(project, order, tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="is no folder"):
        releasing.release(project, ORDER, tmp_path / "file")


def test_nothing_finished_is_nothing_to_release(tmp_path: Path) -> None:
    from tests.support.material import make_project

    with (
        make_project(tmp_path, "Only a text.") as project,
        pytest.raises(Refused, match="nothing to release"),
    ):
        releasing.release(project, ORDER, tmp_path)


def test_released_lines_can_be_imported_again(project: Project, tmp_path: Path) -> None:
    from annotator.services import importing
    from annotator.services.codebooks import default_codebook

    made = releasing.release(project, ORDER, tmp_path)
    with projects.create(tmp_path / "other", default_codebook(), "Someone") as other:
        report = importing.import_all(other, [made.folder / "data" / "annotations.jsonl"])
        assert report.refused == []
        assert articles.count(other.db) == 11
        found = sorted((mark.layer, mark.text) for mark in marks.TABLE.select(other.db))
        assert len(found) == sum(1 for _ in marks.TABLE.select(project.db, "WHERE view = 'annotator'"))  # fmt: skip


def test_splits_by_time_and_publisher(project: Project, tmp_path: Path) -> None:
    from annotator.domain.splits import Method, Wish

    by_time = releasing.preview(project, replace(ORDER, wish=Wish(Method.TIME, (0.5, 0.25, 0.25))))
    known: dict[str, Article] = {one.id: one for one in articles.all(project.db)}
    days = {name: sorted(known[id].meta.published or "" for id, split in by_time.release.splits.items() if split == name) for name in ("train", "dev", "test")}  # fmt: skip
    assert days["dev"][-1] <= days["test"][-1]
    assert days["train"][-1] <= days["dev"][0]
    by_paper = releasing.preview(
        project, replace(ORDER, wish=Wish(Method.PUBLISHER, (0.6, 0.4, 0.0)))
    )
    homes: dict[str, set[str]] = {}
    for id, split in by_paper.release.splits.items():
        homes.setdefault(known[id].meta.publisher or "", set()).add(split)
    assert all(len(found) == 1 for found in homes.values())


def test_times_of_day_are_left_out_and_half_dates_stay_texts(
    project: Project, tmp_path: Path
) -> None:
    first, second, *_ = articles.all(project.db)
    with project.step("Give days") as ticket:
        for one, published in ((first, "2026-03-01T21:45:10Z"), (second, "2026-03")):
            ticket.write.put(replace(one, meta=replace(one.meta, published=published)))
    made = releasing.release(project, ORDER, tmp_path)
    days = {line["meta"]["title"]: line["meta"]["published"] for line in lines(made.folder, "annotations.jsonl")}  # fmt: skip
    assert (days["Report 0"], days["Report 1"]) == ("2026-03-01", "2026-03")
    assert made.plan.loose == {"published"}


def test_what_one_alone_finished_stands_beside_what_was_adjudicated(tmp_path: Path) -> None:
    from annotator.domain.article import Verdict
    from annotator.services import adjudication, judging, linking, states
    from tests.support.material import STORY, make_project
    from tests.support.team import article_id, mark_words

    with make_project(tmp_path, STORY, annotator="P") as project:
        path, article = project.path, article_id(project)
        who, said = mark_words(
            project, [("actor", "Amal Haddad"), ("claim", "We will not go back")]
        )
        linking.tie(project, said, "source", who)
        states.finish(project, article)
    with projects.open_existing(path, "Q") as project:
        mark_words(project, [("actor", "Amal Haddad")])
        states.set_verdict(project, article, ["actor"], Verdict.DONE)
        adjudication.accept_agreed(project, judging.judged(project))
        made = releasing.release(project, ORDER, tmp_path)
    (line,) = lines(made.folder, "train.jsonl")
    (actor,), (claim,) = line["actors"], line["claims"]
    assert line["view"] == "gold"
    assert claim["text"] == "We will not go back"
    assert claim["sources"] == [actor["id"]]
    assert line["states"] == {
        "actor": "done", "claim": "done", "cue": "nothing found", "sentiment": "nothing found",
    }  # fmt: skip
