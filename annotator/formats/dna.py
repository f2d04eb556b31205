"""Project files of Discourse Network Analyzer 3: documents, and statements as claims.

Positions are UTF-16 units, for they come from a Java caret. A statement names its person
and organisation as entries of a list, not as places in the text: these become entries of
the actor book, and each tie that could not be made is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from annotator.domain.codebook import CLAIM
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.formats.foreign import ForeignArticle, ForeignMark
from annotator.formats.kept import Kept
from annotator.formats.labels import labels_for
from annotator.formats.named_actors import NamedActors
from annotator.formats.offsets import Unit

Row = Mapping[str, Any]
Values = dict[str, list[str]]

SIDES = {"1": "support", "0": "oppose"}
"""What yes and no of DNA are where a codebook has words for them."""

_ACTORS = {"person": "person", "organization": "organisation", "organisation": "organisation"}
"""Variables that name who spoke, and the type of the entry they become."""


class DnaReader:
    """Reads ``.dna`` files: an article for each document and coder."""

    name = "dna"
    suffixes = (".dna",)
    about = "Discourse Network Analyzer 3: documents and statements"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take SQLite files of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the documents in order."""
        if context.rows_of is None:
            raise BadInput("is a database, which cannot be read here")
        try:
            yield from _Project(source, context).read()
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BadInput(f"is no project of DNA 3 ({type(error).__name__} {error})") from None


class _Project:
    def __init__(self, source: Source, context: ReadContext) -> None:
        self._source = source
        self._context = context
        self._coders = {row["ID"]: str(row["Name"]) for row in self._rows("CODERS")}
        self._types = {row["ID"]: str(row["Label"]) for row in self._rows("STATEMENTTYPES")}
        self._variables = {row["ID"]: str(row["Variable"]) for row in self._rows("VARIABLES")}
        self._entities: Kept[str] = Kept()
        for row in self._rows("ENTITIES"):
            self._entities.put(_key(row["ID"]), str(row["Value"]))
        self._values = self._values_by_statement()
        self._statements: Kept[Row] = Kept()
        for row in self._rows("STATEMENTS"):
            self._statements.put(_key(row["DocumentId"]), row)

    def read(self) -> Iterator[Read]:
        lost = self._statements.count
        for document in self._rows("DOCUMENTS"):
            own = self._statements.of(_key(document["ID"]))
            lost -= len(own)
            by_coder: dict[str | None, list[Row]] = defaultdict(list)
            for row in own:
                by_coder[self._coders.get(row["Coder"], f"coder {row['Coder']}")].append(row)
            for coder in sorted(by_coder, key=str) or [None]:
                yield self._article(document, coder, by_coder.get(coder, []))
        if lost:
            what = "statements belong to documents that are not in the file"
            yield Read(remarks=(Remark(self._source.name, what, lost, "mark"),))

    def _article(self, document: Row, coder: str | None, statements: Iterable[Row]) -> Read:
        where = f"{self._source.name}, document {document['ID']}"
        article = ForeignArticle(where, str(document["Text"]), Unit.UTF16, annotator=coder)
        article.meta = _meta(document, self._source.path.name)
        labels = labels_for(self._context.codebook, self._context.labels)
        named = NamedActors()
        for row in statements:
            label = self._types.get(row["StatementTypeId"], "statement")
            meaning = labels.find(label)
            said: Values = {}
            for name, text in self._values.of(_key(row["ID"])):
                said.setdefault(name, []).append(text)
            values = dict(said)
            if meaning and meaning.layer == CLAIM:
                values = self._claim(said, named)
            mark = ForeignMark(
                f"statement-{row['ID']}",
                label,
                [(int(row["Start"]), int(row["Stop"]))],
                values=values,
                where=f"{where}, statement {row['ID']}",
            )
            article.marks.append(mark)
        article.remarks += named.remarks(where)
        return named.joined(article.read(self._context))

    def _claim(self, said: Values, named: NamedActors) -> Values:
        """Return the values of a claim; what only an actor book can hold is put there."""
        layer = self._context.codebook.layer(CLAIM)
        values: Values = {}
        for name, texts in said.items():
            kind = _ACTORS.get(name.lower())
            own = layer.attribute(name)
            if own:
                has_words = all(own.code(side) for side in SIDES.values())
                values[name] = [SIDES.get(text, text) for text in texts] if has_words else texts
            elif kind:
                for text in texts:
                    named.add(text, kind, name)
            elif name == "concept":
                values["topics"] = texts
            elif name == "agreement":
                values["stance"] = [SIDES.get(text, text) for text in texts]
            else:
                values[name] = texts
        return values

    def _values_by_statement(self) -> Kept[tuple[str, str]]:
        """Return the names and texts of values by their statement."""
        found: Kept[tuple[str, str]] = Kept()
        for row in self._rows("DATASHORTTEXT"):
            self._add(found, row, self._entities.last(_key(row["Entity"])) or "")
        for table in ("DATALONGTEXT", "DATAINTEGER", "DATABOOLEAN"):
            for row in self._rows(table):
                self._add(found, row, str(row["Value"]))
        return found

    def _add(self, found: Kept[tuple[str, str]], row: Row, text: str) -> None:
        if text.strip():
            name = self._variables.get(row["VariableId"], f"variable {row['VariableId']}")
            found.put(_key(row["StatementId"]), (name, text))

    def _rows(self, table: str) -> Iterable[Row]:
        if self._context.rows_of is None:  # judged by the reader before
            return ()
        return self._context.rows_of(self._source.path, table)


def _key(id: object) -> str:
    return str(id)


def _meta(document: Row, file: str) -> dict[str, Any]:
    moment = datetime.fromtimestamp(int(document["Date"]), UTC)
    extra = {
        name.lower(): str(document[name]) for name in ("Section", "Type", "Notes") if document[name]
    }
    return {
        "title": document["Title"] or None,
        "author": document["Author"] or None,
        "publisher": document["Source"] or None,
        "published": moment.date().isoformat(),
        "source_file": file,
        "extra": extra,
    }
