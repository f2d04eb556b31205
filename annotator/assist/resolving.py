"""Who is meant: the actor behind the words that name a source, pronouns included.

A pronoun goes to the nearest fitting actor before it, whoever spoke last first. That is
right more often than not, and never more than a suggestion.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from annotator.assist.attribution import Attribution
from annotator.assist.judging import GROUP, PERSON, Mention
from annotator.domain.fragment import Extent

_ONE = frozenset(("he", "she", "his", "her"))
_MANY = frozenset(("they", "their", "others", "many", "some", "several", "both"))
_THING = frozenset(("it", "its"))
_RELATIVE = frozenset(("who", "which", "that", "whose"))
_SPEAKER = frozenset(
    ("i", "we", "you", "my", "our", "your", "one", "nobody", "everyone", "someone")
)
_HEAD_ENDS = re.compile(
    r",|\(|\bof\b|\bfor\b|\bin\b|\bfrom\b|\bwith\b|\bat\b|\bon\b|\bwho\b|\bto\b"
)
_ARTICLE = re.compile(
    r"(?:the|a|an|some|many|several|most|other|these|those|this|that|few|more|all|any|both|one|two|three|no|his|her|its|their|our|my)\s+",
    re.I,
)
_REACH = 700

Fits = Callable[[Mention], bool]


def _are_people(mention: Mention) -> bool:
    """Tell whether a mention is of several people (“defectors”), not of a body (“the army”)."""
    return mention.type == GROUP or (not mention.named and mention.text.endswith("s"))


class Resolver:
    """Finds the actor mention for a source; adds mentions for roles that speak."""

    def __init__(self, text: str, mentions: list[Mention], inanimate: frozenset[str]) -> None:
        self._text = text
        self._inanimate = inanimate
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._entities = max((mention.entity for mention in mentions), default=-1)
        self._last: Mention | None = None

    def resolve(self, attribution: Attribution) -> Mention | None:
        """Return the actor who says it, or None where that is nobody in the text."""
        if attribution.source is None:
            return None
        found = self._find(attribution, attribution.source)
        if found is not None:
            self._last = found
        return found

    def _find(self, attribution: Attribution, source: Extent) -> Mention | None:
        words = self._text[source[0] : source[1]].strip(" ,")
        low = words.lower()
        if low in _SPEAKER or low.split(" ")[0] in ("we", "you"):
            return None
        if low in _RELATIVE:
            return self._before(source[0], lambda mention: True)
        if low in _ONE:
            if self._last is not None and self._last.type == PERSON:
                return self._last
            return self._before(source[0], lambda mention: mention.type == PERSON)
        if low in _MANY:
            people = self._before(source[0], _are_people)
            return people or self._before(source[0], lambda mention: mention.type != PERSON)
        if low in _THING:
            return self._before(source[0], lambda mention: mention.type not in (PERSON, GROUP))
        return self._named(source)

    def _named(self, source: Extent) -> Mention | None:
        start, end = source
        head = self._text[start:end]
        cut = _HEAD_ENDS.search(head)
        head_end = start + cut.start() if cut and cut.start() else end
        inside = self._between(start, head_end)
        closing = [m for m in inside if not self._text[m.end : head_end].strip(" ,")]
        if closing:
            return min(closing, key=lambda mention: mention.start)
        persons = [mention for mention in inside if mention.type == PERSON and mention.named]
        if persons:
            return persons[-1]
        return self._role(start, head_end) or (inside[0] if inside else None)

    def _role(self, start: int, end: int) -> Mention | None:
        """Make a mention of a role that speaks (“the captain”), unless a thing speaks."""
        while (article := _ARTICLE.match(self._text, start, end)) is not None:
            start = article.end()
        words = self._text[start:end].rstrip(" ,")
        last = words.rsplit(None, 1)[-1].lower() if words else ""
        if not last or not last[0].isalpha() or last in self._inanimate or len(words) > 60:
            return None
        type = GROUP if last.endswith("s") and not last.endswith("ss") else PERSON
        mention = Mention(
            start, start + len(words), words, type, words[0].isupper() and words[-1:].islower() and " " not in words,
            "the subject of a reporting verb", sure=0.5,
        )  # fmt: skip
        if any(
            there.start < mention.end and mention.start < there.end
            for there in self._between(start, end)
        ):
            return None
        at = bisect_left(self._starts, mention.start)
        self._entities += 1
        mention.entity = self._entities
        self.mentions.insert(at, mention)
        self._starts.insert(at, mention.start)
        return mention

    def _between(self, start: int, end: int) -> list[Mention]:
        at = max(0, bisect_left(self._starts, start) - 2)
        found = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].end > start:
                found.append(self.mentions[at])
            at += 1
        return found

    def _before(self, position: int, fits: Fits) -> Mention | None:
        at = bisect_left(self._starts, position) - 1
        while at >= 0 and position - self.mentions[at].end < _REACH:
            if self.mentions[at].end <= position and fits(self.mentions[at]):
                return self.mentions[at]
            at -= 1
        return None
