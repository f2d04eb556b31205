"""Articles as files of every kind, made by us: pages, office documents, books, prints, tables, archives."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

TITLE = "Harbour strike enters second week"
BYLINE = "By Ana Ruiz"
LEAD = (
    "VELDHAVEN, 14 March — Dock workers in Veldhaven will stay off the job for a second week, "
    "after talks between their union and the port authority broke down on Sunday night."
)
QUOTE = (
    "“We will not go back,” said Amal Haddad, who leads the union, “until every night shift is "
    "paid for what it takes out of a body.” The authority called the demand 😀 absurd."
)
END = (
    "The mayor, Ingrid Solheim, told the town council that both sides had behaved badly, and "
    "that the authority had provoked the strike by cancelling a meeting."
)
BODY = (LEAD, QUOTE, END)
CAPTION = "Workers at the gate of the harbour on Monday."


def html(*, data: bool = True) -> str:
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2026-03-14T09:30:00+01:00",
                "author": [{"@type": "Person", "name": "Ana Ruiz"}],
                "publisher": {"@type": "Organization", "name": "The Veldhaven Daily"},
            },
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if data else ""
    paragraphs = "".join(f"<p>{text}</p>\n" for text in BODY)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Daily</title>'
        f'<link rel="canonical" href="https://daily.example/strike">{script}</head>\n<body>'
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>{TITLE}</h1>"
        f'<p class="byline">{BYLINE}</p><figure><img src="x.jpg"><figcaption>{CAPTION}</figcaption>'
        f"</figure>{paragraphs}</article><footer>Copyright 2026 The Veldhaven Daily</footer></body></html>"
    )


def mhtml() -> bytes:
    page = html().encode()
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://daily.example/saved\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n'
        "--XX\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://daily.example/saved\r\n\r\n"
    )
    return head.encode() + page + b"\r\n--XX--\r\n"


def markdown() -> str:
    front = (
        f'---\ntitle: "{TITLE}"\nauthor: Ana Ruiz\ndate: 2026-03-14\ntags: [port, strike]\n---\n'
    )
    return (
        f"{front}\n# {TITLE}\n\n"
        + "\n\n".join(BODY)
        + "\n\n- one *thing*\n- [another](http://x.example)\n"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def docx(lines: Sequence[str], headings: Sequence[str] = ()) -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(_docx_paragraph(line, line in headings) for line in lines)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": rels,
            "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{paragraphs}</w:body></w:document>',
        }
    )


def _docx_paragraph(line: str, is_heading: bool) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if is_heading else ""
    inserted = f'<w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    return f"<w:p>{style}{inserted}{deleted}</w:p>"


def odt(lines: Sequence[str]) -> bytes:
    first, *rest = lines
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in rest)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        f'<text:h text:outline-level="1">{escape(first)}</text:h>{text}'
        '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d<text:span> e</text:span></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(lines: Sequence[str]) -> bytes:
    def said(line: str) -> str:
        parts = []
        for sign in line:
            number = ord(sign)
            if number < 128:
                parts.append(f"\\{sign}" if sign in "\\{}" else sign)
            else:
                units = sign.encode("utf-16-le")
                for at in range(0, len(units), 2):
                    unit = int.from_bytes(units[at : at + 2], "little", signed=True)
                    parts.append(f"\\u{unit}?")
        return "".join(parts)

    body = "".join(f"\\pard {said(line)}\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}\n" + body + "}").encode("ascii")


def epub(cover: str = "", first: Sequence[str] = BODY) -> bytes:
    """Return a book of two stories behind a cover: a picture, or a page of yours.

    Args:
        first: the paragraphs of the first story.
    """
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>The Veldhaven Daily, weekend</dc:title><dc:language>en</dc:language>"
        "<dc:date>2026-03-14</dc:date></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    page = "<?xml version='1.0'?><!DOCTYPE html><html><head><title>x</title></head><body>{}</body></html>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            "OPS/nav.xhtml": page.format("<ol><li>Contents</li></ol>"),
            "OPS/one a.xhtml": page.format(
                f"<h1>{TITLE}</h1>" + "".join(f"<p>{escape(one)}</p>" for one in first)
            ),
            "OPS/b.xhtml": page.format("<h1>A second story</h1><p>It is short, but it is one.</p>"),
            "OPS/cover.xhtml": cover or page.format("<img src='cover.png'/>"),
        }
    )


def pdf(
    pages: Sequence[Sequence[str]],
    meaning: Mapping[str, str] | None = None,
    title: str = "",
    large: Collection[str] = (),
) -> bytes:
    """Return a PDF with these lines on its pages; Latin 1 only; an empty one leaves room.

    Args:
        meaning: what letters stand for, as fonts of other scripts say it, in UTF-16.
        title: what the file calls itself.
        large: lines in larger letters.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(
            f"/F1 {14 if line in large else 11} Tf\n"
            f"1 0 0 1 50 {760 - 14 * number} Tm ({_pdf_text(line)}) Tj\n"
            for number, line in enumerate(lines)
        )
        stream = f"BT\n{shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    if meaning:
        pairs = "\n".join(
            f"<{ord(a):02X}> <{b.encode('utf-16-be').hex().upper()}>" for a, b in meaning.items()
        )
        cmap = f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{len(meaning)} beginbfchar\n{pairs}\nendbfchar"
        objects.append(f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")
        objects[2] = objects[2].replace(" >>", f" /ToUnicode {len(objects)} 0 R >>")
    if title:
        objects.append(f"<< /Title ({_pdf_text(title)}) >>")
    info = f" /Info {len(objects)} 0 R" if title else ""
    objects[1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R{info} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


ROWS = [
    {
        "headline": TITLE,
        "outlet": "Daily",
        "date": "2026-03-14",
        "body": "\n".join(BODY),
        "id": "7",
    },
    {
        "headline": "Second",
        "outlet": "Post",
        "date": "14 March 2026",
        "body": "A text; with “marks”, 😀.",
        "id": "8",
    },
]


def table(delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def excel(rows: Sequence[dict[str, str]] = ROWS) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rss() -> str:
    body = escape("".join(f"<p>{text}</p>" for text in BODY))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>The Veldhaven Daily</title><language>en</language>"
        f"<item><title>{TITLE}</title><link>https://daily.example/strike</link><dc:creator>Ana Ruiz</dc:creator>"
        "<pubDate>Sat, 14 Mar 2026 09:30:00 +0100</pubDate><description>Short.</description>"
        f"<content:encoded>{body}</content:encoded></item>"
        "<item><title>A teaser</title><description>Only the first lines &amp;amp; no more.</description></item>"
        "</channel></rss>"
    )


def atom() -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Daily</title><entry><title>One &amp; two</title>'
        '<link rel="self" href="https://x.example/self"/><link href="https://x.example/a"/>'
        "<author><name>Ana Ruiz</name></author><updated>2026-03-14T09:30:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First &lt;b&gt; one.</p><p>Second.</p></div>'
        "</content></entry></feed>"
    )


NEXIS_WORDS = {
    "en": ("March 14, 2026 Saturday", "Section", "Length", "words", "Byline", "Body", "Load-Date", "Classification", "End of Document"),
    "de": ("Samstag, 14. März 2026", "Rubrik", "Länge", "Wörter", "Autor", "Volltext", "Ladedatum", "Klassifizierung", "Ende des Dokuments"),
    "fr": ("samedi 14 mars 2026", "Rubrique", "Longueur", "mots", "Auteur", "Corps de l'article", "Date de chargement", "Classification", "Fin du document"),
    "es": ("14 de marzo de 2026", "Sección", "Longitud", "palabras", "Autor", "Cuerpo", "Fecha de carga", "Clasificación", "Fin del documento"),
    "nl": ("14 maart 2026 zaterdag", "Sectie", "Lengte", "woorden", "Auteur", "Tekst", "Laaddatum", "Classificatie", "Einde van document"),
    "it": ("14 marzo 2026", "Sezione", "Lunghezza", "parole", "Autore", "Testo", "Data di caricamento", "Classificazione", "Fine del documento"),
}  # fmt: skip
"""What our Nexis exports say in each interface language."""


def nexis(language: str = "en", articles: int = 2, *, cover: bool = True) -> list[str]:
    """Return the paragraphs of a Nexis Uni export."""
    date, section, length, words, byline, body, loaded, classified, end = NEXIS_WORDS[language]
    lines = (
        [
            "User Name: Somebody",
            "Date and Time: today",
            f"Documents ({articles})",
            "1. A list of titles",
        ]
        if cover
        else []
    )
    for number in range(1, articles + 1):
        lines += [
            f"{TITLE} {number}",
            "The Veldhaven Daily",
            date,
            "Copyright 2026 Veldhaven Press All Rights Reserved",
            f"{section}: NEWS; Pg. 3",
            f"{length}:\u00a0{120 + number} {words}",
            f"{byline}:\u00a0Ana Ruiz",
            body,
            *BODY,
            f"{loaded}:\u00a0{date}",
            classified,
            "Subject: STRIKES (90%); PORTS (80%)",
            end,
        ]
    return lines


def old_lexisnexis(articles: int = 2, *, promised: int | None = None) -> str:
    """Return a TXT export of the old LexisNexis."""
    pieces = []
    for number in range(1, articles + 1):
        wrapped = "\n\n".join(text.replace(", ", ",\n") for text in BODY)
        pieces.append(
            f"                   {number} of {promised or articles} DOCUMENTS\n\n\n"
            "                   The Veldhaven Daily\n\n                March 14, 2026 Saturday\n\n"
            f"{TITLE} {number}\n\nBYLINE: Ana Ruiz\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: {120 + number} words\n\n"
            f"{wrapped}\n\nLOAD-DATE: March 14, 2026\n\nLANGUAGE: ENGLISH\n\n"
            "                   Copyright 2026 Veldhaven Press\n                     All Rights Reserved\n\n\n"
        )
    return "".join(pieces)


def factiva_printed(articles: int = 2) -> list[str]:
    """Return the paragraphs of a Factiva print without field codes."""
    lines: list[str] = []
    for number in range(1, articles + 1):
        lines += [
            "News", f"{TITLE} {number}", BYLINE, f"{120 + number} words", "14 March 2026", "09:30",
            "The Veldhaven Daily", "VELDA", "3", "English", "(c) 2026 Veldhaven Press", *BODY,
            f"Document VELDA0000202603{number:02}em3e0000{number}",
        ]  # fmt: skip
    return [*lines, "© 2026 Factiva, Inc. All rights reserved."]


def factiva_coded(articles: int = 2) -> list[str]:
    """Return the paragraphs of a Factiva export with field codes."""
    lines: list[str] = []
    for number in range(1, articles + 1):
        lines += [
            "SE\tNews", f"HD\t{TITLE} {number}", f"BY\t{BYLINE}", "WC\t120 words", "PD\t14 March 2026",
            "SN\tThe Veldhaven Daily", "SC\tVELDA", "LA\tEnglish", "CY\t(c) 2026 Veldhaven Press",
            f"LP\t{BODY[0]}", f"TD\t{BODY[1]}", BODY[2], "NS\tcstrike : Strikes",
            f"AN\tDocument VELDA0000202603{number:02}em3e0000{number}",
        ]  # fmt: skip
    return lines


def factiva_html(articles: int = 2) -> str:
    pieces = []
    lines = factiva_printed(articles)[:-1]
    size = len(lines) // articles
    for number in range(articles):
        own = lines[number * size : (number + 1) * size]
        body = "".join(f"<p>{line}</p>" if line in BODY else f"<div>{line}</div>" for line in own)
        pieces.append(f'<div class="article enArticle">{body}</div>')
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(pieces)}</body></html>"


