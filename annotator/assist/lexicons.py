"""Word lists of one language, read from the files that come with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.assist.tokens import Token

_VOWELS = "aeiou"

_CLASSES = (
    ("negation", "not"), ("modal", "modal"), ("subject", "subject"), ("possessive", "possessive"),
    ("auxiliary", "auxiliary"), ("determiner", "determiner"), ("coordinator", "and"),
    ("subordinator", "subordinator"), ("preposition", "preposition"), ("pronoun", "pronoun"),
    ("adverb", "adverb"),
)  # fmt: skip
"""Lists of small words, and the tag each gives."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What is known of a verb that may introduce a claim.

    Attributes:
        lemma: its basic form.
        groups: names of the groups it belongs to.
        frames: what may follow: ``c`` clause, ``q`` quotation, ``w`` question word, ``n``
            something or somebody, ``i`` infinitive, ``o`` an addressee first.
        claim: whether what follows is a claim, rather than a wish or a deed.
    """

    lemma: str
    groups: tuple[str, ...]
    frames: str
    claim: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form: ``base``, ``s``, ``past`` or ``ing``; or an ``adjective`` after “is”."""

    verb: Verb
    shape: str


@dataclass(frozen=True, slots=True)
class CueWords:
    """The cues of a language.

    Attributes:
        forms: every form of every verb, in lower case.
        particles: by lemma, words that belong to the cue (“called *for*”).
        nouns: nouns that take a that-clause (“the claim that”).
        bare_nouns: nouns that are a cue even where nobody is named as their owner.
        objects: by preposition, nouns that introduce what they are about (“criticism *of*”).
        before: phrases that name the source next (“according to”), by their first word.
        stances: stance by lemma.
        classes: class of each small word (“the”: determiner).
        documents: nouns for what is written (“survey”).
        of_documents: by lemma, verbs as they are used with such a noun.
        all_nouns: every noun that may be a cue.
        opening, within: the words that were seen so far with their tags, at the beginning of a
            sentence and in it, by how they are written.
    """

    forms: dict[str, Form]
    particles: dict[str, tuple[str, ...]]
    nouns: frozenset[str]
    bare_nouns: frozenset[str]
    objects: dict[str, frozenset[str]]
    before: dict[str, list[tuple[str, ...]]]
    as_verbs: frozenset[str]
    stances: dict[str, str]
    classes: dict[str, str]
    documents: frozenset[str]
    of_documents: dict[str, Verb]
    all_nouns: frozenset[str]
    opening: dict[str, Token] = field(default_factory=dict, compare=False)
    within: dict[str, Token] = field(default_factory=dict, compare=False)


@lru_cache(maxsize=16)
def words(folder: Path, language: str) -> dict[str, frozenset[str]]:
    """Return the closed classes of words by name; empty where the language has no list."""
    data = _read(folder / f"words.{language}.json")
    return {name: frozenset(items) for name, items in data.items() if isinstance(items, list)}


@lru_cache(maxsize=16)
def cue_words(folder: Path, language: str) -> CueWords:
    """Return the cues of a language; none where it has no list."""
    data = _read(folder / f"cues.{language}.json")
    irregular: dict[str, list[str]] = data.get("irregular", {})
    phrases = data.get("phrases", {})
    nouns = data.get("nouns", {})
    forms: dict[str, Form] = {}
    verbs = _verbs(data)
    documents = data.get("documents", {})
    for verb in verbs.values():
        for word, shape in inflected(verb.lemma, irregular.get(verb.lemma)).items():
            forms.setdefault(word, Form(verb, shape))
    for word in data.get("adjectives", []):
        feeling = Verb(word, ("feeling",), "tiw", claim=True)
        forms.setdefault(word, Form(feeling, "adjective"))
    clause, bare = _with_plurals(nouns.get("clause", [])), _with_plurals(nouns.get("bare", []))
    objects = {word: _with_plurals(items) for word, items in nouns.get("object", {}).items()}
    return CueWords(
        forms=forms,
        particles={lemma: tuple(items) for lemma, items in data.get("particles", {}).items()},
        nouns=clause,
        bare_nouns=bare,
        objects=objects,
        before=_by_first_word(phrases.get("before", [])),
        as_verbs=frozenset(phrases.get("as", [])),
        stances={
            lemma: stance for stance, items in data.get("stance", {}).items() for lemma in items
        },
        classes=_classes(words(folder, language)),
        documents=frozenset(documents.get("nouns", [])),
        of_documents={
            lemma: replace(verbs[lemma], groups=("showing",), frames=frames, claim=True)
            for lemma, frames in documents.get("verbs", {}).items()
        },
        all_nouns=clause.union(bare, *objects.values()),
    )


