"""What can be learned from a project: articles somebody called done, and articles nobody pre-marked."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.article import Annotator, Article, Verdict
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin
from annotator.services.answering import is_kept_back
from annotator.services.beside import Tell
from annotator.services.learners import stop_unless
from annotator.services.suggesters import is_about_attribution
from annotator.services.wording import counted
from annotator.settings.places import resources_folder
from annotator.store import annotators, articles, codebooks, marks, states
from annotator.store.connection import Database

if TYPE_CHECKING:
    from annotator.assist.job import Course, Job, Lesson

FEWEST_ARTICLES, FEWEST_MARKS = 5, 10
"""Less than this teaches nothing."""

_MOST_IN_FOLD = 30
_MANY = 400
"""From so many articles on two recognisers learn of each layer, from fewer three."""

_Done = tuple[Article, str, list[Mark]]
"""With its text, and the marks of a layer."""

_PREMARKED = frozenset((Origin.SUGGESTED, Origin.EDITED))


def job_of(
    db: Database,
    person: Id,
    layers: Sequence[str] = (),
    seed: int = 0,
    steps: int | None = None,
    tell: Tell | None = None,
) -> Job:
    """Return what to learn, layer by layer; none named means every layer with enough done.

    Args:
        person: whose marks are learned of an article that several have done.

    Raises:
        Problem: ``tell`` said to stop.
        Refused: too few articles are done, or too few marks are in them.
    """
    from annotator.assist.job import Job

    codebook = codebooks.latest(db).codebook
    known = [layer.name for layer in codebook.layers if not layer.retired]
    for name in layers:
        codebook.layer(name)
    done: dict[str, list[_Done]] = {name: [] for name in layers or known}
    people = sorted(annotators.all(db), key=lambda one: (one.id != person, one.name))
    for article, text in articles.in_id_order(db):
        stop_unless(tell is None or tell(0, 0))
        for name, own in _done_in(db, article.id, people, done).items():
            done[name].append((article, text, own))
    courses: list[Course] = []
    share = codebook.suggesting.kept_back
    thin: list[tuple[int, int, str]] = []
    for name, found in done.items():
        count = sum(len(own) for *_, own in found)
        if len(found) < FEWEST_ARTICLES or count < FEWEST_MARKS:
            thin.append((len(found), count, name))
        else:
            stop_unless(tell is None or tell(0, 0))
            courses.append(_course(name, found, seed, share))
    if not courses or (layers and thin):
        number, count, name = max(thin)
        raise Refused(
            f"There is too little to learn from: a layer needs {FEWEST_MARKS} marks in "
            f"{FEWEST_ARTICLES} done articles, {name} has {counted(count, 'mark')} in {number}."
        )
    first, *_ = done[courses[0].layer][0]
    language = (first.meta.language or "en").split("-")[0].lower()
    lexicons = str(resources_folder() / "lexicons")
    about = is_about_attribution(codebook)
    return Job(language, seed, tuple(courses), "", lexicons, steps, about)


def _course(layer: str, done: list[_Done], seed: int, share: int) -> Course:
    from annotator.assist.job import Course

    free: list[Id] = []
    used: dict[Id, bool] = {}
    lessons = []
    for article, text, own in done:
        if not any(mark.made.origin in _PREMARKED for mark in own):
            free.append(article.id)
            used[article.id] = not is_kept_back(article.id, share)
        lessons.append(_lesson(layer, article.id, text, own))
        # Marks and lessons of a whole project need much memory at the same time.
        own.clear()
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
    db: Database, article: Id, people: Sequence[Annotator], layers: Iterable[str]
) -> dict[str, list[Mark]]:
    """Return, for each layer that somebody called done, the marks of the first one who did."""
    found: dict[str, list[Mark]] = {}
    for person in people:
        verdicts = states.of_article(db, article, person.id)
        fresh = [
            name
            for name in layers
            if name not in found and verdicts.get(name) in (Verdict.DONE, Verdict.NOTHING_FOUND)
        ]
        own = marks.of_article(db, article, person.id) if fresh else []
        for name in fresh:
            found[name] = [mark for mark in own if mark.layer == name]
    return found


def _lesson(layer: str, article: Id, text: str, own: list[Mark]) -> Lesson:
    from annotator.assist.job import Lesson
    from annotator.assist.lines import CONTINUED
    from annotator.assist.proposal import ATTRIBUTE

    attribute = ATTRIBUTE.get(layer, "")
    return Lesson(
        article,
        text,
        tuple(
            (part.start, part.end, label + (CONTINUED if number else ""))
            for mark in own
            for label in (str(mark.attributes.get(attribute) or layer),)
            for number, part in enumerate(mark.fragments)
        ),
    )
