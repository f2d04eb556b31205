"""Values for a list: those in use, and new ones made while coding."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from annotator.domain import labels
from annotator.domain.codebook import Code, CodebookVersion
from annotator.domain.codebook_edits import Path, put
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.domain.slices import Slices, looked_through, sliced
from annotator.domain.step import Outcome
from annotator.services import marking
from annotator.services.project import Project
from annotator.services.wording import named, quoted
from annotator.store import marks, values


@sliced
def used(project: Project, layer: str, attribute: str) -> Slices[Counter[str]]:
    """Count how many marks of a layer, of all annotators and gold, have each value; for lists without codes."""
    counts: Counter[str] = Counter()
    bits = values.used(project.db, layer, attribute)
    last = marks.TABLE.last_row(project.db)
    for reached, some in looked_through(bits, last, values.COUNTED):
        for value, count in some:
            for text in texts_in(value):
                counts[text] += count
        yield reached
    return counts


def texts_in(value: Value | None) -> tuple[str, ...]:
    """Return the values of a list that an attribute holds."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (str(value),)


def add(project: Project, mark_id: Id, attribute: str, label: str) -> Outcome:
    """Give a mark a value of a list that the codebook does not have yet, adding it there too.

    One step: the codebook gets the value in a new version, and the mark gets it under that.
    An attribute without any codes takes every value as it is; the codebook stays then.

    Raises:
        Refused: no words, or the attribute holds no list.
    """
    mark = project.own_mark(mark_id)
    words = " ".join(label.split())
    kind = project.codebook.layer(mark.layer).attribute(attribute)
    if kind is None or not words:
        raise Refused("Type a name for the new value.")
    old = mark.attributes.get(attribute)
    chosen = old if isinstance(old, tuple) else ()
    if not kind.codes:
        return marking.set_attribute(project, mark_id, attribute, (*chosen, words))
    name = re.sub(r"[\W_]+", "_", words.casefold()).strip("_") or words
    if kind.code(name):
        raise Refused(f"{kind.label or kind.name} has {quoted(words)} already: choose it.")
    path = Path(mark.layer, attribute, name)
    book = put(project.codebook, path, Code(name, words))
    version = CodebookVersion(
        project.book.version + 1, book, project.annotator.id, project.file.clock()
    )
    attributes = book.check_attributes(mark.layer, {**mark.attributes, attribute: (*chosen, name)})
    made = replace(mark.made, codebook_version=version.version, modified=version.created)
    of = labels.attribute(project.codebook, mark.layer, attribute)
    with project.step(f"Add {quoted(words)} to {of} of {named(project, mark)}") as ticket:
        ticket.write.put(version)
        ticket.write.put(replace(mark, attributes=attributes, made=made))
    project.refresh_codebook()
    return ticket.outcome
