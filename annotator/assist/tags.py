"""The kinds of words that ``tagging`` tells apart."""

from __future__ import annotations

QUOTE, COMMA, STOP, COLON, SEMICOLON, DASH, OPEN, CLOSE, NUMBER = (
    "quote", "comma", "stop", "colon", "semicolon", "dash", "open", "close", "number",
)  # fmt: skip
NAME, WORD, DETERMINER, SUBJECT, PRONOUN, POSSESSIVE, GENITIVE = (
    "name", "word", "determiner", "subject", "pronoun", "possessive", "genitive",
)  # fmt: skip
PREPOSITION, TO, AND, SUBORDINATOR, THAT = "preposition", "to", "and", "subordinator", "that"
AUXILIARY, MODAL, NOT, ADVERB, VERB, ING, CUE = (
    "auxiliary", "modal", "not", "adverb", "verb", "ing", "cue",
)  # fmt: skip

NOMINAL = frozenset(
    (NAME, WORD, DETERMINER, POSSESSIVE, GENITIVE, NUMBER, PREPOSITION, TO, OPEN, CLOSE, ING)
)
"""Tags that the words of a noun phrase have."""

SIGNS = frozenset((QUOTE, COMMA, STOP, COLON, SEMICOLON, DASH, OPEN, CLOSE))

Words = dict[str, frozenset[str]]
"""Closed classes of words, by name."""
