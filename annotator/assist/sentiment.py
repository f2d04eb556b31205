"""Expressions by which somebody shows a feeling or a judgement, from a list of our own.

The list proposes words and how they are meant; it never decides for whom. Facts that are
merely bad (“killed”) are left out. A mild word counts only with a word of degree or inside
a quotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.assist.lexicons import sentiment_words, words
from annotator.assist.sentences import Sentence, plain
from annotator.assist.tokens import Token
from annotator.domain.fragment import Extent

NEGATIVE, POSITIVE = "negative", "positive"


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or short phrase that judges; offsets are code points."""

    start: int
    end: int
    polarity: str
    intensity: int
    reason: str
    sure: float


def expressions(text: str, language: str, lexicons: Path, spoken: list[Extent]) -> list[Expression]:
    """Return the judging expressions of a text in reading order; ``spoken`` are its claims."""
    known = sentiment_words(lexicons, language)
    if not known.polarities:
        return []
    small = words(lexicons, language)
    judging = known.judging
    found: list[Expression] = []
    waiting = sorted(spoken, reverse=True)
    for paragraph in plain(text, language, small.get("abbreviation", frozenset())):
        for sentence in paragraph.sentences:
            tokens = sentence.tokens
            for position in [at for at, token in enumerate(tokens) if token.low in judging]:
                if _is_name(tokens, position):
                    continue
                word, start = tokens[position].low, sentence.starts[position]
                hit = known.polarities[word]
                while waiting and waiting[-1][1] <= start:
                    waiting.pop()
                said = bool(waiting) and waiting[-1][0] <= start
                expression = _expression(sentence, position, hit, known.degree, known.negation)
                graded = expression.start < start
                if word in known.mild and not graded and not (said and hit[1] > 1):
                    continue
                if (
                    found
                    and found[-1].end >= expression.start - 5
                    and found[-1].end > expression.start
                ):
                    continue
                found.append(expression)
    return found


def _expression(
    sentence: Sentence,
    position: int,
    hit: tuple[str, int],
    degree: frozenset[str],
    negation: frozenset[str],
) -> Expression:
    polarity, intensity = hit
    tokens, start = sentence.tokens, position
    reason = f"“{tokens[position].text}” in the list of judging words"
    if position and tokens[position - 1].low in degree:
        start -= 1
        intensity = min(3, intensity + 1)
        reason += f", with “{tokens[start].text}”"
    before = {token.low for token in tokens[max(0, start - 3) : start]}
    if before & negation:
        polarity = POSITIVE if polarity == NEGATIVE else NEGATIVE
        reason += ", negated"
    begin, end = sentence.extent(start, position + 1)
    return Expression(begin, end, polarity, intensity, reason, 0.3 + 0.15 * intensity)


def _is_name(tokens: list[Token], position: int) -> bool:
    return tokens[position].capital and position > 0 and tokens[position - 1].text[-1].isalnum()
