"""The suggester that needs no model: quotations, reporting verbs, names and word lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

from annotator.assist.actors import actors
from annotator.assist.attribution import Attribution
from annotator.assist.attributions import attributions
from annotator.assist.judging import Mention
from annotator.assist.lexicons import actor_words, cue_words
from annotator.assist.proposal import Proposal, Request
from annotator.assist.quotations import Quotation
from annotator.assist.resolving import Resolver
from annotator.assist.sentiment import Expression, expressions
from annotator.domain.fragment import Extent
from annotator.domain.link import Voice
from annotator.domain.mark import Suggester
from annotator.domain.text import trim

ACTOR, CLAIM, CUE, SENTIMENT = "actor", "claim", "cue", "sentiment"


class Rules:
    """Proposes actors, claims with cue and source, and judging expressions."""

    maker = Suggester("rules", "1")
    about = "Quotations, reporting verbs, names and word lists; needs no model."
    layers = (ACTOR, CLAIM, CUE, SENTIMENT)

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    def propose(self, request: Request) -> list[Proposal]:
        """Return the proposals for one text: actors, then cues and claims, then sentiment."""
        text, language = request.text, base_language(request.language)
        mentions = actors(text, language, self._lexicons, request.names)
        reading = attributions(text, language, self._lexicons)
        kinds = actor_words(self._lexicons, language)
        resolver = Resolver(text, mentions, kinds.get("inanimate", frozenset()))
        claims = [
            (attribution, resolver.resolve(attribution))
            for attribution in reading.attributions
            if attribution.claim
        ]
        numbers = {id(mention): number for number, mention in enumerate(resolver.mentions)}
        found = [_actor(mention) for mention in resolver.mentions]
        stances = cue_words(self._lexicons, language).stances
        spoken: list[tuple[int, int, int | None]] = []
        for attribution, source in claims:
            number = None if source is None else numbers[id(source)]
            found += _claim(text, attribution, number, stances, len(found))
            spoken += [(start, end, number) for start, end in attribution.inner]
            for quotation in attribution.later:
                found.append(_later(text, quotation, attribution, number))
                spoken += [(start, end, number) for start, end in quotation.inner]
        extents = [(start, end) for start, end, _ in spoken]
        judged = expressions(text, language, self._lexicons, extents)
        spoken.sort(key=lambda place: place[:2])
        return found + [_sentiment(expression, spoken) for expression in judged]


def base_language(tag: str | None) -> str:
    """Return the language of a BCP 47 tag in lower case; English where none is given."""
    return (tag or "en").replace("_", "-").split("-")[0].lower() or "en"


def _actor(mention: Mention) -> Proposal:
    return Proposal(
        ACTOR,
        ((mention.start, mention.end),),
        mention.reason,
        mention.sure,
        {"type": mention.type, "named": mention.named},
    )


def _claim(
    text: str,
    attribution: Attribution,
    source: int | None,
    stances: dict[str, str],
    number: int,
) -> Iterable[Proposal]:
    """Return the cue and the claim; the claim is tied to the cue and its source."""
    extents = tuple(_visible(text, attribution.inner))
    if not extents:
        return
    links: list[tuple[str, int | Voice]] = []
    if attribution.cue is not None:
        yield Proposal(CUE, (attribution.cue,), attribution.reason, attribution.sure)
        links.append(("cue", number))
    if source is not None:
        links.append(("source", source))
    values = {"mode": attribution.mode}
    if attribution.lemma in stances:
        values["stance"] = stances[attribution.lemma]
    yield Proposal(CLAIM, extents, attribution.reason, attribution.sure, values, tuple(links))


def _later(
    text: str, quotation: Quotation, attribution: Attribution, source: int | None
) -> Proposal:
    """Return the claim of a quotation that follows an attribution of the same speaker."""
    return Proposal(
        CLAIM,
        tuple(_visible(text, list(quotation.inner))),
        f"quotation marks, right after {attribution.reason}",
        0.6,
        {"mode": attribution.mode if attribution.mode != "reported" else "direct"},
        () if source is None else (("source", source),),
    )


def _visible(text: str, inner: list[Extent]) -> Iterable[Extent]:
    last = -1
    for start, end in sorted(inner):
        place = trim(text, max(start, last), end)
        if place and text[place[1] - 1] == "," and place[1] - 1 > place[0]:
            # The comma before the closing mark belongs to the sentence around it.
            place = (place[0], place[1] - 1)
        if place:
            last = place[1]
            yield place


def _sentiment(expression: Expression, spoken: list[tuple[int, int, int | None]]) -> Proposal:
    holder: int | Voice | None = Voice.AUTHOR
    at = bisect_right(spoken, expression.start, key=lambda place: place[0]) - 1
    if at >= 0 and expression.start < spoken[at][1]:
        holder = spoken[at][2]
    links: tuple[tuple[str, int | Voice], ...] = () if holder is None else (("holder", holder),)
    return Proposal(
        SENTIMENT,
        ((expression.start, expression.end),),
        expression.reason,
        expression.sure,
        {"polarity": expression.polarity, "intensity": expression.intensity},
        links,
    )
