"""The window as the desk knows it: it asks the user, shows reports, and drives long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QMainWindow

from annotator.domain.errors import Problem
from annotator.ui import asking, jobs

if TYPE_CHECKING:
    from annotator.domain.policy import Policy
    from annotator.presentation.assigning import AssignDraft
    from annotator.presentation.desk import Desk
    from annotator.presentation.file_places import FilePlaces
    from annotator.presentation.transfer import ExportForm, ExportWish
    from annotator.ui.file_questions import FileQuestions
    from annotator.ui.status_line import StatusLine


class PortWindow(QMainWindow):
    """A window that answers what a desk asks of it; one long work runs at a time."""

    desk: Desk
    status: StatusLine
    places: FilePlaces

    def __init__(self) -> None:
        super().__init__()
        self._job: jobs.SlicedJob | jobs.AsideJob | None = None

    @cached_property
    def questions(self) -> FileQuestions:
        """Asks for files with the dialogs of the desktop."""
        from annotator.ui.file_questions import FileQuestions

        return FileQuestions(self, self.places)

    def ask_project(self) -> Path | None:
        """Let the user choose a project to open."""
        return self.questions.project()

    def ask_new_project(self) -> Path | None:
        """Let the user choose where a new project goes."""
        return self.questions.new_project()

    def ask_imports(self) -> Sequence[Path]:
        """Let the user choose files to import."""
        return self.questions.imports()

    def ask_import_folder(self) -> Path | None:
        """Let the user choose a folder to import."""
        return self.questions.import_folder()

    def ask_merges(self) -> Sequence[Path]:
        """Let the user choose other annotators' files to merge."""
        return self.questions.merges()

    def ask_export(self, proposed: str) -> Path | None:
        """Let the user choose where an export goes."""
        return self.questions.export(proposed)

    def ask_export_form(self, form: ExportForm) -> ExportWish | None:
        """Let the user choose a format, whose marks, and where they go."""
        from annotator.ui.export_dialog import ExportDialog

        dialog = ExportDialog(asking.in_front(self), form, self.questions.export)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        wish = dialog.wish
        dialog.deleteLater()
        return wish if chosen else None

    def ask_labels(
        self, unknown: Sequence[tuple[str, int]], own: Sequence[str]
    ) -> Mapping[str, str] | None:
        """Let the user say what labels of another tool mean here."""
        from annotator.ui.label_dialog import LabelDialog

        dialog = LabelDialog(asking.in_front(self), unknown, own)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        said = dialog.said()
        dialog.deleteLater()
        return said if chosen else None

    def ask_policy(
        self, policy: Policy, layers: Sequence[tuple[str, str]], harmless: str
    ) -> Policy | None:
        """Let the user say when suggestions are shown."""
        from annotator.ui.policy_dialog import PolicyDialog

        dialog = PolicyDialog(asking.in_front(self), policy, layers, harmless)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        said = dialog.policy
        dialog.deleteLater()
        return said if chosen else None

    def ask_assignment(self, draft: AssignDraft) -> bool:
        """Let the user say who gets which articles."""
        from annotator.ui.team.assign_dialog import AssignDialog

        dialog = AssignDialog(asking.in_front(self), draft, self.questions.folder)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return chosen

    def ask(self, title: str, text: str, answers: Sequence[str]) -> int | None:
        """Let the user choose one of a few answers."""
        return asking.ask(self, title, text, answers)

    def choose(self, title: str, text: str, items: Sequence[str], answer: str) -> int | None:
        """Let the user choose from a list."""
        return asking.choose(self, title, text, items, answer)

    def wait(
        self, title: str, text: str, work: Callable[[Callable[[int, int], bool]], object]
    ) -> object:
        """Do work in another thread before anything else can be done."""
        from annotator.ui import waiting

        return waiting.wait(self, title, text, work)

    def show_fault(self, text: str, place: str) -> None:
        """Show the report of a fault, without stopping the user."""
        from annotator.ui.fault_dialog import FaultDialog

        dialog = FaultDialog(self, text, place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_report(self, title: str, lines: Sequence[str], details: Sequence[str]) -> None:
        """Show what long work did."""
        from annotator.ui.dialogs import ReportDialog

        ReportDialog(self, title, lines, details).show()

    def run_slices(
        self,
        title: str,
        work: Iterator[tuple[int, int, str]],
        done: Callable[[BaseException | None], None],
    ) -> bool:
        """Drive work in small slices on this thread."""
        if self._is_busy():
            return False
        job = jobs.SlicedJob(work, self)
        job.progressed.connect(partial(self._progress, title))
        job.ended.connect(partial(self._ended_slices, done))
        self._start(job, title)
        return True

    def run_aside(
        self,
        title: str,
        work: Callable[[Callable[[int, int], bool]], object],
        done: Callable[[object | None, BaseException | None], None],
    ) -> bool:
        """Run work in another thread."""
        if self._is_busy():
            return False
        job = jobs.AsideJob(work, self)
        job.progressed.connect(partial(self._progress, title))
        job.ended.connect(partial(self._ended_aside, done))
        self._start(job, title)
        return True

    @property
    def is_working(self) -> bool:
        """Tell whether long work goes on."""
        return self._job is not None

    def _is_busy(self) -> bool:
        if self._job:
            self.desk.messages.problem(
                self.tr("Something is still running: wait for it, or cancel it below.")
            )
        return self._job is not None

    def _start(self, job: jobs.SlicedJob | jobs.AsideJob, title: str) -> None:
        self._job = job
        self.desk.reader.read_rest()
        self.status.show_progress(0, 0, title)
        job.start()

    def _progress(self, title: str, done: int, total: int, name: str) -> None:
        self.status.show_progress(done, total, f"{title} {name}".strip())

    def _ended_slices(
        self, done: Callable[[BaseException | None], None], error: BaseException | None
    ) -> None:
        self._end_job(error)
        done(error)

    def _ended_aside(
        self,
        done: Callable[[object | None, BaseException | None], None],
        result: object,
        error: BaseException | None,
    ) -> None:
        self._end_job(error)
        done(result, error)

    def _end_job(self, error: BaseException | None) -> None:
        job, self._job = self._job, None
        if job:
            job.deleteLater()
        self.status.hide_progress()
        if isinstance(error, jobs.Cancelled):
            self.desk.messages.done(self.tr("Cancelled: nothing was changed."))
        elif isinstance(error, Problem):
            self.desk.messages.problem(str(error))

    def cancel_work(self) -> None:
        """Stop what runs; it leaves nothing half-done."""
        if self._job:
            self._job.cancel()

    def end_work(self) -> None:
        """Stop what runs, and wait for its end: the window is closing."""
        self.cancel_work()
        if self._job:
            self._job.wait()

    def own_folder(self) -> Path:
        """Return where the user's own files are: beside the project, else among the documents."""
        if folder := self.desk.own_folder:
            return folder
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        has_documents = bool(documents) and Path(documents).is_dir()
        return Path(documents) if has_documents else Path.home()
