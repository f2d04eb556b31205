"""What can be learned from a project: articles somebody called done, and articles nobody pre-marked."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.article import Annotator, Article, Verdict
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin
from annotator.domain.slices import Slices, sliced
from annotator.services.answering import is_kept_back
from annotator.services.project import Project
from annotator.services.suggesters import is_about_attribution
from annotator.services.wording import counted
from annotator.settings.places import resources_folder
from annotator.store import annotators, articles, marks, states

if TYPE_CHECKING:
    from annotator.assist.job import Course, Job, Lesson

FEWEST_ARTICLES, FEWEST_MARKS = 5, 10
"""Less than this teaches nothing."""

_MOST_IN_FOLD = 30
_MANY = 400
"""From so many articles on two recognisers learn of each layer, from fewer three."""

_Done = tuple[Article, list[Mark]]

_PREMARKED = frozenset((Origin.SUGGESTED, Origin.EDITED))


@sliced
def job_of(
    project: Project, layers: Sequence[str], seed: int, out: str, steps: int | None = None
) -> Slices[Job]:
    """Return what to learn, layer by layer; none named means every layer with enough done.

    Raises:
        Refused: too few articles are done, or too few marks are in them.
    """
    from annotator.assist.job import Job

    known = [layer.name for layer in project.codebook.layers if not layer.retired]
    for name in layers:
        project.codebook.layer(name)
    done: dict[str, list[_Done]] = {name: [] for name in layers or known}
    people = sorted(
        annotators.all(project.db),
        key=lambda person: (person.id != project.annotator.id, person.name),
    )
    for id in articles.ids(project.db):
        article = project.article(id)
        for name, own in _done_in(project, article, people, done).items():
            done[name].append((article, own))
        yield
    courses: list[Course] = []
    thin: list[tuple[int, int, str]] = []
    for name, found in done.items():
        count = sum(len(own) for _, own in found)
        if len(found) < FEWEST_ARTICLES or count < FEWEST_MARKS:
            thin.append((len(found), count, name))
        else:
            courses.append((yield from _course(project, name, found, seed)))
    if not courses or (layers and thin):
        number, count, name = max(thin)
        raise Refused(
            f"There is too little to learn from: a layer needs {FEWEST_MARKS} marks in "
            f"{FEWEST_ARTICLES} done articles, {name} has {counted(count, 'mark')} in {number}."
        )
    first, _ = done[courses[0].layer][0]
    language = (first.meta.language or "en").split("-")[0].lower()
    lexicons = str(resources_folder() / "lexicons")
    about = is_about_attribution(project.codebook)
    return Job(language, seed, tuple(courses), out, lexicons, steps, about)


def _course(project: Project, layer: str, done: list[_Done], seed: int) -> Slices[Course]:
    from annotator.assist.job import Course

    share = project.codebook.suggesting.kept_back
    free: list[Id] = []
    used: dict[Id, bool] = {}
    lessons = []
    for article, own in done:
        if not any(mark.made.origin in _PREMARKED for mark in own):
            free.append(article.id)
            used[article.id] = not is_kept_back(article.id, share)
        lessons.append(_lesson(project, layer, article, own))
        # Marks of a whole project take the time of several frames to be forgotten at once.
        own.clear()
        yield
    random.Random(seed).shuffle(free)  # noqa: S311  (repeatable, not secret)
    free.sort(key=used.__getitem__)
    return Course(layer, tuple(lessons), folds(free, len(done)))


def folds(free: Sequence[str], articles: int) -> tuple[tuple[str, ...], ...]:
    """Return for each recogniser of a layer the articles it is tried on and does not learn from.

    ``free`` are those nobody pre-marked, the first ones first; ``articles`` is the number of all.
    """
    count = 2 if articles >= _MANY else 3
    size = min(_MOST_IN_FOLD, max(1, articles // 5))
    taken = free[: count * size]
    return tuple(tuple(taken[number::count]) for number in range(count)) if taken else ()


def _done_in(
    project: Project, article: Article, people: Sequence[Annotator], layers: Iterable[str]
) -> dict[str, list[Mark]]:
    """Return, for each layer that somebody called done, the marks of the first one who did."""
    found: dict[str, list[Mark]] = {}
    for person in people:
        verdicts = states.of_article(project.db, article.id, person.id)
        fresh = [
            name
            for name in layers
            if name not in found and verdicts.get(name) in (Verdict.DONE, Verdict.NOTHING_FOUND)
        ]
        own = marks.of_article(project.db, article.id, person.id) if fresh else []
        for name in fresh:
            found[name] = [mark for mark in own if mark.layer == name]
    return found


def _lesson(project: Project, layer: str, article: Article, own: list[Mark]) -> Lesson:
    from annotator.assist.job import Lesson
    from annotator.assist.lines import CONTINUED
    from annotator.assist.proposal import ATTRIBUTE

    attribute = ATTRIBUTE.get(layer, "")
    return Lesson(
        article.id,
        project.text(article),
        tuple(
            (part.start, part.end, label + (CONTINUED if number else ""))
            for mark in own
            for label in (str(mark.attributes.get(attribute) or layer),)
            for number, part in enumerate(mark.fragments)
        ),
    )
