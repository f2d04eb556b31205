"""Under which ids another project's people, articles and codebook versions go in this one."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.domain.article import Article
from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.services.codebook_merging import covers, join
from annotator.services.project import Project
from annotator.store import annotators, articles, codebooks
from annotator.store.connection import Database
from annotator.store.kinds import TABLES
from annotator.store.rows import Row

AT_ONCE = 10
"""So many articles are looked up between two frames of a window."""


@dataclass(slots=True)
class Names:
    """Their ids and what they are called here.

    Attributes:
        people, articles, versions: only where the two differ, for people and articles.
        unusable: ids of articles that are another text here under the same id.
        unknown: articles whose text this project does not have yet.
        new_versions: codebook versions to be added here.
        codebook_conflicts: items that both codebooks changed in different ways.
    """

    people: dict[Id, Id] = field(default_factory=dict)
    articles: dict[Id, Id] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    unusable: list[Article] = field(default_factory=list)
    unknown: list[Article] = field(default_factory=list)
    new_versions: list[CodebookVersion] = field(default_factory=list)
    codebook_conflicts: list[str] = field(default_factory=list)

    def translated(self, kind: str, row: Row) -> Row:
        """Return a row of theirs with our ids in it."""
        cells = dict(zip(TABLES[kind].columns, row, strict=True))
        for column, mapping in (
            ("annotator", self.people),
            ("article", self.articles),
            ("replaces", self.articles),
            ("one", self.articles),
            ("other", self.articles),
        ):
            if cells.get(column) in mapping:
                cells[column] = mapping[str(cells[column])]
        if "codebook_version" in cells:
            made_under = int(str(cells["codebook_version"]))
            # A version that was undone is named only by records of the past.
            cells["codebook_version"] = self.versions.get(made_under, made_under)
        return tuple(cells.values())

    def is_ours(self, kind: str, key: str) -> bool:
        """Tell whether a person or article of theirs goes by another id here, so that ours stands for it."""
        return key in {"annotator": self.people, "article": self.articles}.get(kind, {})


def names_for(project: Project, theirs: Database) -> Slices[Names]:
    """Find out who and what is who and what, slice by slice; nothing is written."""
    names = Names()
    _people(project, theirs, names)
    yield
    yield from _articles(project, theirs, names)
    _versions(project, theirs, names)
    return names


def _people(project: Project, theirs: Database, names: Names) -> None:
    ours = {person.name: person.id for person in annotators.all(project.db)}
    ours.setdefault(project.annotator.name, project.annotator.id)
    taken = set(ours.values())
    for person in annotators.all(theirs):
        if person.id not in taken and person.name in ours:
            names.people[person.id] = ours[person.name]


def _articles(project: Project, theirs: Database, names: Names) -> Slices[None]:
    for number, article in enumerate(articles.TABLE.select(theirs, "ORDER BY position, id"), 1):
        if number % AT_ONCE == 0:
            yield
        known = articles.TABLE.get(project.db, article.id)
        if known:
            if known.text_sha256 != article.text_sha256:
                names.unusable.append(article)
            continue
        same = articles.with_text(project.db, article.text_sha256)
        if same:
            names.articles[article.id] = same[0].id
        else:
            names.unknown.append(article)


def _versions(project: Project, theirs: Database, names: Names) -> None:
    ours = codebooks.versions(project.db)
    others = codebooks.versions(theirs)
    bodies = [version.codebook for version in ours]
    strange = [version for version in others if version.codebook not in bodies]
    if strange:
        added = _grown(ours, others, names)
        names.new_versions = added
        ours += added
    for version in others:
        names.versions[version.version] = _version_for(version.codebook, ours)


def _grown(
    ours: list[CodebookVersion], others: list[CodebookVersion], names: Names
) -> list[CodebookVersion]:
    """Return the versions that this project needs to have room for theirs."""
    if [version.codebook for version in others[: len(ours)]] == [v.codebook for v in ours]:
        return others[len(ours) :]
    mine, other = ours[-1], others[-1]
    joined = join(
        _common(ours, others),
        mine.codebook,
        other.codebook,
        theirs_newer=_age(other) > _age(mine),
    )
    names.codebook_conflicts = joined.conflicts
    if covers(mine.codebook, joined.codebook) and joined.codebook == mine.codebook:
        return []
    created = max(mine.created, other.created)
    return [CodebookVersion(mine.version + 1, joined.codebook, mine.annotator, created)]


def _common(ours: list[CodebookVersion], others: list[CodebookVersion]) -> Codebook | None:
    """Return the last version that both began with."""
    shared = None
    for mine, other in zip(ours, others, strict=False):
        if mine.codebook != other.codebook:
            break
        shared = mine.codebook
    return shared


def _version_for(codebook: Codebook, ours: list[CodebookVersion]) -> int:
    same = [version.version for version in ours if version.codebook == codebook]
    wide = [version.version for version in ours if covers(version.codebook, codebook)]
    return next(iter([*same, *wide, ours[-1].version]))


def _age(version: CodebookVersion) -> tuple[str, str]:
    return version.created, repr(version.codebook)
