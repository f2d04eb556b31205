"""Saved web pages, HTML or MHTML: the article in them, found by trafilatura without any network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.text import decode
from annotator.formats import news_archives
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, article, headed, raw_of, sha256_of_bytes
from annotator.formats.extras import needed, quiet, version_of
from annotator.formats.html_blocks import blocks_of
from annotator.formats.metadata import linked_data, meta_of

MAX_BYTES = 200_000_000
"""A page saved with its pictures can be large; the HTML in it may be as large as an article."""

MARKS = {"\ue0a1": ZoneKind.CAPTION, "\ue0a2": ZoneKind.BYLINE}
"""Private characters put before captions and bylines, so that they are known again after extraction."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_AS_BROWSERS: dict[str, str | None] = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "utf-16": None, "utf16": None,
}  # fmt: skip
"""What browsers make of the encodings that pages name; a page that can say UTF-16 in ASCII is not in it."""

_BYLINE = "@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ')"
_WRITTEN_DATES = {"original_date": True, "extensive_search": False}
"""Dates that a page says, not those that can be guessed from its words: a guess tries two hundred languages for seconds."""
_SHORTEST = 80
"""Fewer characters than this are a stub behind a paywall, or no article at all."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class SavedPageReader:
    """Reads ``.html`` and ``.mhtml`` as browsers save them; archives of many articles as well."""

    name = "web"
    suffixes = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
    about = "saved web pages (HTML, MHTML): the article, with date and author"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of these suffixes."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the article of the page, or each article of a Nexis or Factiva file."""
        raw = raw_of(source, MAX_BYTES)
        html, url, encoding = _html(raw, context.encoding)
        lines = [block.text for block in blocks_of(html)] if news_archives.in_html(html) else []
        if lines:
            yield from news_archives.articles(
                lines, source, sha256_of_bytes(raw), f"html, {encoding}"
            )
            return
        yield from _page(html, url, source, sha256_of_bytes(raw), encoding)


def _page(html: str, url: str | None, source: Source, sha256: str, encoding: str) -> Iterator[Read]:
    trafilatura = needed("trafilatura", "saved web pages")
    quiet("htmldate", "courlan", "justext")
    tree = _tree(html)
    if tree is None:
        raise BadInput("has no HTML in it that can be read")
    said = _linked_data(tree)
    language = tree.get("lang") or tree.get("xml:lang")
    if language:
        said.setdefault("language", language)
    _put_marks(tree)
    found = _extracted(trafilatura, tree, url)
    blocks = list(_blocks(found.body)) if found is not None else []
    if found is not None:
        for name, value in _known(found).items():
            if value and not said.get(name):
                said[name] = value
    if url and not said.get("url"):
        said["url"] = url
    if not blocks:
        raise BadInput(
            "has no article in it that could be found: open it and save its text as .txt"
        )
    meta = meta_of(said, source.file_name)
    coded = article(
        headed(blocks, meta.title), meta, sha256, f"{version_of('trafilatura')}, {encoding}"
    )
    remarks = []
    body = sum(len(block.text) for block in blocks if block.zone is None)
    if body < _SHORTEST:
        what = f"holds only {body} characters of article: it may be a stub behind a paywall"
        remarks.append(Remark(source.name, what, 0))
    yield Read(coded, tuple(remarks))


def _html(raw: bytes, encoding: str | None) -> tuple[str, str | None, str]:
    """Return the HTML of a file, the address it was saved from, and the encoding."""
    head = raw[:2000].lower()
    if b"mime-version:" in head and b"content-type:" in head:
        return _from_mhtml(raw)
    declared = _CHARSET.search(raw[:4096])
    named = encoding or (declared[1].decode("ascii").lower() if declared else None)
    named = _AS_BROWSERS.get(named or "", named)
    saved = re.search(rb"<!-- saved from url=\(\d+\)(\S{1,2000}) -->", raw[:4096])
    text = decode(raw, named)
    return text.text, saved[1].decode("ascii", "replace") if saved else None, text.encoding


