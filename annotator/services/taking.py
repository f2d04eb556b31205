"""Taking a coded article into the project: what is new is added, what is there is recognised.

Nothing that is in the project is ever overwritten by an import; where a file says
something else about the same record, that is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.actor import Actor
from annotator.domain.article import Annotator, Article, State, TextSource, Verdict
from annotator.domain.cells import CodedCells
from annotator.domain.coded import GOLD, CodedArticle, Remark
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.formats.remarks import Remarks
from annotator.services import actor_book
from annotator.services.import_report import Counts
from annotator.services.project import Project
from annotator.services.wording import quoted
from annotator.store import actors, annotators, articles, links, marks, search, states
from annotator.store.step_writer import Writer

INDEXED_AT_ONCE = 300_000
"""So many characters of new texts are indexed together, which takes no longer than a window may wait."""


class Taker:
    """Writes coded articles within one step of the journal.

    Attributes:
        now: when what is taken is made.
    """

    def __init__(
        self,
        project: Project,
        write: Writer,
        added: Counts,
        there: Counts,
        refused: Remarks,
        notes: Remarks,
    ) -> None:
        self._project = project
        self._db = project.db
        self._write = write
        self._added = added
        self._there = there
        self._refused = refused
        self._notes = notes
        self._out_of_the_book: dict[Id, Actor] = {}
        self._people = {person.name: person for person in annotators.all(project.db)}
        self._people.setdefault(project.annotator.name, project.annotator)
        self._written = {person.id for person in annotators.all(project.db)} | {
            project.annotator.id
        }
        self._position = articles.next_position(project.db)
        self._unindexed = 0
        self.now = project.file.clock()

    def annotator_id(self, name: str) -> Id:
        """Return the id of a person; a new one gets the id that belongs to the name in this project."""
        person = self._people.get(name)
        if person is None:
            person = Annotator(
                derived_id("annotator", self._project.file.id, name),
                name,
                self._project.file.clock(),
            )
            self._people[name] = person
        return person.id

    @property
    def is_behind(self) -> bool:
        """Tell whether so much is not indexed or journalled that ``catch_up`` is wanted now."""
        return self._is_unindexed or self._write.is_behind

    @property
    def _is_unindexed(self) -> bool:
        return self._unindexed >= INDEXED_AT_ONCE

    def catch_up(self) -> None:
        """Journal what was taken, and index its words where they are many: almost all is SQLite's work."""
        self._write.settle()
        if self._is_unindexed:
            self.finish()

    def finish(self) -> None:
        """Index the words of what was taken and is not indexed yet."""
        if self._unindexed:
            search.catch_up(self._db)
            self._unindexed = 0

    def take(self, coded: CodedArticle, where: str) -> None:
        """Take one coded article."""
        article = self._article(coded, where)
        if article is None or coded.annotator is None:
            return
        person = self._person(coded.annotator)
        entities = {actor.id: self._actor(actor) for actor in coded.actors}
        self._take_records(coded, article, person, entities, where)

    def take_cells(self, cells: CodedCells, where: str) -> None:
        """Take one coded article whose marks and links are cells.

        Where nothing of it can be there already they are written as they are; else as records.
        """
        coded = cells.article
        article = self._article(coded, where)
        if article is None or coded.annotator is None:
            return
        person = self._person(coded.annotator)
        entities = {actor.id: self._actor(actor) for actor in coded.actors}
        view, version = View(coded.view), self._project.book.version
        own = article.id, person.id, view
        made = marks.rows_of(cells.marks, *own, self.now, version, entities)
        tied = links.rows_of(cells.links, made)
        if (
            marks.some_of(self._db, *own)
            or marks.TABLE.known(self._db, [str(row[0]) for row in made])
            or links.TABLE.known(self._db, [str(row[0]) for row in tied])
        ):
            whole = replace(
                coded,
                marks=tuple(map(marks.TABLE.decode, made)),
                links=tuple(map(links.TABLE.decode, tied)),
            )
            ours = {id: id for id in entities.values()}
            self._take_records(whole, article, person, ours, where)
            return
        self._bring_back((marks.actor_in(row) for row in made), where)
        self._write.add_rows(marks.TABLE, made)
        self._write.add_rows(links.TABLE, tied)
        self._added.marks += len(made)
        self._added.links += len(tied)
        if coded.view != GOLD:
            self._states(coded, article, person, where)

    def _person(self, name: str) -> Annotator:
        """Return a person, written into the project if new."""
        person = self._people[name]
        if person.id not in self._written:
            self._write.put(person)
            self._written.add(person.id)
            self._added.annotators += 1
        return person

    def _take_records(
        self,
        coded: CodedArticle,
        article: Article,
        person: Annotator,
        entities: dict[Id, Id],
        where: str,
    ) -> None:
        """Take the marks, links and states of an article; ``entities`` as ``marks.rows_of`` has them."""
        view = View(coded.view)
        taken = self._marks(coded, article, person, view, entities, where)
        self._links(coded, article, person, view, taken)
        if coded.view != GOLD:
            self._states(coded, article, person, where)

    def _article(self, coded: CodedArticle, where: str) -> Article | None:
        known = articles.TABLE.get(self._db, coded.id) if coded.id else None
        if known and known.text_sha256 != coded.text_sha256:
            self._refused.append(
                Remark(where, f"is another text for “{known.title}”, whose text is frozen")
            )
            return None
        same = known or next(iter(articles.with_text(self._db, coded.text_sha256)), None)
        if same:
            self._there.articles += 1
            return same
        text = coded.text
        if text is None:
            self._refused.append(
                Remark(where, "brings no text for an article that is not in the project")
            )
            return None
        articles.keep_text(self._db, text.text_sha256, text.text, indexed=False)
        self._unindexed += len(text.text)
        article = Article(
            id=coded.id or self._project.file.new_id(),
            meta=coded.meta,
            text_sha256=text.text_sha256,
            length=len(text.text),
            source=TextSource(text.encoding, text.newlines, text.had_bom, text.source_sha256),
            added=self.now,
            position=self._position,
            split=coded.split,
            duplicate_group=coded.duplicate_group,
        )
        self._position += 1
        self._write.add([article])
        self._added.articles += 1
        return article

    def _actor(self, actor: Actor) -> Id:
        """Return the id of the entry in the project: the same one, one of the same name and type, or a new one.

        Of one that was merged into another meanwhile it is that one. One that was taken out of the
        book comes back with the first mark for it, unless the book has one just like it by now.
        """
        known = actors.TABLE.get(self._db, actor.id) or actors.named(
            self._db, actor.name, actor.type
        )
        if known:
            self._there.actors += 1
            found = actor_book.standing_for(self._project, known.id)
            if found.retired:
                self._out_of_the_book[found.id] = found
                found = actors.named(self._db, found.name, found.type) or found
            return found.id
        self._write.add([actor])
        self._added.actors += 1
        return actor.id

    def _bring_back(self, named: Iterable[Id | None], where: str) -> None:
        """Put entries that new marks stand for into the book again, where they were taken out."""
        if not self._out_of_the_book:
            return
        for id in dict.fromkeys(named):
            actor = self._out_of_the_book.pop(id, None) if id else None
            if actor:
                # Of entries that were merged into each other this one is left.
                self._write.put(replace(actor, retired=False, merged_into=None))
                what = f"has marks of {quoted(actor.name)}, which is in the actor book again"
                self._notes.append(Remark(where, what, 0))

    def _marks(
        self,
        coded: CodedArticle,
        article: Article,
        person: Annotator,
        view: View,
        entities: dict[Id, Id],
        where: str,
    ) -> set[Id]:
        here = {mark.id: mark for mark in marks.of_article(self._db, article.id, person.id, view)}
        elsewhere = marks.TABLE.known(self._db, (mark.id for mark in coded.marks)) - here.keys()
        taken: set[Id] = set()
        new: list[Mark] = []
        for mark in coded.marks:
            fitted = mark
            entity = entities.get(mark.actor) if mark.actor else None
            if mark.article != article.id or mark.actor != entity:
                fitted = replace(mark, article=article.id, actor=entity)
            if mark.id in here:
                if _says(here[mark.id]) != _says(fitted):
                    self._refused.append(
                        Remark(
                            where,
                            f"has another version of the {mark.layer} “{mark.text[:40]}”; ours was kept",
                        )
                    )
                else:
                    self._there.marks += 1
                taken.add(mark.id)
            elif mark.id in elsewhere:
                self._refused.append(
                    Remark(
                        where,
                        f"has a {mark.layer} with the id {mark.id}, which a mark elsewhere has already",
                    )
                )
            else:
                new.append(fitted)
                here[mark.id] = fitted
                taken.add(mark.id)
        self._bring_back((mark.actor for mark in new), where)
        self._write.add(new)
        self._added.marks += len(new)
        return taken

    def _links(
        self, coded: CodedArticle, article: Article, person: Annotator, view: View, taken: set[Id]
    ) -> None:
        here = {_joins(link) for link in links.of_article(self._db, article.id, person.id, view)}
        known = links.TABLE.known(self._db, (link.id for link in coded.links))
        new: list[Link] = []
        for link in coded.links:
            if link.start not in taken or (link.end is not None and link.end not in taken):
                continue
            if _joins(link) in here or link.id in known:
                self._there.links += 1
                continue
            new.append(link if link.article == article.id else replace(link, article=article.id))
            here.add(_joins(link))
            known.add(link.id)
        self._write.add(new)
        self._added.links += len(new)

    def _states(self, coded: CodedArticle, article: Article, person: Annotator, where: str) -> None:
        if not coded.states:
            return
        here = states.of_article(self._db, article.id, person.id)
        new: list[State] = []
        for layer, verdict in coded.states.items():
            known = here.get(layer, Verdict.OPEN)
            if verdict is Verdict.OPEN or verdict is known:
                continue
            if known is not Verdict.OPEN:
                self._refused.append(
                    Remark(
                        where,
                        f"says “{verdict}” for {layer}, the project says “{known}”; that was kept",
                    )
                )
                continue
            state = State(article.id, person.id, layer, verdict, self.now)
            if layer in here:
                self._write.put(state)
            else:
                new.append(state)
            self._added.states += 1
        self._write.add(new)


def _says(mark: Mark) -> tuple[object, ...]:
    return mark.layer, mark.fragments, dict(mark.attributes), mark.actor


def _joins(link: Link) -> tuple[object, ...]:
    return link.type, link.start, link.end, link.voice