PDF_LINES = [
    TITLE,
    "Dock workers in Veldhaven will stay off the job for a second week after talks broke",
    "down on Sunday night, and eleven ships lie at anchor outside the breakwater today.",
    "We will not go back, said Amal Haddad.",
    "The mayor told the town council that both sides had behaved badly, and that the port",
    "had provoked the strike.",
]

MAKERS: dict[str, Callable[[], dict[str, bytes]]] = {
    "nexis": lambda: {"a.txt": old_lexisnexis().encode(), "b.txt": "\n\n".join(nexis()).encode()},
    "factiva": lambda: {"a.txt": "\n\n".join(factiva_printed()).encode(), "b.txt": "\n".join(factiva_coded()).encode()},
    "markdown": lambda: {"a.md": markdown().encode()},
    "rtf": lambda: {"a.rtf": rtf([TITLE, *BODY]), "b.rtf": rtf(nexis("fr"))},
    "docx": lambda: {"a.docx": docx([TITLE, *BODY], [TITLE]), "b.docx": docx(nexis())},
    "odt": lambda: {"a.odt": odt([TITLE, *BODY])},
    "epub": lambda: {"a.epub": epub()},
    "pdf": lambda: {"a.pdf": pdf([PDF_LINES])},
    "feed": lambda: {"a.rss": rss().encode(), "b.atom": atom().encode()},
    "web": lambda: {"a.html": html().encode(), "b.mhtml": mhtml(), "c.html": factiva_html().encode()},
    "table": lambda: {
        "a.csv": table(), "b.tsv": table("\t"), "c.xlsx": excel(), "d.json": json.dumps(ROWS).encode(),
        "e.jsonl": "\n".join(json.dumps(row) for row in ROWS).encode(),
    },
}  # fmt: skip
"""Good files for each reader of articles, by its name."""


def write_good(reader: str, folder: Path) -> list[Path]:
    """Write the good files of a reader and return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, raw in MAKERS[reader]().items():
        path = folder / name
        path.write_bytes(raw)
        found.append(path)
    return found
