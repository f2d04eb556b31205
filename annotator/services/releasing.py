"""Releases: a frozen dataset folder with everything a stranger needs to load, cite and check it."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import annotator
from annotator.domain.codebook_json import to_json
from annotator.domain.errors import BadInput, Refused
from annotator.domain.identity import derived_id
from annotator.domain.step import Outcome
from annotator.formats import codebook_markdown
from annotator.formats.base import WriteContext
from annotator.formats.release.card import ANNOTATIONS, FILES, SOFT, card
from annotator.formats.release.changelog import changelog
from annotator.formats.release.croissant import croissant
from annotator.formats.release.datasheet import datasheet
from annotator.formats.release.facts import Facts, Measured
from annotator.formats.release.lines import Lines, without_texts
from annotator.services import agreement, agreement_words, duplicates
from annotator.services.project import Project
from annotator.services.release_about import remember
from annotator.services.release_division import method_in_words
from annotator.services.release_files import LineFiles, files_of, refuse_leaks, write_checksums
from annotator.services.release_material import pieces
from annotator.services.release_plan import Known, Order, Plan, Stopped, Tell, plan_from
from annotator.services.soft_labels import soft_lines
from annotator.store.connection import Database

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A release that was written: what it holds, and where it is."""

    plan: Plan
    folder: Path


def known_of(project: Project) -> Known:
    """Return what a release needs to know beside the database, but for the copies in it."""
    return Known(project.file.id, project.annotator.id, project.file.clock())


def preview(project: Project, order: Order, tell: Tell | None = None) -> Plan:
    """Return what a release would hold; raises like ``plan_from``."""
    return plan_from(project.db, order, _known_whole(project, tell), tell)


def release(project: Project, order: Order, parent: Path, tell: Tell | None = None) -> Made:
    """Write a release as a folder within ``parent``, and remember it in one undoable step.

    Raises:
        Refused: as ``plan_from``, or a folder of that name is there already.
        BadInput: it cannot be written there.
    """
    refuse_existing(order, parent)
    known = _known_whole(project, tell)
    made = write_from(project.db, plan_from(project.db, order, known, tell), parent, tell)
    record(project, made)
    return made


def _known_whole(project: Project, tell: Tell | None) -> Known:
    found = duplicates.find(project, days=None, tell=tell)
    return replace(known_of(project), pairs=found.pairs)


def record(project: Project, made: Made) -> Outcome:
    """Remember a release in the project, so that the next one follows it and says the same of itself."""
    with project.step(f"Release {made.plan.folder}") as ticket:
        ticket.write.put(made.plan.release)
        remember(project, made.plan.order.about)
    return ticket.outcome