@dataclass(frozen=True, slots=True)
class SentimentWords:
    """The judging words of a language.

    Attributes:
        polarities: polarity and intensity (1 to 3) by word.
        judging: those of them that are meant as a judgement, not as a fact that is bad or good.
        degree: words that strengthen (“very”).
        negation: words that turn a judgement round.
        mild: words that judge only in company.
    """

    polarities: dict[str, tuple[str, int]]
    judging: frozenset[str]
    degree: frozenset[str]
    negation: frozenset[str]
    mild: frozenset[str]


@lru_cache(maxsize=16)
def sentiment_words(folder: Path, language: str) -> SentimentWords:
    """Return the judging words of a language; none where it has no list."""
    data = _read(folder / f"sentiment.{language}.json")
    polarities = {
        word: (polarity, intensity)
        for polarity in ("negative", "positive")
        for word, intensity in data.get(polarity, {}).items()
    }
    return SentimentWords(
        polarities,
        frozenset(polarities).difference(data.get("facts", [])),
        *(frozenset(data.get(name, [])) for name in ("degree", "negation", "mild")),
    )


@lru_cache(maxsize=16)
def actor_words(folder: Path, language: str) -> dict[str, frozenset[str]]:
    """Return the lists that tell types of actors; empty where the language has none.

    ``head`` are all nouns that a group or a role may end in, ``anywhere`` all names of places.
    """
    data = _read(folder / f"actors.{language}.json")
    found = {name: frozenset(items) for name, items in data.items() if not isinstance(items, str)}
    if found:
        found["head"] = found["group"] | found["role"] | found["collective"]
        found["anywhere"] = found["place"].union(
            *(found[name] for name in ("country_phrase", "town", "town_phrase"))
        )
    return found


@lru_cache(maxsize=16)
def actor_types(folder: Path, language: str) -> dict[str, dict[str, str]]:
    """Return types by word: ``collective`` nouns (“army”) and ``known`` names."""
    data = _read(folder / f"actors.{language}.json")
    return {name: data.get(name, {}) for name in ("collective", "known")}


def inflected(lemma: str, irregular: list[str] | None = None) -> dict[str, str]:
    """Return the forms of an English verb with the shape of each."""
    if irregular:
        pasts = irregular[1:-1] or [lemma]
        shapes = {irregular[-1]: "ing", irregular[0]: "s"} | dict.fromkeys(pasts, "past")
        return shapes if lemma in shapes else shapes | {lemma: "base"}
    third = lemma + "s"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    if lemma.endswith("e"):
        past, ing = lemma + "d", (lemma if lemma.endswith(("ee", "ye")) else lemma[:-1]) + "ing"
    else:
        stem = lemma + lemma[-1] if _doubles(lemma) else lemma
        past, ing = lemma[:-1] + "ied" if third.endswith("ies") else stem + "ed", stem + "ing"
    return {lemma: "base", third: "s", past: "past", ing: "ing"}


def _doubles(lemma: str) -> bool:
    """Tell whether a one-syllable verb doubles its last letter (“quip”, “quipped”)."""
    if len(lemma) < 3 or lemma[-1] in "aeiouwxy":
        return False
    return (
        sum(letter in _VOWELS for letter in lemma) == 1
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
    ) or lemma in ("commit", "refer", "infer", "concur", "regret", "rebut", "permit", "admit")


def _verbs(data: dict[str, Any]) -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for group in data.get("groups", []):
        for lemma in group["verbs"]:
            known = found.get(lemma)
            found[lemma] = Verb(
                lemma,
                (*(known.groups if known else ()), group["name"]),
                "".join(dict.fromkeys((known.frames if known else "") + group["frames"])),
                claim=bool(group["claim"] or (known and known.claim)),
            )
    return found


def _classes(small: dict[str, frozenset[str]]) -> dict[str, str]:
    """Return the class of each small word; a word of several classes has the first of these."""
    found = {word: tag for name, tag in reversed(_CLASSES) for word in small.get(name, ())}
    return found | {word: word for word in ("to", "that") if small}


def _by_first_word(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def _with_plurals(nouns: list[str]) -> frozenset[str]:
    plurals = {
        noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in _VOWELS else noun + "s"
        for noun in nouns
    }
    return frozenset(plurals | set(nouns))


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