def _from_mhtml(raw: bytes) -> tuple[str, str | None, str]:
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(raw, policy=policy.default)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                return _of_part(message, part)
    except (ValueError, LookupError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise BadInput(f"is a damaged MHTML file ({type(error).__name__})") from None
    raise BadInput("is an MHTML file without a page in it")


def _of_part(message: Any, part: Any) -> tuple[str, str | None, str]:
    body = part.get_payload(decode=True) or b""
    declared = _CHARSET.search(body[:4096])
    named = part.get_content_charset() or (
        declared[1].decode("ascii").lower() if declared else None
    )
    named = _AS_BROWSERS.get(named or "", named)
    text = decode(body, named)
    url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
    return text.text, str(url) if url else None, text.encoding


def _tree(html: str) -> Any:
    parser = needed("lxml.html", "saved web pages")
    etree = needed("lxml.etree", "saved web pages")
    try:
        # As bytes: a text with an XML declaration in it would be refused.
        return parser.document_fromstring(
            html.encode("utf-8", "replace"), parser=parser.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _linked_data(tree: Any) -> dict[str, str]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        said = linked_data(script.text or "")
        if said:
            return said
    return {}


def _put_marks(tree: Any) -> None:
    """Make plain paragraphs of captions and bylines, each with its private character before it."""
    caption, byline = MARKS
    for figure in tree.xpath(".//figure[.//figcaption]"):
        texts = [_words(one) for one in figure.iterfind(".//figcaption")]
        _replace(figure, caption, " ".join(filter(None, texts)))
    for element in tree.xpath(f".//body//*[not(self::a)][{_BYLINE}]"):
        if element.getparent() is not None and 2 < len(_words(element)) <= 200:
            _replace(element, byline, _words(element))


def _replace(element: Any, mark: str, words: str) -> None:
    tail = element.tail
    attributes = list(element.attrib)
    for name in attributes:
        del element.attrib[name]
    for child in list(element):
        element.remove(child)
    element.tag, element.text, element.tail = "p", mark + words, tail


def _words(element: Any) -> str:
    """Return the words of an element without the characters that lxml reads but will not write."""
    return " ".join(_UNWRITABLE.sub("", " ".join(element.itertext())).split())


def _extracted(trafilatura: Any, tree: Any, url: str | None) -> Any:
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=_WRITTEN_DATES,
        )
    except Exception as error:  # noqa: BLE001  (whatever a page does to it)
        raise BadInput(f"could not be taken apart as a web page ({type(error).__name__})") from None


def _known(found: Any) -> dict[str, str]:
    tags = found.categories or []
    return {
        "title": found.title or "",
        "author": found.author or "",
        "publisher": found.sitename or "",
        "published": found.date or "",
        "url": found.url or "",
        "licence": found.license or "",
        "section": ", ".join(str(tag) for tag in tags),
    }


def _blocks(body: Any) -> Iterator[Block]:
    """Yield the blocks of trafilatura's tree: paragraphs, headings, items, quotations and table rows."""
    for element in body:
        if element.tag in ("list", "quote", "table") and len(element):
            for child in element:
                words = (
                    "\t".join(_words(cell) for cell in child)
                    if element.tag == "table"
                    else _words(child)
                )
                yield from _marked(words)
            continue
        lines = "\n" if element.find(".//lb") is not None else " "
        yield from _marked(lines.join(part for part in _parts(element, lines) if part))


def _parts(element: Any, between: str) -> list[str]:
    if between == " ":
        return [_words(element)]
    for break_ in element.iter("lb"):
        break_.text = "\n"
    return [" ".join(line.split()) for line in "".join(element.itertext()).split("\n")]


def _marked(words: str) -> Iterator[Block]:
    kind = MARKS.get(words[:1])
    for sign in MARKS:
        words = words.replace(sign, " ")
    if words.strip():
        yield Block(words.strip(), kind)
