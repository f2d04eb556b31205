"""TEI: a corpus of texts that stay as they are, with stand-off marks that point into them.

``#string-range(id,start,length)`` counts code points of the ``ab`` of that id, from 0. What
is said of a mark stands in a feature structure, to which its ``ana`` leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from annotator.domain.coded import CodedArticle
from annotator.domain.mark import reading_order
from annotator.formats.base import WriteContext, title_of
from annotator.formats.flat import FRAGMENT, by_article, flatten, full_text
from annotator.formats.safe_xml import attribute as quoted
from annotator.formats.safe_xml import text as escaped
from annotator.formats.safe_xml import without_controls


class TeiWriter:
    """Writes one ``teiCorpus``: a ``TEI`` for each article, a ``standOff`` in it for each annotator."""

    name = "tei"
    suffix = ".xml"
    about = "TEI P5: texts with stand-off marks"
    tells_view = True
    needs_text = True
    cannot_carry = (
        "control characters, which XML forbids: each becomes a space",
        "notes, states, and who or what suggested a mark",
    )

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write article after article."""
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n')
        out.write(_header(context.codebook.name, None, None, None) + "\n")
        for first, people in by_article(articles):
            out.write("<TEI>\n")
            meta = first.meta
            out.write(_header(title_of(first), meta.author, meta.publisher, meta.published) + "\n")
            body, gone = without_controls(full_text(first))
            if gone:
                context.lose(title_of(first), "control characters became spaces", gone)
            # A carriage return never stands in our texts; a line feed is kept by every reader.
            ab = quoted(f"t-{first.id}")
            out.write(
                f'<text><body><ab xml:id={ab} xml:space="preserve">{escaped(body)}</ab></body></text>\n'
            )
            for coded in people:
                if coded.marks:
                    out.writelines(_stand_off(coded, context))
            out.write("</TEI>\n")
        out.write("</teiCorpus>\n")


def _header(title: str, author: str | None, publisher: str | None, date: str | None) -> str:
    source = "".join(
        f"<{tag}>{_plain(said)}</{tag}>"
        for tag, said in (("author", author), ("publisher", publisher), ("date", date))
        if said
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_plain(title)}</title></titleStmt>"
        "<publicationStmt><p/></publicationStmt>"
        f"<sourceDesc><bibl>{source}</bibl></sourceDesc></fileDesc></teiHeader>"
    )


def _stand_off(coded: CodedArticle, context: WriteContext) -> Iterator[str]:
    flat = flatten(coded, context)
    yield f"<standOff type={_attribute(coded.view)}>\n"
    yield f"<listPerson><person><persName>{_plain(coded.annotator or 'nobody')}</persName></person></listPerson>\n"
    marks = sorted(coded.marks, key=reading_order)
    yield "<spanGrp>\n"
    for mark in marks:
        places = " ".join(
            f"#string-range(t-{coded.id},{part.start},{part.end - part.start})"
            for part in mark.fragments
        )
        id = quoted(f"m-{mark.id}")
        ana = quoted(f"#f-{mark.id}")
        yield f"<span xml:id={id} target={quoted(places)} ana={ana}>{_plain(mark.text)}</span>\n"
    yield "</spanGrp>\n"
    for mark in marks:
        features = "".join(
            f"<f name={_attribute(name)}><string>{_plain(said)}</string></f>"
            for name, texts in flat.values[mark.id].items()
            for said in texts
        )
        yield f"<fs xml:id={quoted(f'f-{mark.id}')} type={_attribute(mark.layer)}>{features}</fs>\n"
    ties = [tie for tie in flat.ties if tie.type != FRAGMENT]
    if ties:
        yield "<linkGrp>\n"
        for tie in ties:
            ends = quoted(f"#m-{tie.start} #m-{tie.end}")
            yield f"<link type={_attribute(tie.type)} target={ends}/>\n"
        yield "</linkGrp>\n"
    yield "</standOff>\n"


def _plain(said: str) -> str:
    return escaped(without_controls(said)[0])


def _attribute(said: str) -> str:
    return quoted(without_controls(said)[0])
