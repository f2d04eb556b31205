"""A training is cut into tasks: what can be learned together is, and every recogniser leaves out others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.job import Course, Job, Lesson
from annotator.assist.lines import Labelled
from annotator.assist.tasks import _touching, plan, steps_for, together

TEXT = "word " * 100


def course(layer: str, *spans: Labelled, articles: int = 8, folds: int = 2) -> Course:
    lessons = tuple(Lesson(str(number), TEXT, spans) for number in range(articles))
    return Course(layer, lessons, tuple((str(number),) for number in range(folds)))


CUES = course("cue", (10, 14, "cue"))
CLAIMS = course("claim", (15, 60, "direct"))
INSIDE = course("actor", (20, 24, "person"))


def names(groups: list[tuple[Course, ...]]) -> list[list[str]]:
    return [[one.layer for one in group] for group in groups]


def job(*courses: Course, steps: int | None = None, curve: bool = False) -> Job:
    return Job("en", 7, courses, "out", "lexicons", steps, curve=curve)


def test_layers_that_do_not_lie_on_each_other_are_learned_together() -> None:
    assert names(together([CUES, CLAIMS, INSIDE])) == [["cue", "claim"], ["actor"]]


def test_layers_done_in_other_articles_are_learned_apart() -> None:
    fewer = course("cue", (10, 14, "cue"), articles=7)
    assert names(together([fewer, CLAIMS])) == [["cue"], ["claim"]]


def test_each_recogniser_leaves_out_others_and_has_a_seed_of_its_own() -> None:
    tasks = [planned.task for planned in plan(job(CUES, CLAIMS, INSIDE, steps=5))]
    assert [(task.name, task.left_out, task.seed, task.out) for task in tasks] == [
        ("cue, claim (1 of 2)", ("0",), 7, "out/cue+claim/1"),
        ("cue, claim (2 of 2)", ("1",), 8, "out/cue+claim/2"),
        ("actor (1 of 2)", ("0",), 7, "out/actor/1"),
        ("actor (2 of 2)", ("1",), 8, "out/actor/2"),
    ]


def test_without_anything_to_try_on_one_recogniser_learns_from_everything() -> None:
    (planned,) = plan(job(course("cue", (0, 4, "cue"), folds=0), curve=True))
    assert (planned.task.name, planned.task.left_out) == ("cue", ())


def test_the_curve_is_learned_from_parts_and_tried_on_what_is_left_out() -> None:
    points = [planned for planned in plan(job(CUES, curve=True)) if planned.part]
    assert [planned.part for planned in points] == [4]
    (task,) = (planned.task for planned in points)
    assert task.left_out == ("0", "1")
    assert len(task.courses[0].lessons) == 4 + 2
    assert not task.out


def test_many_layers_share_the_time() -> None:
    few = plan(job(course("a", (0, 4, "a"), articles=900)))
    many = plan(job(*(course(f"l{n}", (0, 4, "a"), articles=900) for n in range(4))))
    assert {x.task.steps for x in few} == {4_500}
    assert {x.task.steps for x in many} == {1_250}
    assert steps_for(40) < steps_for(160) < steps_for(840)


PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1], "x")),
    max_size=8,
)


@given(PLACES, PLACES)
def test_touching_counts_as_looking_at_every_pair_does(
    ours: list[Labelled], theirs: list[Labelled]
) -> None:
    wanted = sum(any(a < d and c < b for c, d, _ in theirs) for a, b, _ in ours)
    assert _touching(ours, theirs) == wanted
