"""Remarks in words: a line for each, and the same sentence about many places said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.domain.coded import Remark
from annotator.services.wording import counted

MANY_PLACES = 4
"""The same sentence about so many places is said once, with the first of them."""

MOST_NAMED = 10
"""So many of the other places are named."""

MOST_SENTENCES = 5_000
"""So many different sentences are said before the rest is only counted."""

_ID = re.compile(r"\S*\d\S*")


@dataclass(slots=True)
class _Said:
    """One sentence, with the first places it is about, and how many there are."""

    first: list[Remark] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    places: int = 0
    lost: int = 0

    def about(self, remark: Remark, many: int) -> None:
        """Take another place."""
        if len(self.first) < many:
            self.first.append(remark)
        if self.places and len(self.others) < MOST_NAMED:
            self.others.append(remark.where)
        self.places += 1
        self.lost += remark.lost


def lines(remarks: Iterable[Remark], many: int = MANY_PLACES) -> Iterator[str]:
    """Yield a line for each remark; a sentence about ``many`` places or more is said once.

    However many remarks there are, memory holds a few thousand of them.
    """
    sentences: dict[str, _Said] = {}
    rest = _Said()
    for remark in remarks:
        sentence = _without_ids(remark.what)
        said = sentences.get(sentence)
        if said is None and len(sentences) < MOST_SENTENCES:
            said = sentences[sentence] = _Said()
        (said or rest).about(remark, many)
    for said in sentences.values():
        if said.places < many:
            yield from map(_line, said.first)
        else:
            more = counted(said.places - 1, "other place")
            yield f"{_line(said.first[0])} The same in {more}{_in_all(said)}{_named(said)}."
    if rest.places:
        more = counted(rest.places, "more remark")
        yield f"… and {more}{_in_all(rest)}: the command line lists them all (--report FILE)."


def _named(said: _Said) -> str:
    """Return the other places, if they are few enough and not all one."""
    if said.places - 1 > MOST_NAMED or not any(said.others):
        return ""
    return f": {'; '.join(dict.fromkeys(filter(None, said.others)))}"


def _in_all(said: _Said) -> str:
    return f", {counted(said.lost, 'item')} in all" if said.lost > said.places else ""


def _line(remark: Remark) -> str:
    where = f"{remark.where}: " if remark.where else ""
    return f"{where}{remark.what.removesuffix('.')}."


def _without_ids(what: str) -> str:
    """Return a sentence without the numbers and ids in it; one that quotes something is about that alone."""
    return what if "“" in what else _ID.sub("…", what)
