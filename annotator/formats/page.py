"""An HTML page to read and print: every article with its marks in place, and a table of them below.

Nothing in it runs, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from annotator.domain.codebook import Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import WriteContext, title_of
from annotator.formats.flat import full_text, sorted_links, texts_of

_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1em/1.7 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }}
.text {{ white-space: pre-wrap; }}
.text sup {{ font: .6em sans-serif; }}
table {{ border-collapse: collapse; font: .8em/1.4 sans-serif; width: 100%; }}
td, th {{ border-top: 1px solid #bbb; padding: .2em .4em; text-align: start; vertical-align: top; }}
{colours}
</style></head><body>
"""


class PageWriter:
    """Writes one page for all articles; marks are numbered, so that overlaps stay legible."""

    name = "html"
    suffix = ".html"
    about = "Web page: the marked articles, to read and print"
    tells_view = True
    needs_text = True
    cannot_carry = ("ids, and who or what suggested a mark",)

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write article after article."""
        place = {layer.name: number for number, layer in enumerate(context.codebook.layers)}
        title = escape(context.codebook.name)
        out.write(_HEAD.format(title=title, colours="\n".join(_colours(context.codebook))))
        for coded in articles:
            out.write("<article>\n")
            who = f" · {escape(coded.annotator)}" if coded.annotator else ""
            out.write(f"<h1>{escape(title_of(coded))}</h1>\n<p>{escape(coded.view)}{who}</p>\n")
            numbers = {
                mark.id: number
                for number, mark in enumerate(sorted(coded.marks, key=reading_order), start=1)
            }
            out.write(
                f'<div class="text" dir="auto">{"".join(_text(coded, numbers, place))}</div>\n'
            )
            out.writelines(_table(coded, numbers, context))
            out.write("</article>\n")
        out.write("</body></html>\n")


def _colours(codebook: Codebook) -> Iterator[str]:
    for number, layer in enumerate(codebook.layers):
        colour = escape(layer.colour[0])
        yield f".l{number} {{ border-bottom: 2px solid {colour}; }}"


def _text(coded: CodedArticle, numbers: dict[str, int], place: dict[str, int]) -> Iterator[str]:
    """Yield the text cut wherever a mark begins or ends, each piece with the marks that cover it."""
    text = full_text(coded)
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in coded.marks:
        for part in mark.fragments:
            begins.setdefault(part.start, []).append(mark)
            ends.setdefault(part.end, []).append(mark)
    cuts = sorted({0, len(text), *begins, *ends})
    here: dict[str, Mark] = {}
    for start, end in itertools.pairwise(cuts):
        for mark in ends.get(start, ()):
            here.pop(mark.id, None)
        new = sorted(begins.get(start, ()), key=reading_order)
        here.update({mark.id: mark for mark in new})
        for mark in new:
            yield f"<sup>{numbers[mark.id]}</sup>"
        piece = escape(text[start:end])
        if not here:
            yield piece
            continue
        kinds = " ".join(sorted({f"l{place[mark.layer]}" for mark in here.values()}))
        said = ", ".join(f"{numbers[id]} {mark.layer}" for id, mark in here.items())
        yield f'<span class="{kinds}" title="{escape(said)}">{piece}</span>'


def _table(coded: CodedArticle, numbers: dict[str, int], context: WriteContext) -> Iterator[str]:
    if not coded.marks:
        return
    names = {actor.id: actor.name for actor in coded.actors}
    ties: dict[str, list[str]] = {}
    for link in sorted_links(coded):
        if link.start not in numbers or (link.end and link.end not in numbers):
            context.lose_link(coded, link, "leads to a mark that is not exported")
            continue
        end = f"#{numbers[link.end]}" if link.end else str(link.voice)
        ties.setdefault(link.start, []).append(f"{link.type}: {end}")
    yield "<table><tr><th>#</th><th>Layer</th><th>Words</th><th>Values</th><th>Links</th><th>Note</th></tr>\n"
    for mark in sorted(coded.marks, key=reading_order):
        values = [f"{name}: {', '.join(texts_of(said))}" for name, said in mark.attributes.items()]
        if mark.actor:
            values.append(f"actor: {names.get(mark.actor, '')}")
        cells = (
            str(numbers[mark.id]),
            mark.layer,
            mark.text,
            "; ".join(values),
            "; ".join(ties.get(mark.id, ())),
            mark.note,
        )
        row = "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in cells)
        yield f"<tr>{row}</tr>\n"
    yield "</table>\n"
