"""The journal: every act is one named step, with each record before and after."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.domain.actor import Actor
    from annotator.domain.adjudication import Adjudication
    from annotator.domain.apart import Apart
    from annotator.domain.article import Annotator, Article, State
    from annotator.domain.codebook import CodebookVersion
    from annotator.domain.identity import Id
    from annotator.domain.link import Link
    from annotator.domain.mark import Mark
    from annotator.domain.release import Release
    from annotator.domain.suggestion import Suggestion

    Record = (
        Article
        | Annotator
        | State
        | Actor
        | CodebookVersion
        | Mark
        | Link
        | Suggestion
        | Adjudication
        | Apart
        | Release
    )
    """Every kind of record; a word for types, so that a step can be read without all of them."""


class StepState(StrEnum):
    """Whether what a step did holds now.

    ``undone`` steps can be redone; ``dropped`` ones were undone and then overtaken by another act.
    """

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class Step(NamedTuple):
    """One act: what it was, in words, whose, and when.

    Attributes:
        number: counts up by one from 1; the order of acts in this project.
        article: the article it belongs to, if it is about one.
    """

    number: int
    id: Id
    name: str
    annotator: Id | None
    at: str
    state: StepState
    article: Id | None = None


class Change(NamedTuple):
    """What one step did to one record: made (no before), removed (no after), or changed."""

    before: Record | None
    after: Record | None


MANY_TOLD = 2_000
"""More records than these are not told one by one: to make and forget them takes several frames."""


class Outcome(NamedTuple):
    """What an act answered with: its step, and each record it touched.

    ``step`` is None where nothing had to change; then nothing was written either. ``changes`` is
    empty where it touched more than ``MANY_TOLD`` records: whoever shows them reads all anew.
    """

    step: Step | None
    changes: tuple[Change, ...] = ()
