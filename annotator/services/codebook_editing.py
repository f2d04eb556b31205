"""Putting a changed codebook in force: each act is a new version and one step, and marks keep their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.codebook import Codebook
from annotator.domain.codebook_edits import differences, keeping, missing
from annotator.domain.errors import Refused
from annotator.domain.policy import Policy
from annotator.domain.step import Outcome
from annotator.services import codebooks
from annotator.services.project import Project


def apply(project: Project, draft: Codebook) -> Outcome:
    """Put a changed codebook in force; the step says what changed.

    Raises:
        Refused: an item is missing in it; items are retired, not deleted.
    """
    gone = missing(project.codebook, draft)
    if gone:
        raise Refused(f"The {gone[0].words} cannot be deleted, since marks may use it: retire it.")
    return codebooks.change(project, _named(differences(project.codebook, draft)), draft)


def adopt(project: Project, other: Codebook) -> Outcome:
    """Put another codebook in force; items of the present one that it lacks are retired."""
    draft = keeping(project.codebook, other)
    return codebooks.change(project, f"Codebook “{other.name}”", draft)


def use_suggestions(
    project: Project,
    *,
    first: Sequence[str] | None = None,
    kept_back: int | None = None,
    by_chance: int | None = None,
) -> Outcome:
    """Say which layers show suggestions at once, and which shares are never shown and by chance.

    Raises:
        Refused: a layer that the codebook does not have, or no share of a hundred.
    """
    book, was = project.codebook, project.codebook.suggesting
    for name in first or ():
        book.layer(name)
    policy = Policy(
        was.first if first is None else tuple(dict.fromkeys(first)),
        was.kept_back if kept_back is None else kept_back,
        was.by_chance if by_chance is None else by_chance,
    )
    return apply(project, replace(book, suggesting=policy))


def _named(told: list[str]) -> str:
    rest = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return f"Codebook: {', '.join(told[:3])}{rest}"