def write_from(db: Database, plan: Plan, parent: Path, tell: Tell | None = None) -> Made:
    """Write a planned release from any open project database; all of it or nothing."""
    target = refuse_existing(plan.order, parent)
    draft = parent / f".{plan.folder}.{uuid.uuid4().hex}.new"
    try:
        draft.mkdir(parents=True)
        _write(db, plan, draft, tell)
        refuse_leaks(draft)
        draft.rename(target)
    except OSError as error:
        raise BadInput(
            f"{target.name} could not be written ({error.strerror}): choose another folder or make room. "
            "Nothing was left behind."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Made(plan, target)


def refuse_existing(order: Order, parent: Path) -> Path:
    """Return the folder of a release, which is not there yet.

    Raises:
        Refused: a name that is no name of a folder, or it is there.
        BadInput: its parent is no folder.
    """
    name = order.about.name
    if not name or name != name.strip(" .") or set(name) & set('/\\:*?"<>|\n\r\t'):
        raise Refused(f"“{name}” cannot name a folder: use letters, digits and hyphens.")
    if parent.exists() and not parent.is_dir():
        raise BadInput(f"{parent.name} is no folder: choose another.")
    target = parent / f"{name}-{order.version}"
    if target.exists():
        raise Refused(
            f"{target.name} is there already, and a release is never overwritten: choose a higher version "
            "or another folder."
        )
    return target


def _write(db: Database, plan: Plan, draft: Path, tell: Tell | None) -> None:
    _write_lines(db, plan, draft, tell)
    measured = _write_agreement(db, plan, draft, tell)
    book = plan.codebook.codebook
    _put(draft / "codebook.json", {"version": plan.codebook.version, **to_json(book)})
    (draft / "codebook.md").write_bytes(codebook_markdown.write(book).encode())
    _put(draft / "splits.json", _splits(plan))
    facts = replace(_facts(plan, measured), files=tuple(files_of(draft)))
    versions = [*plan.earlier, plan.release]
    licence = plan.order.about.licence or "No licence was stated for the marks: ask the creators."
    for name, text in {
        "README.md": card(facts),
        "datasheet.md": datasheet(facts),
        "croissant.json": croissant(facts),
        "CHANGELOG.md": changelog(facts.title, versions),
        "LICENSE": f"Marks and codebook: {licence}\nThe texts of the articles remain their publishers’.\n",
    }.items():
        (draft / name).write_bytes(text.encode())
    write_checksums(draft)


def _write_lines(db: Database, plan: Plan, draft: Path, tell: Tell | None) -> None:
    context = WriteContext(plan.codebook.codebook, plan.codebook.version)
    lines = Lines(context, plan.names, plan.known.renamed, plan.loose)
    splits, texts = plan.release.splits, plan.order.texts
    paths = [path for name, path in FILES.items() if plan.split_counts[name]]
    with LineFiles(draft, [*paths, ANNOTATIONS, SOFT]) as out:
        for number, piece in enumerate(pieces(db, plan.undecided, plan.voted)):
            if tell and not tell(number, len(plan.release.prints)):
                raise Stopped("The release was cancelled; nothing was written.")
            split = splits[piece.id]
            group = plan.groups.get(piece.id)
            own = [replace(coded, duplicate_group=group) for coded in piece.own]
            for coded in own:
                line = lines.line(coded, split, [coded.annotator or ""])
                out.add(ANNOTATIONS, (line["id"], line["annotator"]), without_texts(line, texts))
            if piece.final:
                final = replace(piece.final, duplicate_group=group)
                line = lines.line(final, split, piece.people)
                out.add(FILES[split], (line["id"],), without_texts(line, texts))
        people = plan.release.people
        for line in soft_lines(plan.cases, splits, people, plan.known.renamed):
            out.add(SOFT, (line["article"], line["layer"], line["id"]), line)


def _write_agreement(
    db: Database, plan: Plan, draft: Path, tell: Tell | None
) -> tuple[Measured, ...]:
    if max(plan.per_article, default=0) < 2:
        _put(draft / "agreement.json", {"note": "No article was finished by two annotators."})
        return ()
    found = agreement.measure_from(db, agreement.Order(draws=plan.order.draws), tell)
    _put(draft / "agreement.json", _pseudonymous(agreement_words.as_data(found), plan.names))
    return tuple(
        Measured(
            line.layer,
            line.about,
            line.coefficient.name,
            agreement_words.value(line.coefficient),
            agreement_words.interval(line.coefficient),
        )
        for line in found.lines
        if not line.label and not line.group and line.coefficient.value is not None
    )


def _pseudonymous(data: Any, names: Any) -> Any:
    """Return plain values in which lists of annotators name nobody."""
    if isinstance(data, dict):
        return {
            key: sorted(names[name] for name in value if name in names)
            if key == "annotators" and isinstance(value, list | tuple)
            else _pseudonymous(value, names)
            for key, value in data.items()
        }
    return [_pseudonymous(item, names) for item in data] if isinstance(data, list | tuple) else data


def _splits(plan: Plan) -> Json:
    wish, renamed = plan.order.wish, plan.known.renamed
    groups: dict[str, list[str]] = {}
    for id, group in plan.groups.items():
        groups.setdefault(group, []).append(renamed(id))
    return {
        "method": wish.method.value,
        "strata": wish.strata or None,
        "seed": wish.seed,
        "shares": dict(zip(FILES, wish.shares, strict=True)),
        "kept_from": plan.earlier[-1].version if plan.earlier else None,
        "nearest_across": plan.nearest,
        "splits": {
            name: sorted(renamed(id) for id, split in plan.release.splits.items() if split == name)
            for name in FILES
        },
        "duplicate_groups": sorted(map(sorted, groups.values())),
    }


def _facts(plan: Plan, measured: Iterable[Measured]) -> Facts:
    some = [plan.articles[id] for id in plan.release.prints]
    days = sorted(one.meta.published[:10] for one in some if one.meta.published)
    papers: dict[str, int] = {}
    for one in some:
        if one.meta.publisher:
            papers[one.meta.publisher] = papers.get(one.meta.publisher, 0) + 1
    return Facts(
        about=plan.order.about,
        version=plan.order.version,
        uuid=derived_id("dataset", plan.known.id, plan.order.about.name, plan.order.version),
        day=plan.release.day,
        texts=plan.order.texts,
        codebook=plan.codebook.codebook,
        codebook_version=plan.codebook.version,
        program=f"annotator {annotator.__version__}",
        articles=plan.split_counts,
        left_out=len(plan.release.prints) - sum(plan.split_counts.values()),
        annotations=plan.annotations,
        people=len(plan.release.people),
        marks={
            layer.name: plan.release.counts.get(layer.name, 0)
            for layer in plan.codebook.codebook.layers
            if not layer.retired or plan.release.counts.get(layer.name)
        },
        origins=plan.origins,
        per_article=plan.per_article,
        suggesters=plan.suggesters,
        languages=tuple(sorted({one.meta.language for one in some if one.meta.language})),
        publishers=tuple(sorted(papers.items(), key=lambda item: (-item[1], item[0]))),
        first_day=days[0] if days else "",
        last_day=days[-1] if days else "",
        method=method_in_words(plan.order.wish),
        seed=plan.order.wish.seed,
        groups=len(set(plan.groups.values())),
        loose=plan.loose,
        nearest=plan.nearest,
        agreement=tuple(measured),
        notes=plan.notes,
    )


def _put(path: Path, data: Json) -> None:
    path.write_bytes((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
