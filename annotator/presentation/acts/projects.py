"""Opening, keeping and closing projects; bringing articles in and taking work out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id
from annotator.presentation.acts.base import Acting
from annotator.presentation.article_row import signed_layers
from annotator.services import backups, checking, reading, sample
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.services.wording import counted


class ProjectActs(Acting):
    """Opens a project in place of another, keeps it safe, imports and exports."""

    def open_project(self, path: Path, article: Id | None = None) -> bool:
        """Open a project in place of the present one, which stays open if that fails.

        The open one is opened anew where another name was chosen meanwhile to sign the work with.
        """
        if self.project and self.project.path.resolve() == path.resolve():
            if self.annotator_name in (None, self.project.annotator.name):
                self.messages.done(f"{path.name} is open already.")
                return True
            article = self.reader.article.id if self.reader.article else article
            self.close()
        found = self._rescue.open(path, self.annotator_name)
        return found is not None and self._take_over(lambda: found, article)

    def make_project(self, path: Path) -> bool:
        """Make an empty project and open it."""
        made = self._take_over(
            lambda: projects.create(path, default_codebook(), self.annotator_name), None
        )
        if made:
            self.messages.done(f"Made {path.name}: drop articles on the window to bring them in.")
        return made

    @property
    def own_folder(self) -> Path | None:
        """Where the user keeps the open project; None for the sample, which the program keeps."""
        if self.project is None or self.project.path == sample.sample_path():
            return None
        return self.project.path.parent

    def choose_project(self) -> None:
        """Let the user choose a project, and open it."""
        path = self.window.ask_project()
        if path:
            self.open_project(path)

    def new_project(self) -> None:
        """Let the user choose a place, and make a project there."""
        path = self.window.ask_new_project()
        if path:
            self.make_project(path)

    def close(self) -> None:
        """Close the project; everything acknowledged is in it."""
        if self.project:
            if self.reader.article:
                self.reader.article_leaving.emit(self.reader.article.id)
            self.reader.read_rest()
            project, self.project = self.project, None
            if self.library.is_being_read:
                # Nobody will see it, and who asks the file meanwhile keeps others from copying it.
                self.library.show(None)
            self.closing.emit(project)
            self.reader.clear()
            self.library.show(None)
            project.close()
            self.project_changed.emit(None)
            project.let_go()

    def settle(self) -> None:
        """While nobody works, bring the one file up to date, so that a copy of it is complete."""
        if self.project and not self.busy:
            self._try(self.project.file.settle)
            self.resting.emit(self.project)

    def back_up(self) -> None:
        """Copy the project now, verify the copy while work goes on, and say so."""
        begun = self._try(lambda: (backups.begin(self._open),))
        if begun is None:
            return
        (making,) = begun
        if making is None:
            self.messages.done("The newest backup holds everything already.")
        elif not self.window.run_aside("Backing up", making.finish, self._backed_up):
            # Other work runs, and says so.
            making.drop()

    def _backed_up(self, made: object | None, error: BaseException | None) -> None:
        if isinstance(made, backups.Backup) and error is None:
            self.messages.done(f"Backed up and verified: {made.path.name}.")

    def restore_backup(self) -> None:
        """Let the user choose a backup, and put it in the place of the open project."""
        project = self.project
        if project is None:
            return
        known = backups.of_project(project)
        if not known:
            self.messages.problem(
                "There is no backup of this project yet: one is made when it is closed."
            )
            return
        chosen = self.window.choose(
            "Restore a backup",
            "The project as it is now is kept in a folder beside it.",
            [backups.told(backup) for backup in known],
            "Restore",
        )
        if chosen is not None:
            path = project.path
            self.close()
            if self._rescue.restore(path, known[chosen]):
                said = self.messages.last
                self.open_project(path)
                if said:
                    self.messages.said.emit(said)
            else:
                self.open_project(path)

    def check(self) -> None:
        """Prove the project whole and say so; work goes on meanwhile."""
        from annotator.presentation import beside

        project = self._open
        try:
            beside.run(self, "Checking", checking.problems_aside, self._checked)
        except Refused as refused:
            self.messages.problem(str(refused))
        except (Problem, OSError):
            # What cannot be copied is damaged, and that is found at once; or there is no room.
            self._checked(self._try(lambda: checking.problems(project)), None)

    def _checked(self, found: object | None, error: BaseException | None) -> None:
        if error is not None or not isinstance(found, list):
            return
        if found:
            self.window.show_report(f"{counted(len(found), 'problem')} found", found[:1], found)
        else:
            self.messages.done("The project is whole: every mark, link and step was checked.")

    def choose_imports(self) -> None:
        """Let the user choose files, and show what they would bring."""
        paths = self.window.ask_imports()
        if paths:
            self.import_paths(paths)

    def choose_import_folder(self) -> None:
        """Let the user choose a folder, and show what all files in it would bring."""
        folder = self.window.ask_import_folder()
        if folder:
            self.import_paths([folder])

    def import_paths(self, paths: Iterable[Path]) -> None:
        """Show what files and folders would bring into the open project; the user imports them there."""
        if self.project:
            self.incoming.look(list(paths))
            if self.incoming.is_looking:
                self.focus.emit("incoming")

    def choose_export(self) -> None:
        """Let the user choose a file, and export to it."""
        if self.project:
            path = self.window.ask_export(f"{self.project.path.stem}.jsonl")
            if path:
                from annotator.presentation import transfer

                transfer.run_export(self, self.project, transfer.own_lines(path))

    def choose_export_form(self) -> None:
        """Let the user choose a format and whose marks, and export."""
        if self.project:
            from annotator.presentation import transfer

            wish = self.window.ask_export_form(transfer.export_form(self.project))
            if wish:
                transfer.run_export(self, self.project, wish)

    def _take_over(self, opening: Callable[[], Project], article: Id | None) -> bool:
        opened = self._try(opening)
        if opened is None:
            return False
        self.close()
        self.project = opened
        self._rebuild_commands(opened)
        self.library.show_soon(opened)
        self.project_changed.emit(None)
        chosen = self._first_article(opened, article)
        if chosen:
            self.open_article(chosen)
        return True

    def _first_article(self, project: Project, last: Id | None) -> Id | None:
        """Return the article to begin with: the one read last, the first that is not finished, the first."""
        if last and self._is_listed(last):
            return last
        if self.library.is_being_read:
            # The page does not wait for a long list.
            layers = [layer.name for layer in signed_layers(project.codebook)]
            first = reading.first_open(project, layers)
        else:
            rows = self.library.rows
            first = next((row.id for row in rows if not row.is_finished), None)
        return first or self._first_listed()
