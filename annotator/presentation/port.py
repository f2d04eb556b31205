"""What the desk asks of the window around it; tests answer in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from annotator.domain.policy import Policy
    from annotator.presentation.assigning import AssignDraft
    from annotator.presentation.transfer import ExportForm, ExportWish


class Window(Protocol):
    """Questions to the user, and things only a window can do."""

    def ask_project(self) -> Path | None:
        """Let the user choose a project to open."""

    def ask_new_project(self) -> Path | None:
        """Let the user choose where a new project goes."""

    def ask_imports(self) -> Sequence[Path]:
        """Let the user choose files to import."""

    def ask_import_folder(self) -> Path | None:
        """Let the user choose a folder to import."""

    def ask_merges(self) -> Sequence[Path]:
        """Let the user choose other annotators' files to merge."""

    def ask_export(self, proposed: str) -> Path | None:
        """Let the user choose where an export goes."""

    def ask_export_form(self, form: ExportForm) -> ExportWish | None:
        """Let the user choose a format, whose marks, and where they go."""

    def ask_labels(
        self, unknown: Sequence[tuple[str, int]], own: Sequence[str]
    ) -> Mapping[str, str] | None:
        """Let the user say what labels of another tool mean here.

        ``unknown`` has each with the number of its marks, ``own`` the labels there are. None
        or an empty answer leaves their marks out.
        """

    def ask_policy(
        self, policy: Policy, layers: Sequence[tuple[str, str]], harmless: str
    ) -> Policy | None:
        """Let the user say when suggestions are shown; ``layers`` are names and labels.

        ``harmless`` is the layer on which nobody is led astray. None leaves things as they are.
        """

    def ask_assignment(self, draft: AssignDraft) -> bool:
        """Let the user say who gets which articles, in the draft; False leaves things as they are."""

    def ask(self, title: str, text: str, answers: Sequence[str]) -> int | None:
        """Let the user choose one of a few answers, the first by default; None leaves things as they are."""

    def choose(self, title: str, text: str, items: Sequence[str], answer: str) -> int | None:
        """Let the user choose from a list, the first by default, and press ``answer``; None chooses none."""

    def show_report(self, title: str, lines: Sequence[str], details: Sequence[str]) -> None:
        """Show what an import or export did, without stopping the user."""

    def wait(
        self, title: str, text: str, work: Callable[[Callable[[int, int], bool]], object]
    ) -> object:
        """Do work in another thread before anything else can be done, the window staying alive.

        Returns what it returned, or raises what it raised. ``work`` is given a function that it
        tells how far it is, and that answers whether to go on.
        """

    def run_slices(
        self,
        title: str,
        work: Iterator[tuple[int, int, str]],
        done: Callable[[BaseException | None], None],
    ) -> bool:
        """Drive work that goes on in small slices, with progress and cancel; False if other work runs."""

    def run_aside(
        self,
        title: str,
        work: Callable[[Callable[[int, int], bool]], object],
        done: Callable[[object | None, BaseException | None], None],
    ) -> bool:
        """Run work in another thread; it calls its argument with (done, total), which is False to stop."""
