"""An open project and the person working in it: what every act is given."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from annotator.domain.article import Annotator, Article
from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.errors import NotFound, Refused
from annotator.domain.identity import Clock, Id, IdMaker, derived_id, new_id, system_clock
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Origin, Provenance, Suggester, View
from annotator.domain.slices import Slices, whole
from annotator.services.collecting import let_go
from annotator.settings.places import data_folder
from annotator.store import annotators, articles, codebooks, links, marks, new_project, project_file
from annotator.store.connection import Database
from annotator.store.journal import Ticket
from annotator.store.project_file import ProjectFile
from annotator.store.recovery import Recovery, recover
from annotator.store.schema import build
from annotator.store.seal import Seals

T = TypeVar("T")

Changed = frozenset[str] | None
"""The keys of what changed; None where that is not known."""


@runtime_checkable
class Heaped(Protocol):
    """Something kept that consists of so much that it is better forgotten bit by bit."""

    @property
    def heaps(self) -> Sequence[MutableMapping[Any, Any]]:
        """The mappings it consists of, which nobody else has."""


class Project:
    """An open project file, its codebook in force, and the annotator at work.

    Attributes:
        annotator: who acts; written into the file with their first act, not before, since
            looking at things writes nothing.
    """

    def __init__(self, file: ProjectFile, annotator: Annotator) -> None:
        self.file = file
        self.annotator = annotator
        self._codebook = codebooks.latest(file.db)
        self._text: tuple[str, str] = ("", "")
        self._kept: dict[str, tuple[int, object]] = {}

    @property
    def path(self) -> Path:
        """Where the project is."""
        return self.file.path

    @property
    def db(self) -> Database:
        """The connection, for the functions of the store."""
        return self.file.db

    @property
    def book(self) -> CodebookVersion:
        """The codebook version in force."""
        return self._codebook

    @property
    def codebook(self) -> Codebook:
        """The codebook in force."""
        return self._codebook.codebook

    def refresh_codebook(self) -> None:
        """Read the codebook again, after an act that may have changed it."""
        self._codebook = codebooks.latest(self.db)

    def close(self) -> None:
        """Close the file; everything acknowledged is in it."""
        self.file.close()

    def let_go(self) -> None:
        """Forget what was kept, without stopping whoever goes on; nobody may look anything up any more."""
        kept, self._kept = self._kept, {}
        let_go(*(heap for _, made in kept.values() for heap in _heaps(made)))

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def step(self, name: str, article: Id | None = None, *, bulk: bool = False) -> Iterator[Ticket]:
        """Run one act of the annotator as one transaction and one step of the journal."""
        with self.file.journal.step(name, self.annotator.id, article, bulk=bulk) as ticket:
            yield ticket
            if ticket.write.count and annotators.TABLE.row(self.db, self.annotator.id) is None:
                ticket.write.put(self.annotator)

    def provenance(
        self, origin: Origin = Origin.MANUAL, suggester: Suggester | None = None
    ) -> Provenance:
        """Return the provenance of something made now by the annotator."""
        now = self.file.clock()
        return Provenance(self.annotator.id, now, now, origin, self._codebook.version, suggester)

    def article(self, id: Id) -> Article:
        """Return an article; raise NotFound if the project has none of that id."""
        found = articles.TABLE.get(self.db, id)
        if found is None:
            raise NotFound("This article is no longer in the project.")
        return found

    def text(self, article: Article) -> str:
        """Return the frozen text of an article (the last one asked for is kept at hand)."""
        if self._text[0] != article.text_sha256:
            body = articles.text(self.db, article.text_sha256)
            if body is None:
                raise NotFound(f"The text of “{article.title}” is missing: check the project.")
            self._text = (article.text_sha256, body)
        return self._text[1]

    def kept(self, name: str, kind: str, build: Callable[[], T]) -> T:
        """Return what ``build`` makes, made anew only after records of ``kind`` changed.

        Not to be asked within a step, which may still be rolled back.
        """

        def in_one(_: T | None, __: Changed) -> Slices[T]:
            yield
            return build()

        return whole(self.kept_in_slices(name, kind, in_one))

    def kept_in_slices(
        self, name: str, kind: str, build: Callable[[T | None, Changed], Slices[T]]
    ) -> Slices[T]:
        """Return the same, made slice by slice, and once more where records changed meanwhile.

        ``build`` is given what it made before, and what changed since, so that it can change only
        what it has to.
        """
        revisions = self.file.journal.revisions
        while True:
            revision, found = revisions[kind], self._kept.get(name)
            if found is not None and found[0] == revision:
                return cast("T", found[1])
            if found is None:
                made = yield from build(None, None)
            else:
                made = yield from build(cast("T", found[1]), revisions.since(kind, found[0]))
            if revision == revisions[kind]:
                self._kept[name] = (revision, made)

    def is_at_hand(self, name: str, kind: str) -> bool:
        """Tell whether something of that name was made, and little of ``kind`` changed since."""
        found = self._kept.get(name)
        return found is not None and self.file.journal.revisions.since(kind, found[0]) is not None

    def own_mark(self, id: Id) -> Mark:
        """Return one of the annotator's own marks.

        Raises:
            NotFound: there is none of that id.
            Refused: it is another annotator's, or an adjudicated one, which is kept apart.
        """
        found = marks.TABLE.get(self.db, id)
        if found is None:
            raise NotFound("This mark is no longer there.")
        if found.annotator != self.annotator.id:
            raise Refused("This mark is another annotator's: only they can change it.")
        if found.view is not View.ANNOTATOR:
            raise Refused("This is an adjudicated mark, which is kept apart from your own.")
        return found

    def links_of(self, mark: Id) -> list[Link]:
        """Return the links that begin or end at a mark."""
        return links.of_mark(self.db, mark)


def create(
    path: Path,
    codebook: Codebook,
    annotator: str | None = None,
    *,
    clock: Clock = system_clock,
    ids: IdMaker = new_id,
) -> Project:
    """Make an empty project, open it, and make ``annotator`` its first annotator; never overwrites."""
    file = new_project.create(path, codebook, annotator, clock=clock, new_id=ids)
    return Project(file, _person(file, annotator))


def open_existing(
    path: Path,
    annotator: str | None = None,
    *,
    clock: Clock = system_clock,
    ids: IdMaker = new_id,
    anywhere: bool = False,
    updating: Callable[[Database], None] = build,
    recovering: Callable[[Path], Recovery | None] = recover,
    checking: Callable[[Path], None] | None = None,
) -> Project:
    """Open a project as ``annotator``, or as the first annotator it has.

    Args:
        anywhere: also where writing is risky, such as a synced folder.
        updating: brings a file of an older version up to date, perhaps after a backup.
        recovering: does what ``recover`` does after an end without closing.
        checking: checks every page of a large file before it is opened, perhaps beside a window.
    """
    file = project_file.open_project(
        path,
        annotator or user_name(),
        clock=clock,
        new_id=ids,
        anywhere=anywhere,
        updating=updating,
        seals=Seals(data_folder() / "whole.json"),
        recovering=recovering,
        checking=checking,
    )
    return _with_person(file, annotator)


def look_at(path: Path, annotator: str | None = None) -> Project:
    """Open a complete file, such as a backup, for reading only."""
    return _with_person(project_file.read(path, clock=system_clock, new_id=new_id), annotator)


def user_name() -> str:
    """Return the name this machine knows its user by."""
    try:
        return getpass.getuser() or "annotator"
    except (OSError, KeyError, ImportError):
        return "annotator"


def _heaps(made: object) -> Sequence[MutableMapping[Any, Any]]:
    if isinstance(made, MutableMapping):
        return (made,)
    return made.heaps if isinstance(made, Heaped) else ()


def _with_person(file: ProjectFile, name: str | None) -> Project:
    try:
        return Project(file, _person(file, name))
    except BaseException:
        file.close()
        raise


def _person(file: ProjectFile, name: str | None) -> Annotator:
    if name:
        found = annotators.named(file.db, name)
    else:
        found = next((person for person in annotators.all(file.db) if not person.retired), None)
    chosen = name or user_name()
    return found or Annotator(derived_id("annotator", file.id, chosen), chosen, file.clock())
