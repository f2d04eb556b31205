"""The paragraphs of simple HTML, such as Markdown, office documents, books and feeds become."""

from __future__ import annotations

from html.parser import HTMLParser

from annotator.domain.anatomy import ZoneKind
from annotator.formats.blocks import Block

_BREAKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "blockquote",
    "pre", "section", "article", "header", "footer", "aside", "main", "nav", "figure", "figcaption", "hr", "body",
    "address", "form", "title",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "head", "template", "noscript", "iframe", "object", "svg"))
_ZONES = {"figcaption": ZoneKind.CAPTION, "h1": ZoneKind.HEADLINE}


def blocks_of(html: str) -> list[Block]:
    """Return the paragraphs, headings and items of a piece of HTML as blocks.

    White space is folded as a browser does; a ``br`` is a line end, a table row one line with
    its cells apart by tabs. The first ``h1`` is the headline.
    """
    parser = _Walker()
    parser.feed(html)
    parser.close()
    return parser.done()


class _Walker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._zones: list[tuple[str, ZoneKind]] = []
        self._silent: list[str] = []
        self._kept_spaces = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag in ("td", "th"):
            if "".join(self._text).strip():
                self._text.append("\t")
        elif tag in _BREAKS:
            self._end_block()
            if tag in _ZONES:
                self._zones.append((tag, _ZONES[tag]))
            self._kept_spaces += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BREAKS:
            self._end_block()
            if self._zones and self._zones[-1][0] == tag:
                self._zones.pop()
            if tag == "pre" and self._kept_spaces:
                self._kept_spaces -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data if self._kept_spaces else _folded(data))

    def done(self) -> list[Block]:
        """Return what was found."""
        self._end_block()
        return self._blocks

    def _end_block(self) -> None:
        whole, self._text = "".join(self._text), []
        if not self._kept_spaces:
            whole = "\n".join(_one_line(line) for line in whole.split("\n"))
        if not whole.strip():
            return
        zone = self._zones[-1][1] if self._zones else None
        if zone is ZoneKind.HEADLINE and any(block.zone is zone for block in self._blocks):
            zone = None
        self._blocks.append(Block(whole.strip("\n "), zone))


def _folded(data: str) -> str:
    """Return text with line ends as spaces; tabs and no-break spaces of the text itself are rare and kept."""
    return data.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _one_line(line: str) -> str:
    """Return a line with runs of plain spaces as one."""
    cells = (" ".join(part for part in cell.split(" ") if part) for cell in line.split("\t"))
    return "\t".join(cells).strip(" \t")
