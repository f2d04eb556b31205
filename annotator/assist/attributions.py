"""Attributions: who says what in a text, and by which words that is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from annotator.assist.attribution import Attribution
from annotator.assist.attribution_reader import Reader
from annotator.assist.lexicons import cue_words, words
from annotator.assist.quotations import quotations
from annotator.assist.sentences import Paragraph, read
from annotator.assist.tagging import tag_paragraph


@dataclass(slots=True)
class Reading:
    """What the rules read in one text."""

    paragraphs: list[Paragraph]
    attributions: list[Attribution] = field(default_factory=list)


def attributions(text: str, language: str, lexicons: Path) -> Reading:
    """Return the attributions of a text in reading order."""
    known, small = cue_words(lexicons, language), words(lexicons, language)
    reading = Reading(
        read(text, quotations(text), language, small.get("abbreviation", frozenset()))
    )
    for number, paragraph in enumerate(reading.paragraphs):
        reader = Reader(text, known, small, number)
        tag_paragraph(paragraph, small, known)
        for sentence in paragraph.sentences:
            reader.sentence(sentence)
        reader.close(reading.attributions)
        reading.attributions += reader.found
    return reading
