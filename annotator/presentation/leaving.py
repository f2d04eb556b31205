"""Words that were typed into a field and left there: they are kept, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.step import Outcome
from annotator.presentation.shortening import in_quotes
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def keep(desk: Desk, typed: str, work: Callable[[Project], Outcome]) -> bool:
    """Run the act that words which were left stand for; tell whether they were taken.

    A refusal says what was typed, too.
    """
    before = desk.messages.last
    outcome = desk.act(work)
    refusal = desk.messages.last
    if (
        outcome is None
        and typed
        and refusal
        and refusal is not before
        and in_quotes(typed) not in refusal.text
    ):
        desk.messages.problem(f"{refusal.text} You had typed {in_quotes(typed)}.")
    return outcome is not None
