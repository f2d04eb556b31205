"""The words with which Nexis, LexisNexis and Factiva label the parts of an article, by interface language."""

from __future__ import annotations

import re
from enum import StrEnum

END_OF_DOCUMENT = frozenset((
    "end of document", "ende des dokuments", "fin du document", "fin del documento", "fine del documento",
    "fim do documento", "einde van document", "einde van het document", "slut på dokumentet", "dokumentets slut",
    "koniec dokumentu",
))  # fmt: skip
"""Closes each article of Nexis Uni and Lexis Advance."""

BODY = frozenset((
    "body", "text", "volltext", "full text", "corps", "corps de l'article", "texte", "cuerpo", "texto", "corpo",
    "testo", "tekst", "hoofdtekst", "brödtext", "brødtekst",
))  # fmt: skip
"""Stands alone in a line above the text."""

TAIL = frozenset((
    "classification", "klassifizierung", "klassifikation", "clasificación", "classificazione", "classificação",
    "classificatie", "notes", "correction", "correction-date",
))  # fmt: skip
"""Stands alone in a line below the text; after it come the index terms."""


class Part(StrEnum):
    """What a labelled line says."""

    LENGTH = "length"
    SECTION = "section"
    BYLINE = "byline"
    DATELINE = "dateline"
    HIGHLIGHT = "highlight"
    LANGUAGE = "language"
    LOADED = "load_date"
    GRAPHIC = "graphic"
    KIND = "publication_type"
    OTHER = "other"


_WORDS: dict[Part, tuple[str, ...]] = {
    Part.LENGTH: ("length", "länge", "longueur", "longitud", "extensión", "lunghezza", "comprimento", "lengte", "längd"),
    Part.SECTION: ("section", "rubrik", "ressort", "rubrique", "sección", "sezione", "seção", "secção", "sectie", "avsnitt"),
    Part.BYLINE: ("byline", "autor", "autoren", "verfasser", "auteur", "auteurs", "autore", "autora", "door"),
    Part.DATELINE: ("dateline", "ortsmarke", "ort", "lieu", "lugar", "luogo", "local", "plaats"),
    Part.HIGHLIGHT: ("highlight", "hervorhebung", "faits saillants", "resumen", "evidenza", "destaque"),
    Part.LANGUAGE: ("language", "sprache", "langue", "idioma", "lingua", "língua", "taal", "språk"),
    Part.LOADED: (
        "load-date", "ladedatum", "update", "date de chargement", "fecha de carga", "data di caricamento",
        "data de carregamento", "laaddatum",
    ),
    Part.GRAPHIC: ("graphic", "grafik", "graphique", "gráfico", "grafico", "grafiek", "illustration"),
    Part.KIND: ("publication-type", "publikationstyp", "type de publication", "tipo de publicación", "journal-code"),
    Part.OTHER: (
        "subject", "organization", "industry", "person", "geographic", "company", "ticker", "series", "column", "url",
        "distribution", "document-type", "pub-type", "thema", "personen", "unternehmen", "sujet", "tema",
    ),
}  # fmt: skip
_PART = {word: part for part, words in _WORDS.items() for word in words}

_LABEL = re.compile(r"([^\W\d_][^\W\d_’' -]*(?:[ -][^\W\d_]+){0,3})\s?:[\s\u00a0]*(.*)", re.DOTALL)

LENGTH_LINE = re.compile(
    r"[\d.,\u00a0 ]{1,9}\s(?:words?|wörter|worte|mots|palabras|parole|palavras|woorden|ord)",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)|all rights reserved|alle rechte vorbehalten)", re.IGNORECASE
)
OF_DOCUMENTS = re.compile(
    r"(?:documents?|dokumente?|documento|document)?\s*(\d{1,5}) (?:of|von|de|sur|van|di) (\d{1,5})"
    r"(?: (?:documents?|dokumente[n]?|documentos?|documenti|documenten))?",
    re.IGNORECASE,
)
"""“3 of 50 DOCUMENTS”, “Dokument 3 von 50”: opens each article of the old LexisNexis."""

SAYS_DOCUMENT = re.compile(r"do[ck]ument", re.IGNORECASE)
COVER_COUNT = re.compile(
    r"(?:documents?|dokumente?|documentos?|documenti)\s*\((\d{1,5})\)", re.IGNORECASE
)
"""“Documents (50)” on the cover page."""

FACTIVA_END = re.compile(
    r"(?:Document|Dokument|Documento|Документ|文書|文档|文件)\s+([A-Za-z0-9]{4,12}\d{8}[a-z0-9]{4,14})"
)
FACTIVA_PAGE = re.compile(r"\s*(?:Dow Jones(?: Factiva)?|Factiva)\s*$")
"""How a saved page of Factiva calls itself."""
FACTIVA_CODES = frozenset((
    "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN",
    "NS", "RE", "IPC", "IPD", "PUB", "AN", "SE", "CLM", "DLN", "ART",
))  # fmt: skip
LANGUAGES = {
    "english": "en", "englisch": "en", "anglais": "en", "inglés": "en", "inglese": "en", "inglês": "en", "engels": "en",
    "german": "de", "deutsch": "de", "allemand": "de", "alemán": "de", "tedesco": "de",
    "french": "fr", "français": "fr", "französisch": "fr", "francés": "fr", "francese": "fr",
    "spanish": "es", "español": "es", "spanisch": "es", "espagnol": "es", "spagnolo": "es",
    "italian": "it", "italiano": "it", "italienisch": "it", "italien": "it",
    "portuguese": "pt", "português": "pt", "portugiesisch": "pt",
    "dutch": "nl", "nederlands": "nl", "niederländisch": "nl", "néerlandais": "nl",
    "arabic": "ar", "arabisch": "ar", "arabe": "ar", "russian": "ru", "russisch": "ru", "chinese": "zh",
    "turkish": "tr", "swedish": "sv", "svenska": "sv", "danish": "da", "norwegian": "no", "polish": "pl",
}  # fmt: skip
"""How these archives name languages, with BCP 47 tags."""


def plain(line: str) -> str:
    """Return a line as labels are compared: one kind of blank, no case."""
    return " ".join(line.replace("\u00a0", " ").split()).casefold()


def labelled(line: str) -> tuple[Part, str] | None:
    """Return what a line with a label says (“Byline: Ana Ruiz”), or None for any other line."""
    found = _LABEL.fullmatch(line.strip())
    part = _PART.get(plain(found[1])) if found else None
    return (part, " ".join(found[2].split())) if part and found else None


def language_of(word: str) -> str | None:
    """Return the BCP 47 tag of a language as these archives name it (“ENGLISH; ENGLISCH”)."""
    first = re.split(r"[;,(/]", plain(word))[0].strip()
    return LANGUAGES.get(first)
