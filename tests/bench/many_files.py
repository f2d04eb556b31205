"""Any number of articles in the shape that a reader takes, written one after the other.

What our own exports hold is read by the readers of the same name; here is what comes from others.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

from tests.support import article_files, dna_project

Texts = Iterable[str]
Make = Callable[[Path, Texts], None]


def _a_file_each(suffix: str, said: Callable[[str], bytes]) -> Make:
    def make(folder: Path, texts: Texts) -> None:
        for number, text in enumerate(texts):
            (folder / f"{number:06}.{suffix}").write_bytes(said(text))

    return make


def _zipped(folder: Path, texts: Texts) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number:06}.txt", text)


def _one_file(
    name: str, said: Callable[[int, str], str], head: str = "", between: str = "", tail: str = ""
) -> Make:
    def make(folder: Path, texts: Texts) -> None:
        with (folder / name).open("w", encoding="utf-8") as out:
            out.write(head)
            for number, text in enumerate(texts):
                out.write((between if number else "") + said(number, text))
            out.write(tail)

    return make


def _row(number: int, text: str) -> str:
    return json.dumps({"title": f"Article {number}", "text": text, "published": "2026-01-02"})


def _csv(folder: Path, texts: Texts, suffix: str = "csv") -> None:
    with (folder / f"all.{suffix}").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter="," if suffix == "csv" else "\t")
        rows.writerow(["title", "text", "published"])
        rows.writerows(
            [f"Article {number}", text, "2026-01-02"] for number, text in enumerate(texts)
        )


def _tsv(folder: Path, texts: Texts) -> None:
    _csv(folder, texts, "tsv")


_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    f'Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Articles" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def _xlsx(folder: Path, texts: Texts) -> None:
    """Write a workbook as Excel does: its cells name texts, which stand together in a part of their own."""
    rows = 1
    with zipfile.ZipFile(folder / "all.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/sharedStrings.xml", "w") as out:
            out.write(f'<sst xmlns="{_SHEETS}"><si><t>title</t></si><si><t>text</t></si>'.encode())
            for number, text in enumerate(texts):
                cells = (f"Article {number}", text)
                said = (f'<si><t xml:space="preserve">{escape(cell)}</t></si>' for cell in cells)
                out.write("".join(said).encode())
                rows += 1
            out.write(b"</sst>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(f'<worksheet xmlns="{_SHEETS}"><sheetData>'.encode())
            for row in range(rows):
                two = (f'<c t="s"><v>{2 * row + at}</v></c>' for at in (0, 1))
                out.write(f"<row>{''.join(two)}</row>".encode())
            out.write(b"</sheetData></worksheet>")
        for name, part in _BOOK.items():
            archive.writestr(name, part)


def _nexis(number: int, text: str) -> str:
    lines = (
        f"Article {number}", "The Veldhaven Daily", "March 14, 2026 Saturday", "Section: NEWS; Pg. 3",
        "Length: 120 words", "Byline: Ana Ruiz", "Body", text.strip(), "Load-Date: March 14, 2026",
        "Classification", "Subject: STRIKES (90%)", "End of Document",
    )  # fmt: skip
    return "\n\n".join(lines) + "\n\n"


def _factiva(number: int, text: str) -> str:
    lines = (
        "SE\tNews", f"HD\tArticle {number}", "WC\t120 words", "PD\t14 March 2026",
        "SN\tThe Veldhaven Daily", "LA\tEnglish", f"LP\t{' '.join(text.split())}",
        f"AN\tDocument VELDA0000202603{number:06}",
    )  # fmt: skip
    return "\n".join(lines) + "\n"


def _item(number: int, text: str) -> str:
    title = f"<title>Article {number}</title><link>https://daily.example/{number}</link>"
    return f"<item>{title}<description>{escape(f'<p>{text}</p>')}</description></item>\n"


def _dna(folder: Path, texts: Texts) -> None:
    with closing(sqlite3.connect(folder / "study.dna")) as db:
        db.executescript(dna_project.TABLES)
        for number, text in enumerate(texts, 1):
            db.execute(
                "INSERT INTO DOCUMENTS VALUES (?, 'T', ?, 1, 'A', 'Paper', '', '', '', 1106697600)",
                (number, text),
            )
            for place in range(3):
                statement = 3 * number + place
                db.execute(
                    "INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)",
                    (statement, number, 10 * place, 10 * place + 8),
                )
                db.execute("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, 1, 1)", (statement,))
                db.execute("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 4, 1)", (statement,))
        db.commit()


def _mardy(text: str) -> bytes:
    claim = {"begin": 0, "end": 9, "quote": text[:9], "claims": ["200"], "cpos": "1"}
    said = {"text": text, "entities": [], "sentences": [], "tokens": [], "claims": [claim]}
    return json.dumps(said).encode()


def _sample(number: int, text: str) -> str:
    actor = {"id": "a1", "start": 0, "end": 4, "text": text[:4], "type": "person"}
    return json.dumps({"doc": f"{number}.txt", "text": text, "actors": [actor], "claims": []})


def _markdown(text: str) -> bytes:
    return f"---\ntitle: A story\n---\n\n{text}".encode()


def _rtf(text: str) -> bytes:
    return article_files.rtf(text.split("\n\n"))


def _docx(text: str) -> bytes:
    return article_files.docx(text.split("\n\n"))


def _odt(text: str) -> bytes:
    return article_files.odt(text.split("\n\n"))


def _epub(text: str) -> bytes:
    return article_files.epub(first=text.split("\n\n"))


def _pdf(text: str) -> bytes:
    words = text.split()
    return article_files.pdf([[" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]])


def _page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>A story</title></head>"
    return f"{head}<body><article><h1>A story</h1>{paragraphs}</article></body></html>".encode()


MAKERS: dict[str, dict[str, Make]] = {
    "txt": {"txt": _a_file_each("txt", str.encode), "txt in a zip": _zipped},
    "nexis": {"nexis": _one_file("all.txt", _nexis)},
    "factiva": {"factiva": _one_file("all.txt", _factiva)},
    "table": {
        "table csv": _csv, "table tsv": _tsv, "table xlsx": _xlsx,
        "table jsonl": _one_file("all.jsonl", _row, between="\n"),
        "table json": _one_file("all.json", _row, '{"articles": [', ",\n", "]}"),
    },
    "feed": {"feed": _one_file("all.rss", _item, "<?xml version='1.0'?><rss version='2.0'><channel>\n", "", "</channel></rss>")},
    "dna": {"dna": _dna},
    "mardy": {"mardy": _a_file_each("json", _mardy)},
    "sample": {"sample": _one_file("all.json", _sample, "[", ",\n", "]")},
    "markdown": {"markdown": _a_file_each("md", _markdown)},
    "rtf": {"rtf": _a_file_each("rtf", _rtf)},
    "docx": {"docx": _a_file_each("docx", _docx)},
    "odt": {"odt": _a_file_each("odt", _odt)},
    "epub": {"epub": _a_file_each("epub", _epub)},
    "pdf": {"pdf": _a_file_each("pdf", _pdf)},
    "web": {"web": _a_file_each("html", _page)},
}  # fmt: skip
"""What makes files for each reader that reads no export of ours, by its name; some in several shapes."""

EXTRAS = {
    "table xlsx": "openpyxl", "rtf": "striprtf", "docx": "mammoth", "pdf": "pypdfium2", "web": "trafilatura",
    "parquet": "pyarrow",
}  # fmt: skip
"""The library without which a format cannot be measured."""

SLOW = frozenset(("rtf", "docx", "odt", "epub", "pdf", "web"))
"""A document for each article, which a library takes apart: a tenth of the articles has to do."""
