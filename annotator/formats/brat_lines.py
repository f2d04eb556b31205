"""The lines of a brat annotation file; a bad one is told with its number and does not lose the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from annotator.domain.coded import Remark
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext
from annotator.formats.flat import ENTITY, ENTITY_ID
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.labels import labels_for
from annotator.formats.names import unescaped
from annotator.formats.offsets import Ruler, Unit

_LINE = re.compile(r"(?:[TREAMN#]\S*|\*)\t")
_SPACE = re.compile(r"\s+")


class BratLines:
    """Reads all lines into a foreign article: T, R, E, A, M, N, ``#`` and ``*``."""

    def __init__(self, lines: str, article: ForeignArticle, context: ReadContext) -> None:
        self._article = article
        self._labels = labels_for(context.codebook, context.labels)
        self._codebook = context.codebook
        self._marks: dict[str, ForeignMark] = {}
        self._words: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._true: dict[str, list[Extent]] = {}
        self._notes: Counter[str] = Counter()
        later: list[tuple[int, str]] = []
        for number, line in _whole_lines(lines):
            if line.startswith("T"):
                self._guard(number, line)
            else:
                later.append((number, line))
        for number, line in later:
            self._guard(number, line)
        self._finish()

    def quotes(self) -> list[tuple[int, int, str]]:
        """Return the places of marks in one piece, and the words that should stand there."""
        return [
            (*mark.extents[0], self._words[id])
            for id, mark in self._marks.items()
            if len(mark.extents) == 1 and self._words.get(id)
        ]

    def check_words(self, text: str, unit: Unit) -> None:
        """Refuse marks whose words do not stand in the text; put back places that lines had to cut."""
        ruler = Ruler(text, unit)
        kept = []
        for id, mark in self._marks.items():
            try:
                found = " ".join(
                    text[ruler.to_points(start) : ruler.to_points(end)]
                    for start, end in mark.extents
                )
            except BadInput as problem:
                self._tell(mark.where or "", f"{problem}; it was left out", "mark")
                continue
            said = self._words.get(id, "")
            if said and _SPACE.sub(" ", said) != _SPACE.sub(" ", found):
                what = f"says “{said[:40]}”, but “{found[:40]}” stands there; it was left out"
                self._tell(mark.where or "", what, "mark")
                continue
            mark.extents = self._true.get(id, mark.extents)
            kept.append(mark)
        self._article.marks = kept

    # Lines

    def _guard(self, number: int, line: str) -> None:
        where = f"{self._article.where}, line {number}"
        try:
            if not _LINE.match(line):
                raise BadInput("is no line of brat's")
            id, body, tail = (*line.split("\t", 2), "", "")[:3]
            _READ[id[0]](self, id, body, tail, where)
        except BadInput as problem:
            kind = {"T": "mark", "R": "link", "E": "link"}.get(line[:1], "")
            self._tell(where, f"{problem}; it was left out", kind)

    def _mark(self, id: str, body: str, tail: str, where: str) -> None:
        label, _, places = body.partition(" ")
        extents = []
        for place in places.split(";"):
            found = re.fullmatch(r"\s*(\d{1,9}) (\d{1,9})\s*", place)
            if not found:
                raise BadInput(f"names the place “{places[:40]}”, which is no pair of numbers")
            extents.append((int(found[1]), int(found[2])))
        if id in self._marks:
            raise BadInput(f"has the id {id}, which another line has already")
        name = unescaped(label)
        layer = name if name != label and self._codebook.has_layer(name) else None
        self._marks[id] = ForeignMark(id, name, extents, layer=layer, where=where)
        self._words[id] = tail

    def _relation(self, id: str, body: str, tail: str, where: str) -> None:
        type, start, end, *rest = (*body.split(" "), "", "")
        if rest[2:] or ":" not in start or ":" not in end:
            raise BadInput("is no relation between two marks")
        self._link(unescaped(type), start.partition(":")[2], end.partition(":")[2])

    def _event(self, id: str, body: str, tail: str, where: str) -> None:
        """Tie the mark that can have links (a claim) to the others, by the names of their roles."""
        parts = [tuple(part.split(":", 1)) for part in body.split(" ") if ":" in part]
        roles = [(part[0], part[1]) for part in parts[1:]]
        if not parts:
            raise BadInput("is an event without a trigger")
        cores = [target for _, target in roles if self._can_have_links(target)]
        cores = cores or [parts[0][1]] * self._can_have_links(parts[0][1])
        tied = 0
        for core in dict.fromkeys(cores):
            for role, target in roles:
                if target not in cores:
                    self._link(re.sub(r"\d+$", "", role).lower(), core, target)
                    tied += 1
        if not tied:
            raise BadInput("is an event that ties nothing we could hold")

    def _attribute(self, id: str, body: str, tail: str, where: str) -> None:
        name, target, *value = body.split(" ")[:3] if " " in body else (body, "")
        mark = self._marks.get(target)
        if mark is None:
            raise BadInput(f"is about {target or 'nothing'}, which is no mark here")
        mark.values.setdefault(unescaped(name), []).append(unescaped(value[0]) if value else "yes")

    def _name(self, id: str, body: str, tail: str, where: str) -> None:
        parts = body.split(" ")
        mark = self._marks.get(parts[1]) if len(parts) == 3 else None
        if mark is None:
            raise BadInput("names nobody, or no mark here")
        reference = parts[2]
        mark.values[ENTITY] = [tail or reference]
        mark.values[ENTITY_ID] = [reference.removeprefix("actor:")]

    def _note(self, id: str, body: str, tail: str, where: str) -> None:
        type, _, target = body.partition(" ")
        if type == "Id" and target in self._marks:
            self._ids[target] = tail.strip()
        elif type == "Fragments" and target in self._marks:
            places = re.findall(r"(\d{1,9}) (\d{1,9})", tail)
            self._true[target] = [(int(start), int(end)) for start, end in places]
        else:
            self._notes[type] += 1

    def _equal(self, id: str, body: str, tail: str, where: str) -> None:
        raise BadInput(
            "says that marks stand for one and the same, which only the actor book says here"
        )

    # Inside

    def _link(self, type: str, start: str, end: str) -> None:
        self._article.links.append(ForeignLink(type, start, end))

    def _can_have_links(self, target: str) -> bool:
        mark = self._marks.get(target)
        if mark is None:
            return False
        meaning = self._labels.find(mark.label)
        layer = mark.layer or (meaning.layer if meaning else "")
        return any(link.start == layer for link in self._codebook.links)

    def _finish(self) -> None:
        """Give marks the ids they had when we wrote them."""
        taken: set[str] = set()
        for local, mark in self._marks.items():
            own = self._ids.get(local, local)
            if own not in taken:
                mark.id = own
            taken.add(mark.id)
        for link in self._article.links:
            link.start = self._marks[link.start].id if link.start in self._marks else link.start
            link.end = self._marks[link.end].id if link.end in self._marks else link.end
        for type, count in self._notes.items():
            self._tell(self._article.where, f"notes ({type}) were left out", "", count)
        self._article.marks = list(self._marks.values())

    def _tell(self, where: str, what: str, kind: str, lost: int = 1) -> None:
        self._article.remarks.append(Remark(where, what, lost, kind))


def _whole_lines(lines: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number; one that begins like none goes on with the line before.

    Some tools write words with a line end in them, which breaks their line in two.
    """
    waiting: tuple[int, str] | None = None
    for number, line in enumerate(lines.replace("\r\n", "\n").split("\n"), start=1):
        if waiting and line and not _LINE.match(line) and waiting[1].startswith("T"):
            waiting = (waiting[0], f"{waiting[1]}\n{line}")
        elif line.strip():
            if waiting:
                yield waiting
            waiting = (number, line)
    if waiting:
        yield waiting


_READ = {
    "T": BratLines._mark,
    "R": BratLines._relation,
    "E": BratLines._event,
    "A": BratLines._attribute,
    "M": BratLines._attribute,
    "N": BratLines._name,
    "#": BratLines._note,
    "*": BratLines._equal,
}
