"""What a file says about an article under whatever name, as the metadata we keep."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from typing import Any

from annotator.domain.anatomy import EXTRA
from annotator.domain.article import Meta
from annotator.formats.news_labels import language_of

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title", "headline", "titel", "titre", "titulo", "titolo", "schlagzeile", "uberschrift", "kop",
        "encabezado", "rubrik", "overskrift", "og:title", "webtitle", "article_title", "headline.main",
        "fields.headline",
    ),
    "author": (
        "author", "authors", "byline", "creator", "dc:creator", "autor", "auteur", "autore", "writer", "verfasser",
        "journalist", "reporter", "author.name", "byline.original", "fields.byline",
    ),
    "publisher": (
        "publisher", "source", "outlet", "newspaper", "publication", "medium", "media", "site", "sitename",
        "site_name", "quelle", "zeitung", "journal", "og:site_name", "source_name", "source.name", "publisher.name",
        "media_name", "medientitel", "periodico", "testata", "giornale", "krant", "page_name", "source_domain", "domain",
    ),
    "url": ("url", "link", "permalink", "canonical", "source_url", "article_url", "web_url", "weburl", "uri"),
    "published": (
        "published", "date", "pubdate", "published_at", "publication_date", "date_published", "datepublished",
        "publish_date", "datum", "fecha", "data", "created", "published_date", "pub_date", "dc:date",
        "erscheinungsdatum", "date_de_publication", "fecha_de_publicacion", "timestamp", "datetime",
        "date_publish", "publishedat", "webpublicationdate", "post_created",
    ),
    "language": ("language", "lang", "sprache", "langue", "idioma", "lingua", "inlanguage"),
    "licence": ("licence", "license", "rights", "lizenz", "licencia"),
}  # fmt: skip
"""What others call our fields, the likeliest first; compared without case, accents and blanks."""

_FIELD = {name: field for field, names in NAMES.items() for name in names}

_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fev"), ("mar", "mrt", "maa"), ("apr", "avr", "abr"), ("may", "mai", "maj", "mei", "mag"),
    ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aou", "ago"), ("sep", "set"), ("oct", "okt", "ott", "out"),
    ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_BY = re.compile(r"^(?:by|von|par|por|door|di)\s+(?=\S)", re.IGNORECASE)
_PLAIN = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def meta_of(said: Mapping[str, str], source_file: str | None) -> Meta:
    """Return metadata from names and values of any file; what is none of our fields becomes extra.

    A date that cannot be read for certain stays in the extra fields as it stands.
    """
    fields: dict[str, str] = {}
    extra: dict[str, str] = {}
    for name, value in said.items():
        kept = value.strip()
        field = _FIELD.get(key_of(name))
        if not kept:
            continue
        if field == "published":
            when = iso_date(kept)
            if when is None or field in fields:
                extra[name] = kept
            else:
                fields[field] = when
        elif field == "language" and field not in fields:
            fields[field] = language_of(kept) or kept
        elif field and field not in fields:
            fields[field] = _BY.sub("", kept) if field == "author" else kept
        elif name != EXTRA:
            extra[name] = kept
    return Meta(**fields, source_file=source_file, extra=extra)


def key_of(name: str) -> str:
    """Return a name as names are compared."""
    return _plain(name).strip().replace(" ", "_")


def iso_date(text: str) -> str | None:
    """Return a date as ISO 8601, with the time where it was given so; None where it is not certain.

    “04/03/2026” is April here and March there, so it is not certain; “14/03/2026” is, and with full
    stops the day comes first everywhere.
    """
    said = text.strip()
    if found := _ISO.fullmatch(said):
        return said if _day(*found.groups()) else None
    if found := _PLAIN.fullmatch(said):
        return _day(*[part for part in found.groups() if part])
    if found := _NUMBERS.fullmatch(said):
        one, sign, other, year = found.groups()
        day_first, month_first = _day(year, other, one), _day(year, one, other)
        if sign == "." or day_first == month_first:
            return day_first
        return None if day_first and month_first else day_first or month_first
    for pattern, order in ((_MONTH_FIRST, (2, 0, 1)), (_DAY_FIRST, (2, 1, 0))):
        for found in pattern.finditer(said):
            year, month, day = (found.groups()[place] for place in order)
            number = _month(month)
            if number and (when := _day(year, str(number), day)):
                return _with_time(said, when)
    return None


def linked_data(raw: str) -> dict[str, str]:
    """Return what a JSON-LD block says of an article, or nothing if it is about something else."""
    try:
        waiting: list[Any] = [json.loads(raw)]
    except (ValueError, RecursionError):
        return {}
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            if _is_article(item.get("@type")):
                return dict(_said(item))
            graph = item.get("@graph")
            waiting += graph if isinstance(graph, list) else []
    return {}


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(
        isinstance(one, str) and one.endswith(("Article", "BlogPosting", "Report")) for one in kinds
    )


def _said(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in (
        ("headline", "title"),
        ("author", "author"),
        ("publisher", "publisher"),
        ("datePublished", "published"),
        ("inLanguage", "language"),
        ("license", "licence"),
        ("url", "url"),
        ("dateModified", "modified"),
        ("articleSection", "section"),
    ):
        value = _names(item.get(key))
        if value:
            yield name, value


def _names(value: Any) -> str:
    """Return a text, the name of a thing, or the names of several."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_names(one) for one in value[:20])))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return value.strip() if isinstance(value, str) else ""


def _with_time(said: str, when: str) -> str:
    """Return the day with time and zone where the whole text is a mail date, as feeds have them."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return when
    if ":" not in said:
        return when
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _month(name: str) -> int | None:
    plain = _plain(name)
    for number, starts in enumerate(_MONTHS, 1):
        if plain.startswith(starts):
            return number
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return a text without case and accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
