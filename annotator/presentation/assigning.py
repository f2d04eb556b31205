"""Dealing articles out from the desk: who gets how many is shown before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.slices import with_progress
from annotator.services import assigning, exporting, handing_out
from annotator.services.assigning import Assignment, Shares, Wish
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.project import Project

STRATA: tuple[tuple[str, str], ...] = (
    ("all alike", ""),
    ("each publisher evenly", "publisher"),
    ("each month evenly", "month"),
)

BUSY = "An import or a merge is running: wait for it, or cancel it below."


class AssignDraft:
    """What the dialog shows: a wish, and what would come of it.

    Attributes:
        known: names of those who are in the project already.
        wish: what was filled in.
        folder: where the files go.
        blind: whether nobody sees what others marked.
        shares: how many articles who would get; None where nothing can be dealt. Which ones is
            found out when they are handed out.
        problem: why, in a sentence; empty where all is well.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.known = exporting.people(project)
        self.wish = Wish(())
        self.folder = project.path.with_name(f"{project.path.stem} handed out")
        self.blind = True
        self.shares: Shares | None = None
        self.problem = ""
        self._free: dict[bool, int] = {}
        self.change()

    @property
    def most(self) -> int:
        """How many articles can be dealt out."""
        again = self.wish.again
        if again not in self._free:
            self._free[again] = assigning.count_free(self._project, again=again)
        return self._free[again]

    def change(self, **values: object) -> None:
        """Take another wish: fields of ``Wish``; and say what would come of it."""
        self.wish = replace(self.wish, **values)  # type: ignore[arg-type]
        self.shares, self.problem = None, ""
        try:
            self.shares = assigning.shares(self.most, self.wish)
            self._refuse_what_is_there(self.shares)
        except Problem as problem:
            self.problem = str(problem)

    def choose_folder(self, folder: Path) -> None:
        """Take another folder for the files."""
        self.folder = folder
        self.change()

    def choose_blind(self, *, yes: bool) -> None:
        """Say whether everybody sees only what they marked themselves."""
        self.blind = yes

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """For each annotator the name, how many articles, and the file."""
        shares = self.shares
        if shares is None:
            return []
        paths = handing_out.files_of(self._project, shares.by_name, self.folder)
        return [
            (name, counted(count, "article"), paths[name].name)
            for name, count in shares.by_name.items()
        ]

    @property
    def told(self) -> str:
        """How many articles are dealt, and how many of them to everybody."""
        if self.shares is None:
            return self.problem
        total, shared, by_name = self.shares
        words = f"{counted(total, 'article')} of {self.most:,} that can be dealt out; "
        if len(by_name) == 1:
            return f"{words}all of them to one annotator, so nothing can be compared."
        if not shared:
            return f"{words}none is coded by two, so no agreement can be measured."
        if shared == total:
            return f"{words}all of them for everybody."
        return f"{words}{counted(shared, 'article')} for everybody, the others for one each."

    @property
    def can_write(self) -> bool:
        """Tell whether files can be written."""
        return self.shares is not None and not self.problem

    def _refuse_what_is_there(self, shares: Shares) -> None:
        there = [
            path.name
            for path in handing_out.files_of(self._project, shares.by_name, self.folder).values()
            if path.exists()
        ]
        if there:
            self.problem = f"{there[0]} is there already: choose another folder, or move it away."


def choose(desk: Desk) -> None:
    """Let the lead say who gets articles, and write a file for each of them."""
    project = desk.project
    if project is None:
        return
    if desk.busy:
        desk.messages.problem(BUSY)
        return
    draft = AssignDraft(project)
    if desk.window.ask_assignment(draft):
        hand_out(desk, project, draft)


def hand_out(desk: Desk, project: Project, draft: AssignDraft) -> None:
    """Write the assignment down and the files out, with progress and cancel: all, or nothing."""
    if not draft.can_write:
        return
    dealt: list[Assignment] = []
    made: list[Path] = []

    def steps() -> Iterator[tuple[int, int, str]]:
        dealt.append((yield from with_progress(assigning.deal.slices(project, draft.wish))))
        yield from handing_out.give_steps(project, dealt[0], draft.folder, made, blind=draft.blind)

    def done(error: BaseException | None) -> None:
        desk.busy = False
        if error is None:
            desk.refresh()
            desk.messages.done(
                f"Wrote {counted(len(made), 'file')} into {draft.folder.name}.", undoable=True
            )
            hint = (
                f"Send each annotator their file from {draft.folder}. What they hand in comes back "
                "by “Merge other annotators’ files”."
            )
            desk.window.show_report("Assigned", [hint], _details(dealt[0], made))

    desk.busy = True
    if not desk.window.run_slices("Handing out", steps(), done):
        desk.busy = False


def _details(dealt: Assignment, made: Sequence[Path]) -> list[str]:
    return [f"{path.name}: {words}" for path, words in zip(made, dealt.in_words(), strict=True)]
